import type { Context, Entry, Reply } from "../command.ts";
import { isManaging } from "../core/access.ts";
import { daysUntil } from "../core/calendar.ts";
import type { Paged } from "../paging.ts";
import type { Snapshot } from "../store/reads.ts";
import { UsageError } from "../usage-error.ts";
import { countOf, formatCount, formatWindow, scopeNotes, stampOf } from "../wording.ts";
import { type Incentive, suggestIncentives } from "./incentives.ts";

/** What counts as lately. */
const LATELY_DAYS = 180;

/** What to pay for, for those who decide about it. */
export async function incentivesReply(
  snapshot: Snapshot,
  { query }: Paged,
  { store, access }: Context,
): Promise<Reply> {
  if (!isManaging(access.role))
    throw new UsageError("What to pay for is suggested to managers and admins alone.");
  if (Object.keys(query.filters).length > 0)
    throw new UsageError("Incentives are suggested over all that you may see: leave the filters out.", [
      { label: "leaderboard incentives", line: "leaderboard incentives" },
    ]);
  const [lately, all] = await Promise.all([
    store.productSlices(snapshot, daysUntil(snapshot.asOf, LATELY_DAYS)),
    store.productSlices(snapshot, snapshot.window),
  ]);
  const incentives = suggestIncentives(lately, all);
  return {
    headline:
      incentives.length === 0
        ? "No incentive suggests itself: no product lags what was expected, and none is white space"
        : `${countOf(incentives.length, "suggestion")} for incentives`,
    entries: incentives.map(entryOf),
    actions: [{ kind: "run", label: "Leaderboard", line: "leaderboard" }],
    notes: [
      "These are suggestions from figures alone; what a sale should be paid is for you to decide.",
      `Lags: at least 20 deals of a product closed in ${LATELY_DAYS} days, and so many fewer won than expected that chance brings it once in 44 times. White space: won no less often than all deals, and bought by fewer than a fifth of the customers ${formatWindow(snapshot.window)}.`,
      ...scopeNotes(access),
      `Data as of ${snapshot.asOf} · snapshot ${snapshot.id}`,
    ],
    snapshot: stampOf(snapshot),
    data: { asOf: snapshot.asOf, window: snapshot.window, latelyDays: LATELY_DAYS, rows: incentives },
  };
}

function entryOf(incentive: Incentive): Entry {
  const name = { text: incentive.product, style: "bold" as const };
  switch (incentive.kind) {
    case "accelerator":
      return {
        lines: [
          ["Suggestion: pay more for each sale of ", name, " for a quarter (an accelerator)."],
          [
            `Lately ${formatCount(incentive.won)} of ${formatCount(incentive.deals)} deals of it were won, and ${incentive.expected.toFixed(1)} were to be expected. Find out why first: price and training come before pay.`,
          ],
        ],
      };
    case "first-sale":
      return {
        lines: [
          ["Suggestion: a fixed sum for the first sale of ", name, " to a customer (a SPIFF)."],
          [
            `${formatCount(incentive.buyers)} of ${countOf(incentive.customers, "customer")} bought it, and it sells no worse than the rest: ${formatCount(incentive.won)} of ${formatCount(incentive.deals)} deals were won.`,
          ],
        ],
      };
  }
}
