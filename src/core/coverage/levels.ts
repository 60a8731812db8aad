import { currencyExponent } from "../money.ts";
import type { CoverageSettings } from "../settings.ts";

/** How accounts are served, the most intensive first. */
export const coverageLevels = ["strategic", "field", "inside", "self-serve"] as const;
export type CoverageLevel = (typeof coverageLevels)[number];

/** What one account takes at a level in a year. */
export interface LevelTerms {
  readonly level: CoverageLevel;
  readonly hours: number;
  /** In minor units. */
  readonly cost: number;
  /** The least margin at stake, in minor units, that the level is worth its cost for; 0 for the least intensive. */
  readonly from: number;
}

/** What levels take, and what is at stake, in minor units of one currency. */
export interface CoverageTerms {
  /** In the order of `coverageLevels`. */
  readonly levels: readonly LevelTerms[];
  readonly winnablePercent: number;
  readonly personHours: number;
}

/**
 * What the settings come to in a currency. A level is worth it from the margin at stake on of which it costs the share that
 * the settings allow; a level that costs no more than a less intensive one is worth it wherever that one is.
 */
export function coverageTerms(settings: CoverageSettings, currency: string): CoverageTerms {
  const { mostPercent, winnablePercent, personHours } = settings;
  const minor = 10 ** currencyExponent(currency);
  const term = (level: CoverageLevel, hours: number, perHour: number): LevelTerms => {
    const cost = hours * perHour * minor;
    return { level, hours, cost, from: level === "self-serve" ? 0 : Math.ceil((cost * 100) / mostPercent) };
  };
  return {
    levels: [
      term("strategic", settings.hoursStrategic, settings.costStrategic),
      term("field", settings.hoursField, settings.costField),
      term("inside", settings.hoursInside, settings.costInside),
      term("self-serve", settings.hoursSelfServe, settings.costSelfServe),
    ],
    winnablePercent,
    personHours,
  };
}

/** What an account brings, or could, in a year; minor units. */
export interface AtStake {
  readonly margin: number;
  readonly potential: number;
  /** Of a prospect: potential times the chance that it is won; undefined where nobody knows that chance. */
  readonly weighted: number | undefined;
}

/**
 * The margin of a year that serving an account better or worse decides about: what a customer brings now, and the winnable
 * part of what it could bring beyond; of a prospect its weighted potential.
 */
export function stakeOf(
  { margin, potential, weighted }: AtStake,
  { winnablePercent }: CoverageTerms,
): number {
  const own = Math.max(0, margin);
  return weighted ?? own + Math.round((Math.max(0, potential - own) * winnablePercent) / 100);
}

/** The most intensive level that is worth its cost. */
export function levelFor(stake: number, { levels }: CoverageTerms): CoverageLevel {
  return levels.find(({ from }) => stake >= from)?.level ?? "self-serve";
}

/**
 * The level that so many hours of a year amount to: the most intensive one of which at least half the hours were given.
 * Less than half of everything but self-serve is self-serve.
 */
export function levelOfHours(hours: number, { levels }: CoverageTerms): CoverageLevel {
  return (
    levels.find(({ level, hours: wanted }) => level === "self-serve" || hours * 2 >= wanted)?.level ??
    "self-serve"
  );
}

/** People that so many hours of a year take. */
export function headcount(hours: number, { personHours }: CoverageTerms): number {
  return hours / personHours;
}

/** How levels are called in imported columns, as `levelNamed` compares them. */
const callings: readonly (readonly [RegExp, CoverageLevel])[] = [
  [/strateg|global|key|named|enterprise|platinum|tier ?1|^high touch/, "strategic"],
  [/self|digital|tech touch|online|partner|none|^no |unmanaged/, "self-serve"],
  [/inside|tele|remote|phone|low touch|virtual|pool/, "inside"],
  [/field|outside|direct|face|mid touch|regional/, "field"],
];

/** The level that an imported value names; undefined for what names none. */
export function levelNamed(value: string): CoverageLevel | undefined {
  const plain = value.trim().toLowerCase().replace(/[-_]+/g, " ");
  return callings.find(([calling]) => calling.test(plain))?.[1];
}

/** Whether an imported column says how accounts are served. */
export function meansCoverage(column: string): boolean {
  return /^(account )?(coverage|service|engagement|touch)( (level|model|tier|type))?$/.test(
    plainColumn(column),
  );
}

/** A column's name in plain words. */
export function plainColumn(column: string): string {
  return column
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim()
    .toLowerCase();
}
