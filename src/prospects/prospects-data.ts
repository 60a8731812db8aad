import type { Day } from "../core/calendar.ts";
import { methodLabel } from "../deals/chance-words.ts";
import type { Access } from "../store/access.ts";
import type { PotentialReason } from "../store/potential-reasons.ts";
import type { PotentialBasis, Prospects } from "../store/prospects.ts";
import type { Snapshot } from "../store/reads.ts";
import { wordNextStep } from "./next-step.ts";
import { wordPotentialReason } from "./potential-words.ts";

/** Exact figures, as a list that can be downloaded. */
export function prospectsData(
  found: Prospects,
  about: {
    readonly basis: PotentialBasis;
    readonly snapshot: Snapshot;
    readonly access: Access;
    readonly today: Day;
  },
) {
  const { basis, snapshot, access, today } = about;
  const money = (amount: number) => ({ amount, currency: snapshot.currency });
  return {
    asOf: snapshot.asOf,
    method: methodLabel(basis.chances, access),
    interim: basis.chances.kind === "scorecard",
    chanceSignal: basis.chances.kind === "model",
    potentialSignal: basis.judged.signal,
    total: {
      accounts: found.accounts,
      potential: money(found.potentialMinor),
      weighted: money(found.weightedMinor),
    },
    rows: found.rows.map((row) => ({
      ...{ rank: row.rank, accountId: row.accountId, account: row.account },
      ...{ owner: row.owner ?? null, claimedBy: row.claimedBy ?? null, tier: row.tier },
      potential: money(row.potentialMinor),
      potentialLow: money(row.lowMinor),
      potentialHigh: money(row.highMinor),
      ...{ probability: row.probability, low: row.low, high: row.high },
      weighted: money(row.weightedMinor),
      resembles: row.resembles?.account ?? null,
      nextStep: wordNextStep(row, today),
      reasons: reasonData(row.reasons, access),
    })),
  };
}

/** Reasons as codes with their words; counts over what a viewer does not see are left out. */
export function reasonData(reasons: readonly PotentialReason[], access: Pick<Access, "owners">) {
  return reasons.map((reason) => {
    const text = wordPotentialReason(reason, access);
    if (reason.code !== "like") return { ...reason, text };
    const { kind: _, customers, ...like } = reason;
    return { ...like, ...(access.owners === "all" && { customers }), text };
  });
}
