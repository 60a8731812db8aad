import { Argument, Option } from "commander";
import { modelNames } from "../core/models/model.ts";
import { periodUnits } from "../fits/count-periods.ts";
import type { FitOptions } from "../fits/fit-file.ts";
import { createProgress } from "../terminal.ts";
import type { Operation } from "./operation.ts";

/** Needs no store, and opens none. */
export const fitOperation: Operation = (program, _withStore, fail) => {
  program
    .command("fit")
    .description("fit a customer base model to a ledger, or sbg to subscriptions, beside guesses without one")
    .addArgument(new Argument("<model>", "which one").choices(modelNames))
    .argument(
      "<file>",
      "CSV or Excel: who bought when, and for how much; or who subscribed from when to when; or period and survivors",
    )
    .option(
      "--until <date>",
      "the last day that the model is shown, without it the last one of all; a period of a survival table",
    )
    .option(
      "--holdout <date>",
      "foretell the time from there to this day or period, and compare with what came",
    )
    .addOption(
      new Option(
        "--unit <unit>",
        "of time in the parameters: weeks; for sbg between two renewals: months",
      ).choices(periodUnits),
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
    .action(
      async (
        model: FitOptions["model"],
        file: string,
        { json, ...options }: Omit<FitOptions, "model"> & { json?: true },
      ) => {
        try {
          // Only here: no other command needs the models.
          const { fitFile } = await import("../fits/fit-file.ts");
          const { wordFit } = await import("../fits/word-fit.ts");
          const report = await fitFile(
            file,
            { ...options, model, progress: createProgress(process.stderr) },
            () => performance.now(),
          );
          process.stdout.write(json ? `${JSON.stringify(report, undefined, 2)}\n` : wordFit(report));
        } catch (error) {
          fail(error);
        }
      },
    );
};
