import { z } from "zod";
import { type Context, defineCommand, type Reply } from "../src/command.ts";
import { oneStep, STEPS, uploadAction } from "../src/intake/first-run.ts";
import { recognisedFiles } from "../src/intake/import-words.ts";
import { whoMay } from "../src/settings/edit-settings.ts";
import { UsageError } from "../src/usage-error.ts";

export default defineCommand({
  summary: "Load exports of your CRM or accounting",
  usage: "import [steps <number>]",
  examples: [],
  filters: [],
  options: z
    .array(z.string())
    .readonly()
    .refine((words) => words.length === 0 || stepOf(words) !== undefined, {
      error: `There are ${STEPS} steps, and files are not typed but uploaded: press the button that \`import\` shows.`,
    })
    .transform((words) => ({ step: stepOf(words) })),

  async run({ options: { step } }, context) {
    const { access, decisions, commands } = context;
    if (access.role !== "admin")
      throw new UsageError(`Only an admin imports files. ${whoMay((await decisions.settings()).admins)}`);
    return step === undefined ? offer(context) : oneStep(step, commands);
  },
});

async function offer({ store, viewer }: Context): Promise<Reply> {
  const snapshot = await store.snapshot();
  return {
    headline: "Import exports of your CRM or accounting",
    lines: [
      [
        "CSV and Excel (.xlsx), also packed with gzip, up to 10 files at a time. They are recognised by their headers:",
      ],
      ...recognisedFiles.map((title) => [`• ${title}`]),
      [
        "You see what would change before anything does. Loading a file twice changes nothing, a corrected export updates, and an import can be undone.",
      ],
    ],
    actions: [uploadAction],
    notes: [
      viewer.standing === "operator"
        ? "At the terminal: npm run portfolio -- import <files>."
        : "You can also send me the files in a direct message; the form takes up to 10 MB a file.",
      ...(snapshot ? [`Data as of ${snapshot.asOf} · snapshot ${snapshot.id}`] : []),
    ],
    data: { recognised: recognisedFiles },
  };
}

/** `steps 2` as 2; undefined for anything else. */
function stepOf(words: readonly string[]): number | undefined {
  const [topic = "", number = "", ...more] = words;
  const isStep = topic.toLowerCase() === "steps" && /^\d$/.test(number) && more.length === 0;
  return isStep && Number(number) >= 1 && Number(number) <= STEPS ? Number(number) : undefined;
}
