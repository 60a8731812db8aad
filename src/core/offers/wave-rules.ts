import type { Day } from "../calendar.ts";
import { type OfferTerms, type WaveName, type WaveTally, waveNames } from "./offer.ts";
import { judgeWave } from "./stop-rule.ts";
import { expectedMarginPerHourOf, marginPerHourOf, plannedMarginPerHourOf, resolvedOf } from "./tally.ts";

/** Why the rules opened or paused a wave, with figures to word it with. Money in minor units per hour. */
export type RuleReason =
  /** No wave with accounts comes before it, and no day was given. */
  | { readonly code: "first" }
  | {
      readonly code: "resolved";
      readonly before: WaveName;
      readonly resolved: number;
      readonly accounts: number;
      readonly openAtPercent: number;
    }
  | { readonly code: "date"; readonly on: Day }
  | {
      readonly code: "below-floor";
      readonly outcomes: number;
      readonly probability: number;
      readonly marginPerHour: number | undefined;
      readonly floorPerHour: number;
      /** From 1 on, even winning every pitch would not earn the floor. */
      readonly breakEven: number;
    }
  | {
      readonly code: "far-below-a";
      readonly outcomes: number;
      readonly probability: number;
      readonly marginPerHour: number | undefined;
      readonly marginPerHourOfA: number | undefined;
    };

/** A change of a wave's status by a rule. */
export interface WaveRuling {
  readonly wave: WaveName;
  readonly status: "open" | "paused";
  readonly reason: RuleReason;
}

/** Where the hours of a paused wave bring more. */
export interface BetterUse {
  readonly wave: WaveName;
  readonly status: "open" | "planned";
  /** Expected, minor units. */
  readonly marginPerHour: number;
}

/**
 * What the rules change now, all of it: applied to the result they change nothing more. A wave without accounts is
 * passed over. After a paused wave the next opens by date or by a manager only: a wave that was planned to be worse would
 * hardly be better than one that the stop rule paused.
 *
 * @param today in the workspace's zone.
 */
export function ruleWaves(
  tallies: readonly WaveTally[],
  terms: OfferTerms,
  today: Day,
): readonly WaveRuling[] {
  const rulings: WaveRuling[] = [];
  let before: WaveTally | undefined;
  for (const tally of inOrder(tallies)) {
    const reason =
      tally.status === "planned"
        ? reasonToOpen(tally, before, terms, today)
        : reasonToPause(tally, tallies, terms);
    const status = tally.status === "planned" ? "open" : "paused";
    if (reason) rulings.push({ wave: tally.wave, status, reason });
    before = reason ? { ...tally, status } : tally;
  }
  return rulings;
}

/**
 * What the hours of paused waves are better spent on: the open or planned wave with work left and the highest expected
 * margin per hour; undefined when none is above the floor. A planned wave is believed as far as the plan held so far.
 */
export function betterUse(tallies: readonly WaveTally[], terms: OfferTerms): BetterUse | undefined {
  const held = planHeld(tallies, terms);
  return inOrder(tallies)
    .filter((tally) => resolvedOf(tally) < tally.accounts)
    .flatMap((tally): readonly BetterUse[] => {
      const { wave, status } = tally;
      if (status !== "open" && status !== "planned") return [];
      const expected = expectedMarginPerHourOf(tally, terms);
      if (expected === undefined) return [];
      return [{ wave, status, marginPerHour: Math.round(status === "open" ? expected : expected * held) }];
    })
    .filter(({ marginPerHour }) => marginPerHour > terms.floorPerHour)
    .reduce<BetterUse | undefined>(
      (best, use) => (best && best.marginPerHour >= use.marginPerHour ? best : use),
      undefined,
    );
}

function inOrder(tallies: readonly WaveTally[]): readonly WaveTally[] {
  return waveNames.flatMap((name) => tallies.filter(({ wave, accounts }) => wave === name && accounts > 0));
}

function reasonToOpen(
  { wave }: WaveTally,
  before: WaveTally | undefined,
  { openAtPercent, opensOn }: OfferTerms,
  today: Day,
): RuleReason | undefined {
  const on = opensOn[wave];
  if (on !== undefined && on <= today) return { code: "date", on };
  if (!before) return on === undefined ? { code: "first" } : undefined;
  const { accounts, status } = before;
  const resolved = resolvedOf(before);
  if (status === "planned" || status === "paused" || resolved * 100 < openAtPercent * accounts)
    return undefined;
  return { code: "resolved", before: before.wave, resolved, accounts, openAtPercent };
}

function reasonToPause(
  tally: WaveTally,
  tallies: readonly WaveTally[],
  terms: OfferTerms,
): RuleReason | undefined {
  if (tally.status !== "open") return undefined;
  const best = tally.wave === "A" ? undefined : tallies.find(({ wave }) => wave === "A");
  const { outcomes, verdict, marginPerHour, ...judgement } = judgeWave(tally, best, terms);
  if ((tally.overriddenUntilOutcomes ?? 0) > outcomes) return undefined;
  if (verdict === "below-floor")
    return {
      ...{ code: verdict, outcomes, probability: judgement.probabilityBelowFloor, marginPerHour },
      ...{ floorPerHour: terms.floorPerHour, breakEven: judgement.breakEven },
    };
  if (verdict !== "far-below-a" || !best || judgement.probabilityFarBelowA === undefined) return undefined;
  return {
    ...{ code: verdict, outcomes, probability: judgement.probabilityFarBelowA, marginPerHour },
    marginPerHourOfA: marginPerHourOf(best, terms),
  };
}

/** Margin per hour that is expected after the outcomes, for one that was planned, over the hours worked; 1 without any. */
function planHeld(tallies: readonly WaveTally[], terms: OfferTerms): number {
  const worked = tallies.flatMap((tally) => {
    const planned = plannedMarginPerHourOf(tally);
    const expected = expectedMarginPerHourOf(tally, terms);
    if (planned === undefined || expected === undefined) return [];
    return [{ planned: planned * tally.minutes, expected: expected * tally.minutes }];
  });
  const planned = worked.reduce((sum, wave) => sum + wave.planned, 0);
  return planned > 0 ? worked.reduce((sum, wave) => sum + wave.expected, 0) / planned : 1;
}
