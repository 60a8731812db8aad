import { addDays, type Day } from "../calendar.ts";
import { contractGraceDays, renewalDays, rhythms } from "../recurring.ts";
import type { ActionReason, ProposedAction } from "./action.ts";
import { effects, marginOf, type ProposalTerms, toProposal } from "./proposal.ts";

/** Something that is to be renewed on a day: a row of `DueRenewal`, with the chance that `renewalChance` gives it. */
export interface RenewalFacts {
  readonly accountId: string;
  readonly dueOn: Day;
  /** The last purchase, in minor units; 0 where nothing was bought. */
  readonly valueMinor: number;
  readonly source:
    | { readonly kind: "date"; readonly column: string }
    | {
        readonly kind: "recurring";
        readonly product?: string | undefined;
        /** Of its rhythm. */
        readonly months: number;
        /** How often it was renewed so far, in this rhythm. */
        readonly renewals: number;
        readonly lastOn: Day;
      };
  /** That it is renewed, from 0 to 1; undefined where renewals so far do not tell. */
  readonly chance?: number | undefined;
}

/** However surely others were renewed, so many are lost. */
const leastLost = 0.02;

/**
 * A renewal that is due within 90 days, or overdue and not yet given up. Its value is the margin that would be lost without
 * doing anything: margin of the last purchase × (1 − chance that it is renewed, 2 % at least), and of unknown chances
 * `effects.renewalLost`. The day is part of the subject: the next renewal is another proposal.
 */
export function proposeRenewal(facts: RenewalFacts, terms: ProposalTerms): ProposedAction | undefined {
  const { accountId, dueOn, valueMinor, source, chance } = facts;
  if (dueOn > addDays(terms.asOf, renewalDays) || isGivenUp(facts, terms.asOf)) return undefined;
  const what = source.kind === "date" ? source.column : (source.product ?? "");
  const lost = chance === undefined ? effects.renewalLost : Math.max(leastLost, 1 - chance);
  return toProposal({
    kind: "renewal",
    accountId,
    subject: JSON.stringify([source.kind, what, dueOn]),
    dueOn,
    value: marginOf(valueMinor, terms) * lost,
    reasons: [reasonOf(facts)],
  });
}

function isGivenUp({ dueOn, source }: RenewalFacts, asOf: Day): boolean {
  const graceDays =
    source.kind === "date"
      ? contractGraceDays
      : (rhythms.find(({ months }) => months === source.months)?.graceDays ?? contractGraceDays);
  return addDays(dueOn, graceDays) < asOf;
}

function reasonOf({ dueOn, source, chance }: RenewalFacts): ActionReason {
  if (source.kind === "date") return { code: "renewal-date", column: source.column, on: dueOn };
  const { product, months, renewals, lastOn } = source;
  return {
    code: "recurs",
    ...(product === undefined ? {} : { product }),
    months,
    times: renewals,
    lastOn,
    ...(chance === undefined ? {} : { chance }),
  };
}
