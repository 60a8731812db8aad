import { z } from "zod";
import { type Command, defineCommand, type Line } from "../src/command.ts";
import { nothingImported } from "../src/intake/first-run.ts";
import { UsageError } from "../src/usage-error.ts";

export default defineCommand({
  summary: "What you can type",
  usage: "help [command]",
  examples: ["help top"],
  filters: [],
  options: z
    .array(z.string())
    .readonly()
    .transform(([topic]) => ({ topic: topic?.toLowerCase() })),

  async run({ options }, context) {
    const { commands, store, access } = context;
    const listed = [...commands];
    const about = ({ summary, isOff }: Command) =>
      isOff?.(access.settings) ? `${summary} (turned off by an admin)` : summary;
    if (options.topic !== undefined) {
      const command = commands.get(options.topic);
      if (!command)
        throw new UsageError(
          `There is no command "${options.topic}".`,
          listed.map(([name]) => ({ label: name, line: `help ${name}` })),
        );
      return describe(options.topic, command, about(command));
    }
    const start = (await store.snapshot()) ? undefined : await nothingImported(context);
    return {
      headline: start?.guidance?.headline ?? "What you can ask Portfolio",
      lines: [
        ...(start ? (start.guidance?.lines ?? [[start.message]]) : []),
        ...listed.map(([, command]): Line => [{ text: command.usage, style: "code" }, ` ${about(command)}`]),
      ],
      actions: start
        ? (start.guidance?.actions ?? [])
        : listed
            .flatMap(([, { examples }]) => examples)
            .slice(0, 6)
            .map((line) => ({ kind: "run", label: line, line })),
      notes: [filterHelp, "Answers are only visible to you until you press Share."],
      data: {
        commands: listed.map(([name, { summary, usage, examples }]) => ({ name, summary, usage, examples })),
      },
    };
  },
});

const filterHelp =
  'Filters: mine, @name, team, team:X, product:X, industry:X, region:X, cohort:2025Q1, tier:A, from:A, up, down, quiet, quiet 90d, by ltv, since 90d, fy:2026, within:industry, any imported column as column:X. Quote values with spaces: industry:"real estate".';

function describe(name: string, { summary, usage, examples, filters }: Command, about: string) {
  return {
    headline: `${name}: ${about}`,
    lines: [[{ text: usage, style: "code" as const }]],
    actions: examples.map((line) => ({ kind: "run" as const, label: line, line })),
    notes: filters.length > 0 ? [filterHelp] : [],
    data: { name, summary, usage, examples, filters },
  };
}
