/** What Slack tells of a file by its name's ending; https://docs.slack.dev/reference/objects/file-object#types */
export interface FileType {
  /** Slack's short name: `csv`, `png` … */
  readonly filetype: string;
  readonly mimetype: string;
  readonly prettyType: string;
}

const SHEET = "application/vnd.openxmlformats-officedocument";

const KNOWN: Readonly<Record<string, readonly [mimetype: string, prettyType: string]>> = {
  csv: ["text/csv", "CSV"],
  tsv: ["text/tab-separated-values", "TSV"],
  txt: ["text/plain", "Plain Text"],
  json: ["application/json", "JSON"],
  xml: ["application/xml", "XML"],
  html: ["text/html", "HTML"],
  pdf: ["application/pdf", "PDF"],
  zip: ["application/zip", "Zip"],
  png: ["image/png", "PNG"],
  jpg: ["image/jpeg", "JPEG"],
  gif: ["image/gif", "GIF"],
  xls: ["application/vnd.ms-excel", "Excel Spreadsheet"],
  xlsx: [`${SHEET}.spreadsheetml.sheet`, "Excel Spreadsheet"],
  docx: [`${SHEET}.wordprocessingml.document`, "Word Document"],
};
const SAME: Readonly<Record<string, string>> = { jpeg: "jpg", text: "txt", htm: "html" };

export function fileTypeOf(name: string): FileType {
  const ending = endingOf(name);
  const filetype = SAME[ending] ?? ending;
  const [mimetype, prettyType] = KNOWN[filetype] ?? ["application/octet-stream", "Binary"];
  return { filetype: filetype in KNOWN ? filetype : "binary", mimetype, prettyType };
}

/** What follows the last full stop of a file's name, in small letters; empty without one. */
export function endingOf(name: string): string {
  return /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? "";
}

/** Whether a browser may draw it in place. */
export function isPicture(mimetype: string): boolean {
  return ["image/png", "image/jpeg", "image/gif"].includes(mimetype);
}
