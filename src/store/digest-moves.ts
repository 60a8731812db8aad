import { z } from "zod";
import type { Access } from "./access.ts";
import { byPlace, joinOwners, placesOf } from "./digest-parties.ts";
import type { About, DigestReads } from "./digest-reads.ts";
import { movedBetween } from "./moved-between.ts";
import { mostMoneyFirst, moveColumns, moveRow, toMove } from "./read-moves.ts";
import type { Against } from "./reads.ts";
import { conditionsOf } from "./selection.ts";
import { allOf, bigintNumber, type Executor, rowsOf, sql } from "./sql.ts";
import { joinOwner } from "./visibility.ts";

/** Moves of many people's accounts at once. */
export function readDigestMoves(on: Executor, access: Access): Pick<DigestReads, "movesOf"> {
  const { workspaceId } = access;
  return {
    async movesOf(snapshot, against, selection, about, most) {
      const { from, ...others } = selection;
      // Who is gone from a tier counts as having left it.
      const conditions = allOf([
        ...conditionsOf(access, snapshot, others, snapshot.window),
        ...(from === undefined ? [] : [sql`s.previous_tier = ${from}::tier`]),
      ]);
      const moved = await movedBetween(on, narrowed(access, about, against), snapshot, against);
      const count = (condition: ReturnType<typeof sql>) =>
        sql`COUNT(*) FILTER (WHERE ${condition}) OVER (PARTITION BY d.place)`;
      const rows = await rowsOf(
        on,
        placedRow,
        sql`SELECT * FROM (
              SELECT d.place, ${moveColumns(access)},
                     ${count(sql`s.tier < s.previous_tier`)} AS rose, ${count(sql`s.tier > s.previous_tier`)} AS fell,
                     ${count(sql`s.previous_tier IS NULL`)} AS came, ${count(sql`s.tier IS NULL`)} AS gone,
                     ROW_NUMBER() OVER (PARTITION BY d.place ORDER BY ${mostMoneyFirst}) AS nth
              FROM (${moved}) s JOIN account a ON a.workspace_id = ${workspaceId} AND a.id = s.account_id
              ${joinOwners(about)} ${joinOwner} WHERE ${conditions}) m
            WHERE nth <= ${most}::int ORDER BY place, nth`,
      );
      return byPlace(rows, placesOf(about)).map((own) => {
        const { rose = 0, fell = 0, came = 0, gone = 0 } = own[0] ?? {};
        return { rows: own.map(toMove), counts: { rose, fell, new: came, gone } };
      });
    },
  };
}

/** Only their owners' accounts need be compared; but tiers that are cut anew are cut among all. */
function narrowed(access: Access, about: About, against: Against): Access {
  if (about === "everything" || against.kind === "data") return access;
  const own = new Set(about.flatMap(({ repIds }) => repIds));
  const { owners } = access;
  return { ...access, owners: owners === "all" ? [...own] : owners.filter((id) => own.has(id)) };
}

const placedRow = moveRow.and(
  z.object({
    place: z.number(),
    rose: bigintNumber,
    fell: bigintNumber,
    came: bigintNumber,
    gone: bigintNumber,
  }),
);
