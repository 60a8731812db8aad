import { findLeaks } from "../win/leaks-by-evidence.ts";
import { nameWords } from "../win/name-words.ts";
import type { Feature, WinTable } from "../win/win-table.ts";
import type { Doubt } from "./doubt.ts";
import { expectAmounts } from "./expect-amounts.ts";
import { expectDays } from "./expect-days.ts";
import { expectWins } from "./mix-model.ts";

/** Deals that have ended, each with what was known of it. */
export interface EndedDeals {
  readonly table: WinTable;
  readonly won: Uint8Array;
  /** The places of a deal's rep, product and tier, or -1. */
  readonly reps: Int32Array;
  readonly products: Int32Array;
  readonly tiers: Int32Array;
  /** In minor units, and from its beginning to its end; NaN where not known. */
  readonly amounts: Float64Array;
  readonly days: Float64Array;
}

/** What others would have made of each deal: the chance that it is won, what it brings, and the days that winning takes. */
export interface DealExpectations {
  readonly wins: Float64Array;
  readonly amounts: Float64Array;
  readonly days: Float64Array;
  /** By place of a rep. */
  readonly doubts: readonly Doubt[];
  /** What deals are told apart by. */
  readonly mix: readonly string[];
}

/** What a rep finds: an account of that kind, asking for that product, in that size. */
const given = new Set(["tier", "product", "industry", "region", "amount", "list price"]);
/** Where it came from, in columns of any import. */
const source = / (?:source|origin|channel|medium|campaign|referrer) /;

/** What was to be expected of each deal, by its mix and without its rep. */
export function expectDeals({ table, won, reps, products, tiers, ...deals }: EndedDeals): DealExpectations {
  const rows = Int32Array.from({ length: table.rows }, (_, row) => row);
  const features = table.features.filter(isMix);
  const leaks = new Set(findLeaks({ rows: table.rows, features }, won, rows).map(({ feature }) => feature));
  const mix = features.filter(({ name }) => !leaks.has(name));
  const { expected: wins, doubts } = expectWins({ rows: table.rows, features: mix }, won, reps);
  return {
    wins,
    doubts,
    mix: mix.map(({ name }) => name),
    amounts: expectAmounts({
      ...{ chances: wins, won, amounts: deals.amounts, products, tiers, reps },
      isSize: mix.some(({ name }) => name === "amount"),
    }),
    days: expectDays({ won, days: deals.days, products, tiers, reps }),
  };
}

function isMix({ name }: Feature): boolean {
  return given.has(name) || source.test(nameWords(name));
}
