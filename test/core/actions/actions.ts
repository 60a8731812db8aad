import fc from "fast-check";
import { actionKinds } from "../../../src/core/actions/action.ts";
import type { HeldAction } from "../../../src/core/actions/rank.ts";
import { addDays } from "../../../src/core/calendar.ts";

/** A proposal without anything special. */
export function action(given: Partial<HeldAction> = {}): HeldAction {
  return {
    ...{ id: "1", accountId: "acme", kind: "win-back", subject: "", valueMinor: 100, dueOn: "2026-12-31" },
    ...{ effortMinutes: 60, reasons: [], score: 100, holderKey: "rep:ada" },
    ...given,
  };
}

/** Lists of open proposals in which much is alike, of ids that are their own. */
export const anyActions: fc.Arbitrary<readonly HeldAction[]> = fc
  .array(
    fc.record({
      accountId: fc.constantFrom("acme", "beta", "gamma", "delta"),
      kind: fc.constantFrom(...actionKinds),
      holderKey: fc.constantFrom("rep:ada", "rep:bob", undefined),
      score: fc.constantFrom(0, 1, 100, 100.5),
      dueOn: fc.integer({ min: -3, max: 40 }).map((days) => addDays("2026-11-22", days)),
    }),
    { maxLength: 30 },
  )
  .map((drafts) => drafts.map((draft, index) => action({ ...draft, id: String(index).padStart(3, "0") })));
