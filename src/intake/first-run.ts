import type { Action, Command, Context, Line, Reply } from "../command.ts";
import { UsageError } from "../usage-error.ts";

/** The one button that imports begin with; where there are no forms, the line says how. */
export const uploadAction: Action = {
  kind: "form",
  form: "import",
  label: "Upload files",
  line: "import",
};

/** What a command needs is not there, since nothing was ever imported. */
export class NothingImported extends UsageError {
  /** What an admin does now; undefined for everybody else. */
  readonly guidance: Reply | undefined;
  constructor(
    message: string,
    suggestions: ConstructorParameters<typeof UsageError>[1],
    guidance: Reply | undefined,
  ) {
    super(message, suggestions);
    this.guidance = guidance;
  }
}

/** What whoever asks an empty store is told: an admin what to do, the others whom to ask. */
export async function nothingImported(
  context: Pick<Context, "viewer" | "access" | "decisions" | "commands">,
): Promise<NothingImported> {
  const { viewer, access, decisions, commands } = context;
  if (access.role !== "admin")
    return new NothingImported(
      `Nothing is imported yet. ${whomToAsk((await decisions.settings()).admins)}`,
      [],
      undefined,
    );
  if (viewer.standing === "operator")
    return new NothingImported(
      "Nothing is imported yet. Load your CRM's exports with `npm run portfolio -- import <files>`.",
      [],
      undefined,
    );
  return new NothingImported(
    "Nothing is imported yet. Begin with your CRM's exports: `import`.",
    [{ label: "Import files", line: "import" }],
    firstSteps(commands),
  );
}

/** The whole way from an empty store to a team that works with it. */
function firstSteps(commands: ReadonlyMap<string, Command>): Reply {
  const steps = stepsWith(commands);
  return {
    headline: `Nothing is imported yet: ${steps.length} steps to your first tier list`,
    lines: steps.map(({ title, text }, index): Line => {
      const name = `${title.charAt(0).toUpperCase()}${title.slice(1)}`;
      return [{ text: `${index + 1}. ${name}:`, style: "bold" }, ` ${text}`];
    }),
    actions: [uploadAction],
    notes: ["You can also give me the files in a direct message."],
    data: { steps: steps.map(({ title }) => title) },
  };
}

export const STEPS = 4;

/** One step, numbered from 1, with what it needs and the way to the next one. */
export function oneStep(number: number, commands: ReadonlyMap<string, Command>): Reply {
  const steps = stepsWith(commands);
  const step = steps[number - 1];
  if (!step) throw new UsageError(`There are ${steps.length} steps.`);
  const next = steps[number];
  return {
    headline: `Step ${number} of ${steps.length}: ${step.title}`,
    lines: [[step.text]],
    actions: [
      ...step.actions,
      ...(next
        ? [
            {
              kind: "run" as const,
              label: `Next: ${next.title}`,
              line: `import steps ${number + 1}`,
              style: "primary" as const,
            },
          ]
        : []),
    ],
    data: { step: number, title: step.title },
  };
}

interface Step {
  readonly title: string;
  readonly text: string;
  readonly actions: readonly Action[];
}

/** A step offers what there is: some commands come with later versions. */
function stepsWith(commands: ReadonlyMap<string, Command>): readonly Step[] {
  const run = (label: string, line: string): readonly Action[] => {
    return commands.has(line.split(" ", 1)[0] ?? "") ? [{ kind: "run", label, line }] : [];
  };
  return [
    {
      title: "import",
      text: "Export companies, deals and users from your CRM and upload them, all at once or one after the other. You see what would change before anything does.",
      actions: [uploadAction],
    },
    {
      title: "check",
      text: "See whether the tiers look right, and decide about values that look wrong.",
      actions: [...run("Health", "health"), ...run("Suspect values", "accept"), ...run("Top A", "top A")],
    },
    {
      title: "tell the others",
      text: "Decide who sees what, then invite me to your sales channel with /invite @Portfolio and say that everybody can type /portfolio.",
      actions: [...run("Who sees what", "settings visibility"), ...run("All settings", "settings")],
    },
    {
      title: "weekly digest",
      text: commands.has("digest")
        ? "Have everybody told once a week what to do next."
        : "A digest comes later. Until then import fresh exports now and then: what moved is shown.",
      actions: [...run("Digest", "digest"), ...run("Import files", "import")],
    },
  ];
}

function whomToAsk(admins: readonly string[]): string {
  return admins.length > 0
    ? `Ask an admin: ${admins.join(", ")}.`
    : "Ask an admin: whoever administers this Slack workspace can type /portfolio import.";
}
