import { Option } from "commander";
import { createProgress } from "../terminal.ts";
import type { EvalOptions } from "../win/eval-file.ts";
import type { Operation } from "./operation.ts";

/** Needs no store, and opens none. */
export const winEvalOperation: Operation = (program, _withStore, fail) => {
  program
    .command("win-eval")
    .description("how well a table's outcomes are told by what was known beforehand, and which columns leak")
    .argument("<file>", "CSV or Excel: one row for each lead, opportunity or customer")
    .requiredOption("--outcome <column>", "how each row ended: won and lost, yes and no, 1 and 0")
    .option("--time <column>", "when each row began: the latest rows are told by those before them")
    .option(
      "--won <value>",
      "the value that counts as won, where that is not clear; may be repeated",
      collect,
    )
    .addOption(
      new Option("--dates <order>", "how 03/04/2025 is read, where the file does not show it").choices([
        "dmy",
        "mdy",
      ]),
    )
    .addOption(
      new Option("--decimal <mark>", "how 1.234 is read, where the file does not show it").choices([
        ".",
        ",",
      ]),
    )
    .option("--encoding <name>", "of a text file that is neither UTF-8, UTF-16 nor Windows-1252")
    .option("--sheet <name>", "of a workbook with several sheets")
    .option("--json", "print the report as JSON")
    .action(async (file: string, { json, ...options }: EvalOptions & { json?: true }) => {
      try {
        // Only here: no other command needs the model.
        const { evalFile } = await import("../win/eval-file.ts");
        const { wordWinEval } = await import("../win/word-win-eval.ts");
        const report = await evalFile(file, { ...options, progress: createProgress(process.stderr) }, () =>
          performance.now(),
        );
        process.stdout.write(json ? `${JSON.stringify(report, undefined, 2)}\n` : wordWinEval(report));
      } catch (error) {
        fail(error);
      }
    });
};

function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}
