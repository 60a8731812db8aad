import type { SnapshotTotals } from "./reads.ts";

/** A portfolio of fewer accounts and facts answers as quickly by itself. */
const LARGE = 20_000;

/** Whether what takes long for a portfolio is made in the background, once its snapshot is there. */
export function isLarge(
  { accounts, prospects, opportunities, entries }: SnapshotTotals,
  large = LARGE,
): boolean {
  return accounts + prospects + opportunities + entries >= large;
}
