import type { Snapshot } from "../store/reads.ts";
import type { Attainments } from "./board-table.ts";
import type { Board, BoardRow } from "./read-board.ts";

/** Exact figures for programs. */
export function boardData(
  { measure, leaderboard, found, quarterEnd, window }: Board,
  rows: readonly BoardRow[],
  about: {
    readonly isRaw: boolean;
    readonly attainments: Attainments | undefined;
    readonly snapshot: Snapshot;
  },
) {
  const { attainments, snapshot, isRaw } = about;
  const inUnit = (value: number) =>
    measure === "margin" ? { amount: Math.round(value), currency: snapshot.currency } : value;
  return {
    ...{ measure, order: isRaw ? "raw" : "adjusted", outcome: leaderboard.kind, window },
    ...{
      createdBy: found.createdBy ?? null,
      withoutRep: found.withoutRep,
      withoutAmount: found.withoutAmount,
    },
    quarterEnd,
    quotaPeriod: attainments?.label ?? null,
    rows: rows.map(({ adjusted, result, ...row }) => ({
      place: row.place ?? null,
      ...{ rep: row.name, repId: row.repId, team: result.team ?? null, standing: row.standing },
      ...{ n: row.n, closed: result.deals, won: result.won },
      ...{ observed: inUnit(row.observed), expected: inUnit(row.expected), ratio: row.ratio ?? null },
      ...{
        adjusted: adjusted?.ratio ?? null,
        low: adjusted?.ratioLow ?? null,
        high: adjusted?.ratioHigh ?? null,
      },
      difference: inUnit(row.difference),
      quotaShare: attainments?.shares.get(row.repId) ?? null,
    })),
  };
}
