import type { Lifetime } from "../core/models/renewals.ts";
import { addPeriods, type PeriodUnit, wholePeriods } from "./count-periods.ts";

/** From when to when somebody subscribed, as days since 1970; without an end they are still there. */
export interface Spell {
  readonly start: number;
  readonly end: number | undefined;
}

/**
 * What was known of a subscription on a day; undefined before it began. Who leaves within a period has paid for it. That
 * counts as a renewal that failed only once it was due: of those who began with them nobody has renewed until then.
 */
export function lifetimeOn({ start, end }: Spell, day: number, unit: PeriodUnit): Lifetime | undefined {
  if (start > day) return undefined;
  if (end === undefined || end > day) return { periods: wholePeriods(start, day, unit) + 1, ended: false };
  const whole = wholePeriods(start, end, unit);
  const periods = Math.max(1, addPeriods(start, whole, unit) === end ? whole : whole + 1);
  return { periods, ended: addPeriods(start, periods, unit) <= day };
}

/** Somebody who was there when the holdout began. */
interface HeldOutLifetime {
  /** The one that was running then. */
  readonly period: number;
  /** How many renewals came due in the holdout. */
  readonly renewals: number;
  readonly hasStayed: boolean;
}

/** How it went on for everybody who was there on a day, up to another one. */
export function heldOutLifetimes(
  spells: readonly Spell[],
  until: number,
  end: number,
  unit: PeriodUnit,
): readonly HeldOutLifetime[] {
  return spells.flatMap((spell) => {
    const isThere = spell.start <= until && (spell.end === undefined || spell.end > until);
    const [then, later] = [lifetimeOn(spell, until, unit), lifetimeOn(spell, end, unit)];
    if (!isThere || !then || !later) return [];
    const renewals = wholePeriods(spell.start, end, unit) - (then.periods - 1);
    return [{ period: then.periods, renewals, hasStayed: later.periods >= then.periods + renewals }];
  });
}
