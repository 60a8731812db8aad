import { longestRecord } from "./raw-record.ts";

/**
 * Cuts a text whose only line break is `\n` into records, those of each piece together. Ends with "quoted" where a quote, or
 * a line that is too long for a record, has to be looked at more closely; what was cut before are whole lines.
 */
export async function* plainRecords(
  pieces: AsyncIterable<string>,
  delimiter: string,
): AsyncGenerator<readonly (readonly string[])[] | "quoted"> {
  let begun = "";
  for await (const piece of pieces) {
    const text = begun + piece;
    const end = text.lastIndexOf("\n");
    begun = text.slice(end + 1);
    const lines = end === -1 ? [] : text.slice(0, end).split("\n");
    const isPlain = !piece.includes('"') && begun.length <= longestRecord && lines.every(isRecord);
    if (!isPlain) {
      yield "quoted";
      return;
    }
    yield lines.map((line) => line.split(delimiter));
  }
  if (begun !== "") yield [begun.split(delimiter)];
}

function isRecord(line: string): boolean {
  return line.length <= longestRecord;
}
