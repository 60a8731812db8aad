import { Option } from "commander";
import { type ImportRequest, importFiles } from "../ingest/import-files.ts";
import { wordImport } from "../ingest/import-report.ts";
import { readMapping } from "../ingest/recognise-files.ts";
import { createProgress } from "../terminal.ts";
import type { Operation } from "./operation.ts";

type Options = Pick<ImportRequest, "currency" | "dates" | "decimal" | "encoding" | "sheet" | "dryRun"> & {
  readonly map?: string;
  readonly json?: boolean;
};

export const importOperation: Operation = (program, withStore) => {
  program
    .command("import")
    .description("load exports: CSV or Excel, also packed with gzip; recognised by their headers")
    .argument("<files...>", "files of one or more sources")
    .option("--map <mapping.yaml>", "says what the columns of other files mean; see docs/mapping.md")
    .option("--dry-run", "read, check and compare everything, and change nothing")
    .option("--currency <code>", "currency of amounts that name none; the workspace's, else USD")
    .addOption(
      new Option("--dates <order>", "how 03/04/2025 is read, where a file does not show it").choices([
        "dmy",
        "mdy",
      ]),
    )
    .addOption(
      new Option("--decimal <mark>", "how 1.234 is read, where a file does not show it").choices([".", ","]),
    )
    .option("--encoding <name>", "of a text file that is neither UTF-8, UTF-16 nor Windows-1252")
    .option("--sheet <name>", "of a workbook with several sheets")
    .option("--json", "print the report as JSON")
    .action((files: string[], { map, json, ...options }: Options) =>
      withStore(async ({ store, workspaceId }) => {
        const report = await importFiles({
          ...options,
          ...(map === undefined ? {} : { mapping: await readMapping(map) }),
          store,
          workspaceId,
          files,
          now: () => new Date(),
          progress: createProgress(process.stderr),
          onWait: (message) => process.stderr.write(`${message}\n`),
        });
        process.stdout.write(json ? `${JSON.stringify(report, undefined, 2)}\n` : wordImport(report));
      }),
    );
};
