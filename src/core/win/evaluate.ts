import { auc, brier, calibrationBins, lift10, logLoss, losses } from "./measures.ts";
import { selectRows } from "./part-of-table.ts";
import { predictWins } from "./predict-wins.ts";
import { isTimed, type Split, splitByTime, splitInFolds } from "./splits.ts";
import type { WinEvaluation, WinMethod, WinModel } from "./win-model.ts";
import type { Outcomes, WinTable } from "./win-table.ts";

const latest = 0.3;
const folds = 5;
/** Of more rows than this, two folds tell enough. */
const manyRows = 50_000;
/** In standard errors: a gain beyond this is a signal. */
const beyondChance = 2;

/**
 * Judges a way of training by deals that it is not shown: the latest three tenths, told by those before, where nearly all times
 * are known; else each fifth by the others, of very many rows two fifths. The floor is the base rate of the same deals that were learned from, also where it
 * drifts.
 */
export function evaluate(
  table: WinTable,
  outcomes: Outcomes,
  train: (rows: Int32Array) => WinModel,
): WinEvaluation {
  const rows = Int32Array.from({ length: table.rows }, (_, row) => row);
  const byTime = isTimed(outcomes, rows) ? splitByTime(outcomes, rows, latest) : undefined;
  const splits = byTime
    ? [byTime]
    : splitInFolds(outcomes, rows, folds).slice(0, table.rows > manyRows ? 2 : folds);
  const wins = outcomes.won.reduce((sum, won) => sum + won, 0);
  const common = {
    split: byTime ? "time" : "folds",
    baseRate: table.rows === 0 ? 0.5 : wins / table.rows,
  } as const;
  if (splits.length === 0) return { ...common, ...untested(table.rows, common.baseRate) };
  const told = splits.map((split) => foretell(table, outcomes, split, train));
  const join = (of: (part: Foretold) => ArrayLike<number>) =>
    Float64Array.from(told.flatMap((part) => Array.from(of(part))));
  const [chances, base, came] = [
    join((part) => part.chances),
    join((part) => part.base),
    join((part) => part.came),
  ];
  // Folds have base rates of their own, so that chances of one order are those beside them.
  const scores = told.length === 1 ? chances : chances.map((chance, at) => chance - (base[at] ?? 0));
  const own = losses(chances, came);
  const gains = losses(base, came).map((loss, at) => loss - (own[at] ?? 0));
  const gain = gains.reduce((sum, each) => sum + each, 0) / gains.length;
  const square = gains.reduce((sum, each) => sum + (each - gain) ** 2, 0);
  const gainError = Math.sqrt(square / Math.max(1, gains.length - 1) / gains.length);
  return {
    ...common,
    method: mostFrequent(told.map(({ method }) => method)),
    trained: Math.round(splits.reduce((sum, split) => sum + split.train.length, 0) / splits.length),
    tested: came.length,
    auc: aucWithin(told),
    brier: brier(chances, came),
    logLoss: logLoss(chances, came),
    baseLogLoss: logLoss(base, came),
    lift10: lift10(scores, came),
    ...{ gain, gainError, signal: gain > beyondChance * gainError },
    calibration: calibrationBins(chances, came),
  };
}

interface Foretold {
  readonly method: WinMethod;
  readonly chances: Float64Array;
  /** The base rate of those that were learned from, for each. */
  readonly base: Float64Array;
  readonly came: Float64Array;
}

function foretell(
  table: WinTable,
  outcomes: Outcomes,
  { train: shown, test }: Split,
  train: (rows: Int32Array) => WinModel,
): Foretold {
  const model = train(shown);
  const tested = selectRows(table, test);
  return {
    method: model.method,
    chances: predictWins(model, tested).probability,
    base: predictWins({ ...model, method: "base-rate" }, tested).probability,
    came: Float64Array.from(test, (row) => outcomes.won[row] ?? 0),
  };
}

/** Each part is told by a model of its own, so that only rows of one part are compared, as many pairs as it has (LeDell and others 2015). */
function aucWithin(parts: readonly Foretold[]): number | undefined {
  let [pairs, sum] = [0, 0];
  for (const { chances, came } of parts) {
    const won = came.reduce((count, each) => count + each, 0);
    const own = auc(chances, came);
    if (own === undefined) continue;
    pairs += won * (came.length - won);
    sum += won * (came.length - won) * own;
  }
  return pairs > 0 ? sum / pairs : undefined;
}

/** Nothing to judge by: what the base rate would lose by itself. */
function untested(rows: number, baseRate: number): Omit<WinEvaluation, "split" | "baseRate"> {
  const loss = rows === 0 ? Math.LN2 : logLoss([baseRate], [Math.round(baseRate)]);
  return {
    ...{ method: "base-rate", trained: rows, tested: 0, auc: undefined, lift10: undefined },
    ...{ brier: baseRate * (1 - baseRate), logLoss: loss, baseLogLoss: loss },
    ...{ gain: 0, gainError: 0, signal: false, calibration: [] },
  };
}

function mostFrequent(methods: readonly WinMethod[]): WinMethod {
  const count = (method: WinMethod) => methods.filter((each) => each === method).length;
  return methods.reduce((best, each) => (count(each) > count(best) ? each : best), methods[0] ?? "base-rate");
}
