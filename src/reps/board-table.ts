import type { Cell, Table } from "../command.ts";
import { formatCount } from "../wording.ts";
import { measureNames, nameOf, percent, wordAdjusted, wordDifference, wordRaw } from "./board-words.ts";
import type { Board, BoardRow } from "./read-board.ts";

/** What stands beside the results of reps where they have quotas, by rep. */
export interface Attainments {
  /** The fiscal period: `2026Q2`. */
  readonly label: string;
  readonly shares: ReadonlyMap<string, number>;
}

const right = { align: "right" } as const;

/** Reps with their results beside what was expected, or raw ones first. */
export function boardTable(
  { measure, leaderboard }: Board,
  rows: readonly BoardRow[],
  about: {
    readonly isRaw: boolean;
    readonly currency: string;
    readonly attainments: Attainments | undefined;
  },
): Table {
  const { isRaw, currency, attainments } = about;
  const hasPlaces = leaderboard.kind === "ranked";
  const adjusted = { title: "Of expected", ...right };
  const raw = { title: rawTitles[measure], ...right };
  return {
    caption: `Reps by ${measureNames[measure]}${hasPlaces ? "" : ", in the order of their names"}`,
    columns: [
      ...(hasPlaces ? [{ title: "#", ...right }] : []),
      { title: "Rep" },
      ...(isRaw ? [raw, adjusted] : [adjusted, { title: "Difference", ...right }, raw]),
      { title: measure === "cycle" ? "Won" : "Closed", ...right },
      ...(attainments ? [{ title: `Quota ${attainments.label}`, ...right }] : []),
    ],
    rows: rows.map((row) => [
      ...(hasPlaces ? [placeCell(row)] : []),
      { text: nameOf(row) },
      ...(isRaw
        ? [rawCell(row, measure, currency), adjustedCell(row)]
        : [
            adjustedCell(row),
            { text: wordDifference(row, measure, currency), value: row.difference },
            rawCell(row, measure, currency),
          ]),
      { text: formatCount(row.n), value: row.n },
      ...(attainments ? [attainmentCell(attainments.shares.get(row.repId))] : []),
    ]),
  };
}

const rawTitles: Readonly<Record<Board["measure"], string>> = {
  margin: "Margin",
  wins: "Won",
  "win-rate": "Win rate",
  cycle: "Days",
};

function placeCell({ place }: BoardRow): Cell {
  return place === undefined ? { text: "–" } : { text: String(place), value: place };
}

function adjustedCell(row: BoardRow): Cell {
  const text = wordAdjusted(row);
  return row.adjusted ? { text, value: row.adjusted.ratio } : { text };
}

function rawCell(row: BoardRow, measure: Board["measure"], currency: string): Cell {
  const text = wordRaw(row, measure, currency);
  return row.n === 0 ? { text } : { text, value: row.observed };
}

function attainmentCell(share: number | undefined): Cell {
  return share === undefined ? { text: "–" } : { text: percent(share), value: share };
}
