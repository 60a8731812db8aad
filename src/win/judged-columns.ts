import type { ChosenColumn, ColumnExclusion } from "../core/win/choose-features.ts";
import type { Exclusion } from "../core/win/win-table.ts";
import type { ExcludedColumn, SuspiciousColumn } from "./win-report.ts";
import { wordExclusion, wordStrength, wordSuspicion } from "./word-exclusion.ts";

/** Few things that are known beforehand tell so much alone: people should look. */
const wondrousAuc = 0.88;

type Leaks = ReadonlyMap<string, Exclusion>;

/** Which columns had no say, and why. @param leaks those that the fit found. */
export function excludedColumns(
  chosen: readonly ChosenColumn[],
  leaks: Leaks,
  timeName: string | undefined,
): readonly ExcludedColumn[] {
  return chosen.flatMap((each) => {
    const column = each.kind === "feature" ? each.feature.name : each.column;
    const why = each.kind === "feature" ? leaks.get(column) : each.why;
    return why === undefined ? [] : [describe(column, why, timeName)];
  });
}

/** Which columns had a say and make one wonder. @param alone how well each tells the end alone, as an AUC. */
export function suspiciousColumns(
  chosen: readonly ChosenColumn[],
  leaks: Leaks,
  alone: ReadonlyMap<string, number>,
): readonly SuspiciousColumn[] {
  return chosen.flatMap((each): readonly SuspiciousColumn[] => {
    if (each.kind === "excluded" || leaks.has(each.feature.name)) return [];
    const column = each.feature.name;
    const auc = alone.get(column) ?? 0.5;
    if (auc >= wondrousAuc) return [{ column, auc, reason: wordStrength(auc) }];
    const word = each.suspicious?.word;
    return word === undefined ? [] : [{ column, word, reason: wordSuspicion(word) }];
  });
}

function describe(column: string, why: ColumnExclusion, timeName: string | undefined): ExcludedColumn {
  return {
    ...{ column, code: why.code, reason: wordExclusion(why, timeName) },
    ...(why.code === "leak-by-name" ? { word: why.word } : {}),
    ...(why.code === "leak-by-evidence" ? { auc: why.auc } : {}),
  };
}
