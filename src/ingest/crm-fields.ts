import { isCurrency } from "../core/money.ts";
import { nameKey } from "../core/names.ts";
import { externalIdOfName, type OpportunityDraft } from "./drafts.ts";
import type { Row } from "./preset.ts";
import { parseDomain } from "./values.ts";

/** Labels ("Closed Won"), internal names ("closedwon") and own stages that begin with them. */
export function statusOfStage(stage: string): OpportunityDraft["status"] {
  const key = nameKey(stage);
  if (key === "won" || key.startsWith("closedwon")) return "won";
  return key === "lost" || key.startsWith("closedlost") ? "lost" : "open";
}

/** The currency's code; undefined when the cell is blank. */
export function currencyIn(row: Row, column: string): string | undefined {
  const code = row.text(column)?.toUpperCase();
  if (code === undefined || currenciesSeen.has(code)) return code;
  if (!isCurrency(code)) return row.reject(column, "no currency code: use one such as EUR");
  currenciesSeen.add(code);
  return code;
}

/** `isCurrency` builds a list of all currencies each time, too much for every row. */
const currenciesSeen = new Set<string>();

/** Reads a column only when it holds a domain, so that anything else stays a custom field. */
export function domainIn(row: Row, column: string): string | undefined {
  const domain = parseDomain(row.peek(column) ?? "");
  if (domain !== undefined) row.text(column);
  return domain;
}

/** An id of a record that its source gives none: what it is called and, where known, when it began. */
export function externalIdOfParts(parts: readonly (string | undefined)[]): string {
  return JSON.stringify(parts.map((part) => (part === undefined ? null : externalIdOfName(part))));
}
