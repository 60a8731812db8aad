import type { Action, Reply } from "../command.ts";
import { type ListFormat, rowsIn } from "../exports/export-list.ts";

/** Sends a whole list as a file: a choice is a format and the line that asks for the list. */
export interface DownloadAction {
  readonly kind: "download";
  readonly label: string;
  readonly choices: readonly { readonly label: string; readonly line: string }[];
}

const formats: readonly ListFormat[] = ["csv", "xlsx"];

/** Offers a reply's list as a file, just behind Share; the actions of other replies stay as they are. */
export function withDownload(
  actions: readonly Action[],
  { data }: Reply,
  line: string,
): readonly (Action | DownloadAction)[] {
  const position = actions.findIndex(({ kind }) => kind === "share");
  const share = actions[position];
  // What Share would post names the snapshot: the file shows what was seen too.
  const wanted = share?.kind === "share" ? share.line : line;
  if ((rowsIn(data) ?? 0) === 0 || wanted.trim() === "") return actions;
  const choices = formats.map((format) => ({ label: format.toUpperCase(), line: `${format} ${wanted}` }));
  const offer: DownloadAction = { kind: "download", label: "Download", choices };
  const end = share ? position + 1 : actions.length;
  return [...actions.slice(0, end), offer, ...actions.slice(end)];
}
