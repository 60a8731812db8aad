import type { ColumnExclusion } from "../core/win/choose-features.ts";
import { formatShare } from "../wording.ts";

/** Why a column has no say, as a sentence. */
export function wordExclusion(why: ColumnExclusion, timeColumn: string | undefined): string {
  switch (why.code) {
    case "constant":
      return "It is the same in every row.";
    case "empty":
      return why.filled === 0 ? "It is empty." : "Hardly any row has it.";
    case "identifier":
      return "Nearly every row has another one: it names the row and says nothing of others.";
    case "free-text":
      return "It is free text, hardly ever the same twice.";
    case "leak-by-name":
      return `Its name says "${why.word}": that is known for sure only after the end, or kept up to date until then.`;
    case "leak-by-evidence":
      return wordEvidence(why.by, why.auc);
    case "outcome":
      return "It is the outcome, or says the same in other words.";
    case "time":
      return "It says when a row began, by which rows are ordered.";
    case "date":
      return why.order === "ambiguous"
        ? "It holds days that can be read two ways: say --dates dmy or --dates mdy."
        : "It holds days, which say nothing by themselves: --time names the one that rows began on, and others are counted from there.";
    case "after-time":
      return `In ${formatShare(why.share)} of rows it is after ${timeColumn ?? "the time column"}: it was not known then.`;
  }
}

/** From here on being filled tells nearly all rows; below it, those few that are filled. */
const tellsNearlyAll = 0.9;

function wordEvidence(by: "value" | "filled", auc: number): string {
  const alone = `(AUC ${auc.toFixed(2)})`;
  if (by === "value")
    return `Alone it tells the end better than anything known beforehand does ${alone}: it seems to be set afterwards.`;
  return auc >= tellsNearlyAll
    ? `Whether it is filled tells the end alone ${alone}: it seems to be filled in afterwards.`
    : "Where it is filled, nearly all rows ended alike: it seems to be filled in afterwards.";
}

/** Why a column that is used makes one wonder: its name, or how well it tells the end alone. */
export function wordSuspicion(word: string): string {
  return `Its name says "${word}": leave it out if it is set or changed after the end.`;
}

export function wordStrength(auc: number): string {
  return `Alone it tells the end unusually well (AUC ${auc.toFixed(2)}): leave it out if it is set or changed after the end.`;
}
