import { statusOfStage } from "./crm-fields.ts";
import type { OpportunityDraft, Reference } from "./drafts.ts";
import { named } from "./drafts.ts";
import { present, type Row } from "./preset.ts";
import { longId } from "./salesforce-ids.ts";

export const salesforce = { sourceId: "salesforce", sourceName: "Salesforce" } as const;

/** The columns in which Salesforce says whether an opportunity is won and closed. */
interface OutcomeColumns {
  readonly won: string;
  readonly closed: string;
}

/** What Salesforce says itself, for stages can be renamed; else what the stage is called. */
export function statusIn(row: Row, stage: string, columns: OutcomeColumns): OpportunityDraft["status"] {
  const won = truthIn(row, columns.won);
  const closed = truthIn(row, columns.closed);
  if (won === true) return "won";
  if (closed === false) return "open";
  if (won === false && closed === true) return "lost";
  const status = statusOfStage(stage);
  if (closed === true) return status === "won" && won === undefined ? "won" : "lost";
  return won === false && status === "won" ? "open" : status;
}

/** A record named by its id, its name or both. */
export function referenceIn(row: Row, idColumn: string, nameColumn: string): Reference | undefined {
  const id = row.text(idColumn);
  const name = row.text(nameColumn);
  return id === undefined ? named(name) : { externalId: longId(id), ...present({ name }) };
}

/** The row's own id; a row that Salesforce holds in its recycle bin is no record any more. */
export function idOfRow(row: Row): string {
  const id = longId(row.required("Id"));
  if (truthIn(row, "IsDeleted") === true) row.reject("IsDeleted", "was deleted in Salesforce");
  // They say when somebody looked at the record, not what it is.
  for (const column of glances) row.text(column);
  return id;
}

export const glances = ["LastViewedDate", "LastReferencedDate", "SystemModstamp"] as const;

function truthIn(row: Row, column: string): boolean | undefined {
  const text = row.text(column);
  if (text === undefined) return undefined;
  return truths.get(text.toLowerCase()) ?? row.reject(column, "neither true nor false");
}

const truths: ReadonlyMap<string, boolean> = new Map([
  ...["true", "1", "yes", "wahr", "ja"].map((word) => [word, true] as const),
  ...["false", "0", "no", "falsch", "nein"].map((word) => [word, false] as const),
]);
