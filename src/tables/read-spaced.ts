import { longestRecord, type RawRecord } from "./raw-record.ts";
import { linesFrom } from "./read-records.ts";

/** Records of a text whose cells stand in columns, parted by one space or more; there are no quotes. */
export async function* readSpaced(text: AsyncIterable<string> | Iterable<string>): AsyncGenerator<RawRecord> {
  let line = 1;
  let rest = "";
  let tooLong = false;
  for await (const piece of linesFrom(text, 1)) {
    const lines = (rest + piece).split("\n");
    rest = lines.pop() ?? "";
    for (const content of lines) {
      const record = toRecord(content, line, tooLong);
      if (record) yield record;
      line += 1;
      tooLong = false;
    }
    if (rest.length > longestRecord) {
      tooLong = true;
      rest = "";
    }
  }
  const record = toRecord(rest, line, tooLong);
  if (record) yield record;
}

function toRecord(content: string, line: number, tooLong: boolean): RawRecord | undefined {
  if (tooLong) return { line, lines: 1, cells: [], fault: "longer than 1 MB" };
  const cells = content.trim().split(/\s+/);
  return cells.every((cell) => cell === "") ? undefined : { line, lines: 1, cells, fault: undefined };
}
