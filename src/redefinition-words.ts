import type { RedefinedTier, Redefinition } from "./store/read-redefined.ts";
import { countOf } from "./wording.ts";

const settings: Readonly<Record<string, string>> = {
  cuts: "tier cuts",
  windowMonths: "window",
  revenue: "revenue setting",
  basisDays: "setting by which sales are one",
  currency: "currency",
};

const list = new Intl.ListFormat("en-GB");

/** "The tier cuts were changed in snapshot 7: that alone put 3 accounts into another tier." */
export function wordRedefinition({ snapshotId, changed, moves }: Redefinition): string {
  const names = changed.flatMap((name) => settings[name] ?? []);
  const what = names.length === 0 ? "What counts" : `The ${list.format(names)}`;
  const were = names.length === 0 || (names.length === 1 && names[0] !== "tier cuts") ? "was" : "were";
  return `${what} ${were} changed in snapshot ${snapshotId}: that alone put ${countOf(moves, "account")} into another tier.`;
}

/** "a changed definition put it from B to A in snapshot 7". */
export function wordRedefined({ snapshotId, from, to }: RedefinedTier): string {
  return `a changed definition put it from ${from} to ${to} in snapshot ${snapshotId}`;
}
