import { externalIdOfName } from "./drafts.ts";
import type { Row } from "./preset.ts";

/** Whether a cell has one of the values, whatever their letter case; the column stays among the rest. */
export function meets(row: Row, column: string, values: readonly string[]): boolean {
  const cell = row.peek(column);
  return cell !== undefined && isAmong(cell, values);
}

export function isAmong(text: string, values: readonly string[]): boolean {
  const key = externalIdOfName(text);
  return values.some((value) => externalIdOfName(value) === key);
}
