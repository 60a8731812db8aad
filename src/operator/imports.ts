import { issuesCsv } from "../exports/issues-csv.ts";
import { createIntake } from "../intake/create-intake.ts";
import type { ImportSummary } from "../store/import-history.ts";
import { renderTerminal } from "../terminal.ts";
import { UsageError } from "../usage-error.ts";
import { countOf } from "../wording.ts";
import type { Operation } from "./operation.ts";

export const importsOperation: Operation = (program, withStore) => {
  program
    .command("imports")
    .description("list what was imported, the newest first")
    .option("--json", "print the list as JSON")
    .action(({ json }: { json?: boolean }) =>
      withStore(async ({ store, workspaceId }) => {
        const imports = await store.imports(workspaceId);
        process.stdout.write(json ? `${JSON.stringify(imports)}\n` : imports.map(wordSummary).join(""));
      }),
    );
};

export const rejectsOperation: Operation = (program, withStore) => {
  program
    .command("rejects")
    .description("print, as CSV, the rows of an import that were not loaded and the values that look wrong")
    .argument("<import>", "its number, as `imports` lists it", importNumber)
    .action((importId: number) =>
      withStore(async ({ store, workspaceId }) => {
        for await (const piece of issuesCsv(store.issues(workspaceId, importId))) process.stdout.write(piece);
      }),
    );
};

export const undoOperation: Operation = (program, withStore) => {
  program
    .command("undo")
    .description("take a whole import back, as if it had never been loaded")
    .argument("<import>", "its number, as `imports` lists it", importNumber)
    .action((importId: number) =>
      withStore(async ({ store, workspaceId }) => {
        const intake = createIntake({ store, now: () => new Date() });
        const undone = await intake.undo({ workspaceId, standing: "operator" }, [importId], {
          progress: () => undefined,
          waiting: (sentence) => process.stderr.write(`${sentence}\n`),
        });
        if (!undone.ok) throw new UsageError(undone.message);
        process.stdout.write(renderTerminal(undone.reply));
      }),
    );
};

function importNumber(typed: string): number {
  if (/^\d{1,9}$/.test(typed)) return Number(typed);
  throw new UsageError(`"${typed}" is no import. Write its number, as \`imports\` lists it.`);
}

function wordSummary(summary: ImportSummary): string {
  const { id, source, status, startedAt, startedBy, files, rejected, suspects, undoneAt, undoneBy } = summary;
  const started = `${startedAt.toISOString().slice(0, 16).replace("T", " ")} UTC`;
  const undone = undoneAt
    ? `, undone ${undoneAt.toISOString().slice(0, 10)} by ${undoneBy ?? "somebody"}`
    : "";
  return (
    `${id}  ${started}  ${source}  ${status}${undone}  by ${startedBy || "somebody"}\n` +
    `    ${files.join(", ") || "no files"}: ${countOf(rejected, "row")} rejected, ${countOf(suspects, "suspect value")}\n`
  );
}
