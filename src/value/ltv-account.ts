import type { Context, Reply } from "../command.ts";
import { formatMoney } from "../core/money.ts";
import { accountLine, requireAccount } from "../find-account.ts";
import { requireSnapshot } from "../list-accounts.ts";
import type { Query } from "../query.ts";
import type { Snapshot } from "../store/reads.ts";
import { countOf, formatDay, scopeNotes, stampOf } from "../wording.ts";
import { type AccountWorth, accountWorth } from "./account-worth.ts";
import { requireBasis } from "./require-values.ts";
import { wordAlive } from "./value-reasons.ts";
import {
  formatEstimate,
  formatExpected,
  formatRange,
  wordPredictor,
  wordQuality,
  wordTerms,
} from "./value-words.ts";
import { toldReasons, wordScores, wordThresholds, worthFigures } from "./worth-facts.ts";

/** What one account is expected to be worth, and why. */
export async function ltvOfAccount(name: string, query: Query, context: Context): Promise<Reply> {
  const snapshot = await requireSnapshot(context, query);
  const { id, name: account } = await requireAccount(name, "ltv", snapshot, context);
  const basis = await requireBasis("ltv", snapshot, query, context);
  const worth = await accountWorth(snapshot, id, context);
  const card = { kind: "run" as const, label: "Open account", line: accountLine("account", id) };
  const stamp = `Data as of ${snapshot.asOf} · snapshot ${snapshot.id}`;
  if (!worth)
    return {
      headline: `${account} has no lifetime value: it never bought anything`,
      lines: [["A lifetime value follows from purchases. An account without one is a prospect."]],
      actions: [card],
      notes: [stamp],
      snapshot: stampOf(snapshot),
      data: { accountId: id, account, value: null },
    };
  const { currency } = snapshot;
  const { worthMinor } = worth.account;
  const ahead = countOf(basis.terms.horizonMonths, "month");
  return {
    headline: `${account}: expected to bring ${formatEstimate({ amount: worthMinor, currency })} margin in ${ahead} (${formatRange(worth.range, currency)})`,
    lines: [
      ...toldReasons(worth, snapshot).map((text) => [`• ${text}`]),
      [`${wordPredictor(basis.fit.predictor)} ${wordQuality(basis.fit)}`],
    ],
    facts: factsOf(worth, snapshot),
    actions: [
      card,
      { kind: "run", label: "All accounts", line: "ltv" },
      { kind: "run", label: "Explain", line: "ltv explain" },
      { kind: "share", label: "Share", line: accountLine("ltv", id) },
    ],
    notes: [
      ...scopeNotes(context.access),
      `The range holds what comes in four of five cases. Counted: ${wordTerms(basis.terms)} (settings value-margin, value-horizon, value-discount).`,
      ...(worth.rfm ? [wordThresholds(worth.rfm.thresholds, currency)] : []),
      stamp,
    ],
    snapshot: stampOf(snapshot),
    data: { accountId: id, account, ...worthFigures(worth, snapshot) },
  };
}

function factsOf({ account, rfm, basis }: AccountWorth, { currency }: Snapshot) {
  const { purchaseDays, repeatMinor, tier, spendTier, rank } = account;
  const perPurchase =
    purchaseDays > 1
      ? `${formatMoney({ amount: Math.round(repeatMinor / (purchaseDays - 1)), currency })} at a time since the first`
      : "not known yet: it bought on one day only";
  return [
    { label: "Likely still a customer", value: wordAlive(account.alive) },
    { label: "Expected purchases", value: `${formatExpected(account.expected)} in the next 12 months` },
    { label: "Spend per purchase", value: perPurchase },
    {
      label: "Bought so far",
      value: `on ${countOf(purchaseDays, "day")}, ${formatDay(account.firstOn)} to ${formatDay(account.lastOn)}`,
    },
    {
      label: "Tier",
      value:
        tier === undefined
          ? `${spendTier} by spend; by lifetime value no longer kept for this snapshot`
          : `${tier} by lifetime value${rank === undefined ? "" : ` (place ${rank})`}, ${spendTier} by spend`,
    },
    ...(rfm ? [{ label: "Scores", value: wordScores(rfm.scores) }] : []),
    { label: "Gone quiet below", value: `${basis.quietBelowPercent} % (settings value-quiet-below)` },
  ];
}
