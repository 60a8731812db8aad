import { nameKey } from "../core/names.ts";

const periodNames = [
  ...["Period", "Year", "Month", "Quarter", "Week", "Renewal", "Renewals"],
  ...["Periode", "Jahr", "Monat", "Quartal", "Woche"],
];
const survivorNames = [
  ...["Survivors", "Customers", "Active customers", "Subscribers", "Active", "Alive"],
  ...["Kunden", "Aktive Kunden", "Abonnenten"],
];
const startNames = [
  ...["Start date", "Start", "Started at", "Started on", "Subscription start", "Subscription start date"],
  ...["Contract start", "Contract start date", "Subscribed at", "Subscribed on", "Joined", "Join date"],
  ...["Signup date", "Sign up date", "Signed up at", "From", "Valid from", "Begin", "Begin date"],
  ...["Beginn", "Startdatum", "Vertragsbeginn", "Von", "Gültig ab"],
];
const endNames = [
  ...["End date", "End", "Ended at", "Ended on", "Subscription end", "Subscription end date"],
  ...["Contract end", "Contract end date", "Churn date", "Churned at", "Churned on", "Leave date", "Left on"],
  ...["Cancelled at", "Canceled at", "Cancelled on", "Canceled on", "Cancellation date", "Cancel date"],
  ...["To", "Until", "Valid to", "Ende", "Enddatum", "Vertragsende", "Bis", "Kündigungsdatum"],
];
const lengthNames = [
  ...["Periods", "Tenure", "Tenure months", "Tenure in months", "Tenure years", "Lifetime", "Months active"],
  ...["Months on book", "Months", "Years", "Subscription length", "Laufzeit", "Monate", "Jahre"],
];
const endedNames = [
  ...["Ended", "Churn", "Churned", "Churn flag", "Churn value", "Churn label", "Is churned", "Has churned"],
  ...["Exited", "Attrition", "Attrition flag", "Left", "Cancelled", "Canceled", "Gekündigt", "Beendet"],
];

/** How a table tells who stayed how long; names are as the file heads its columns. */
export type SurvivalColumns =
  /** A row a period: how many of those who began together are left. */
  | { readonly kind: "survivors"; readonly period: string; readonly survivors: string }
  /** A row a subscription: from when to when. */
  | { readonly kind: "days"; readonly start: string; readonly end: string }
  /** A row a subscription: for how many periods, and whether it ended then. */
  | { readonly kind: "lengths"; readonly periods: string; readonly ended: string };

/** Undefined for a table that tells none of it. */
export function survivalColumns(headers: readonly string[]): SurvivalColumns | undefined {
  const byKey = new Map(headers.map((header) => [nameKey(header), header]));
  const find = (names: readonly string[]) =>
    names.map((name) => byKey.get(nameKey(name))).find((header) => header !== undefined);
  const [period, survivors] = [find(periodNames), find(survivorNames)];
  if (period !== undefined && survivors !== undefined) return { kind: "survivors", period, survivors };
  const [start, end] = [find(startNames), find(endNames)];
  if (start !== undefined && end !== undefined) return { kind: "days", start, end };
  const [periods, ended] = [find(lengthNames), find(endedNames)];
  if (periods !== undefined && ended !== undefined) return { kind: "lengths", periods, ended };
  return undefined;
}
