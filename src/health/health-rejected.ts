import type { Context, Reply } from "../command.ts";
import { uploadAction } from "../intake/first-run.ts";
import { type Paged, pageActions, pagesFor, rowsToRead, rowsToShow } from "../paging.ts";
import { UsageError } from "../usage-error.ts";
import { countOf } from "../wording.ts";

const overview = { kind: "run" as const, label: "All of health", line: "health" };

/** Rows that could not be loaded, of one import or of all that stand. */
export async function listRejected(
  importId: number | undefined,
  paged: Paged,
  { store }: Context,
): Promise<Reply> {
  const { query } = paged;
  const found = await store.rejectedRows(importId, rowsToRead(paged));
  if (!found)
    throw new UsageError(`No import ${importId ?? ""} stands: it was undone, or there never was one.`, [
      { label: "Of all imports", line: "health rejected" },
    ]);
  const { rows, total } = found;
  const pages = pagesFor("health", query, total);
  const shown = rowsToShow(rows, paged);
  const suffix = importId === undefined ? "" : ` of import ${importId}`;
  return {
    headline:
      total === 0
        ? `Every row${suffix} could be loaded`
        : `${countOf(total, "row")}${suffix} could not be loaded`,
    lines:
      total === 0
        ? []
        : [["Put them right where they come from and import the file again: the rest stays as it is."]],
    ...(shown.length > 0 && {
      table: {
        caption: "Rejected rows, those of the newest import first",
        columns: [
          { title: "File" },
          { title: "Line", align: "right" },
          { title: "Column" },
          { title: "Value" },
          { title: "Why" },
          { title: "Import", align: "right" },
        ],
        rows: shown.map(({ file, line, column = "", value = "", reason, importId: of }) => [
          { text: file },
          line === undefined ? { text: "" } : { text: String(line), value: line },
          { text: column },
          { text: value },
          { text: reason },
          { text: String(of), value: of },
        ]),
      },
    }),
    actions: [...pageActions("health", query, pages), ...(total > 0 ? [uploadAction] : []), overview],
    notes: pages > 1 ? [`Page ${query.page} of ${pages}`] : [],
    data: {
      total,
      rows: rows.map(({ importId: of, source, file, line, column, value, reason }) => ({
        ...{ importId: of, source, file, line: line ?? null },
        ...{ column: column ?? null, value: value ?? null, reason },
      })),
    },
  };
}
