import { codeCount, codesOf, isMissing, learnCoding, thinned } from "./coding.ts";
import { auc, losses } from "./measures.ts";
import { selectRows } from "./part-of-table.ts";
import { splitInFolds } from "./splits.ts";
import type { ExcludedFeature, Exclusion, Feature, WinTable } from "./win-table.ts";

/** Enough to tell a leak: what is rarer does no harm. */
const mostRows = 10_000;
/**
 * What is known beforehand does not tell the end so well alone, in sales or in churn: good predictors such as the time spent on
 * a website or the kind of contract have an AUC of .6 to .85, and save at most a third of the base rate's log-loss.
 */
const [tooGoodAuc, tooGoodSkill] = [0.94, 0.55];
/** A value of so many rows that all but this share end alike tells the end for certain. */
const [certainRows, certainly] = [30, 0.02];
/** Such values cover so many of all rows, and tell wins as well as losses: a status, noted when the end was known. */
const certainShare = 0.1;
/** Filled for one end only, by all but this share of rows, and more often than chance allows. */
const [oneEnd, chanceOfOneEnd] = [0.005, 1e-6];
const folds = 5;
const coding = { bins: 20, levels: Number.POSITIVE_INFINITY, leastRows: 1 };

/** Columns that alone tell the end of some rows better than what is known beforehand does: by value, or by being filled. */
export function findLeaks(table: WinTable, won: Uint8Array, rows: Int32Array): readonly ExcludedFeature[] {
  const { features, sample } = sampleOf(table, won, rows);
  return features.flatMap((feature) => {
    const why = judge(feature, sample);
    return why === undefined ? [] : [{ feature: feature.name, why }];
  });
}

/** How well each column alone tells the end of rows whose own end it was not shown, as an AUC. */
export function aucAlone(table: WinTable, won: Uint8Array): ReadonlyMap<string, number> {
  const rows = Int32Array.from({ length: table.rows }, (_, row) => row);
  const { features, sample } = sampleOf(table, won, rows);
  return new Map(features.map((feature) => [feature.name, byValueOf(feature, sample).skill.auc]));
}

function sampleOf(table: WinTable, won: Uint8Array, rows: Int32Array) {
  const chosen = thinned(rows, mostRows);
  const outcomes = Uint8Array.from(chosen, (row) => won[row] ?? 0);
  const places = Int32Array.from(chosen.keys());
  const foldOf = new Int32Array(chosen.length);
  for (const [fold, { test }] of splitInFolds({ won: outcomes }, places, folds).entries())
    for (const place of test) foldOf[place] = fold;
  return { features: selectRows(table, chosen).features, sample: { places, outcomes, foldOf } };
}

interface Sample {
  readonly places: Int32Array;
  readonly outcomes: Uint8Array;
  readonly foldOf: Int32Array;
}

function judge(feature: Feature, sample: Sample): Exclusion | undefined {
  const { outcomes } = sample;
  const { own, codes, skill: byValue } = byValueOf(feature, sample);
  const filled = codes.map((code) => Number(!isMissing(own, code)));
  const byFilled = filled.includes(0) ? skillOf(filled, 2, sample) : { auc: 0.5, skill: 0 };
  if (isTooGood(byFilled) || isOfOneEnd(filled, outcomes))
    return { code: "leak-by-evidence", by: "filled", auc: byFilled.auc };
  // The ends of a number that tells well are certain by nature.
  const isStatus = feature.kind === "category" && tellsBothEnds(codes, codeCount(own), outcomes);
  if (isTooGood(byValue) || isStatus) return { code: "leak-by-evidence", by: "value", auc: byValue.auc };
  return undefined;
}

function byValueOf(feature: Feature, sample: Sample) {
  const own = learnCoding(feature, sample.places, coding);
  const codes = codesOf(own, { rows: sample.places.length, features: [feature] });
  return { own, codes, skill: skillOf(codes, codeCount(own), sample) };
}

interface Skill {
  readonly auc: number;
  /** The share of the base rate's log-loss that is saved. */
  readonly skill: number;
}

/** How well the win rate of a row's code in the other folds tells its end. */
function skillOf(codes: Int32Array, count: number, { outcomes, foldOf }: Sample): Skill {
  const [deals, wins] = [new Float64Array(folds * count), new Float64Array(folds * count)];
  for (let at = 0; at < codes.length; at += 1) {
    const cell = (foldOf[at] ?? 0) * count + (codes[at] ?? 0);
    deals[cell] = (deals[cell] ?? 0) + 1;
    wins[cell] = (wins[cell] ?? 0) + (outcomes[at] ?? 0);
  }
  const base = (sumOf(wins) + 0.5) / (codes.length + 1);
  const overAll = (sums: Float64Array, code: number) =>
    Array.from({ length: folds }, (_, fold) => sums[fold * count + code] ?? 0).reduce(
      (sum, each) => sum + each,
      0,
    );
  const [dealsOf, winsOf] = [deals, wins].map((sums) =>
    Float64Array.from({ length: count }, (_, code) => overAll(sums, code)),
  );
  const chances = Float64Array.from(codes, (code, at) => {
    const cell = (foldOf[at] ?? 0) * count + code;
    const others = (dealsOf?.[code] ?? 0) - (deals[cell] ?? 0);
    // As if one deal more had been seen, which ended as all do.
    return ((winsOf?.[code] ?? 0) - (wins[cell] ?? 0) + base) / (others + 1);
  });
  const loss = sumOf(losses(chances, outcomes));
  const baseLoss = sumOf(losses(new Float64Array(codes.length).fill(base), outcomes));
  return { auc: auc(chances, outcomes) ?? 0.5, skill: baseLoss > 0 ? 1 - loss / baseLoss : 0 };
}

function isTooGood({ auc: own, skill }: Skill): boolean {
  return own >= tooGoodAuc || skill >= tooGoodSkill;
}

/** Whether nearly all rows where the column is filled ended alike, so many that chance does not explain it. */
function isOfOneEnd(filled: Int32Array, outcomes: Uint8Array): boolean {
  const count = sumOf(filled);
  if (count < certainRows || count === filled.length) return false;
  const won = filled.reduce((sum, is, at) => sum + is * (outcomes[at] ?? 0), 0);
  const base = sumOf(outcomes) / outcomes.length;
  const [share, likely] = won > count / 2 ? [won / count, base] : [1 - won / count, 1 - base];
  return share >= 1 - oneEnd && likely ** count < chanceOfOneEnd;
}

/** Whether some values are nearly always won, others nearly always lost, and both together are common. */
function tellsBothEnds(codes: Int32Array, count: number, outcomes: Uint8Array): boolean {
  const [deals, wins] = [new Uint32Array(count), new Uint32Array(count)];
  for (let at = 0; at < codes.length; at += 1) {
    const code = codes[at] ?? 0;
    deals[code] = (deals[code] ?? 0) + 1;
    wins[code] = (wins[code] ?? 0) + (outcomes[at] ?? 0);
  }
  let [certainWins, certainLosses] = [0, 0];
  for (const [code, n] of deals.entries()) {
    const share = (wins[code] ?? 0) / n;
    if (n >= certainRows && share >= 1 - certainly) certainWins += n;
    if (n >= certainRows && share <= certainly) certainLosses += n;
  }
  return certainWins > 0 && certainLosses > 0 && certainWins + certainLosses >= certainShare * codes.length;
}

function sumOf(values: Float64Array | Int32Array | Uint8Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}
