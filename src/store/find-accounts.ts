import { z } from "zod";
import { cleanText, matchNames, nameKey } from "../core/names.ts";
import type { Access } from "./access.ts";
import type { AccountSearch } from "./reads.ts";
import { type Executor, rowsOf, type Sql, sql } from "./sql.ts";
import { visibleAccounts } from "./visibility.ts";

/** How similar some words of a name must be to what was typed to be offered (pg_trgm's `word_similarity`): far fewer names are as similar as the first says. */
const SIMILAR_ENOUGH = [0.6, 0.4];
const NEAR_LIMIT = 5;
const CANDIDATES = 50;
/** Sorts after everything that a name may go on with. */
const LAST = "\u{10ffff}";

/**
 * The accounts a typed name means. What a name is or begins with stands in an index; only where nothing does, all
 * names are looked through for what was typed, as a part of them or misspelt.
 */
export async function findAccounts(on: Executor, access: Access, text: string): Promise<AccountSearch> {
  const typed = cleanText(text);
  const key = nameKey(typed);
  const search = async (candidates: Sql) => {
    const found = await rowsOf(
      on,
      z.object({ id: z.string(), name: z.string() }),
      sql`SELECT a.id, a.name FROM (${candidates}) a
          ORDER BY (a.name_key = ${key} AND ${key} <> '') DESC, word_similarity(${typed}, a.name) DESC,
                   similarity(a.name, ${typed}) DESC, a.name, a.id LIMIT ${CANDIDATES}`,
    );
    return { found, best: matchNames(typed, found, ({ name }) => name) };
  };
  const { best } = await search(
    sql`(SELECT a.* FROM account a WHERE ${visibleAccounts(access)} AND a.name_key COLLATE "C" = ${key} LIMIT ${CANDIDATES})
        UNION
        (SELECT a.* FROM account a WHERE ${visibleAccounts(access)} AND ${key} <> ''
           AND a.name_key COLLATE "C" > ${key} AND a.name_key COLLATE "C" < ${key + LAST}
         ORDER BY a.name_key COLLATE "C" LIMIT ${CANDIDATES})`,
  );
  if (best.length > 0) return answer(best);
  let found: Named = [];
  for (const similarity of SIMILAR_ENOUGH) {
    const anywhere = await search(partOrSimilar(typed, similarity));
    if (anywhere.best.length > 0) return answer(anywhere.best, anywhere.found);
    found = anywhere.found;
    if (found.length >= NEAR_LIMIT) break;
  }
  return answer([], found);

  function partOrSimilar(typed: string, similarity: number): Sql {
    return sql`
      WITH asked AS MATERIALIZED (
        SELECT ${typed}::text AS typed,
               set_config('pg_trgm.word_similarity_threshold', ${String(similarity)}, true) AS threshold)
      SELECT a.* FROM asked, account a
      WHERE ${visibleAccounts(access)} AND (a.name ILIKE ${`%${escapeLike(typed)}%`} OR asked.typed <% a.name)`;
  }
}

type Named = AccountSearch["near"];

function answer(best: Named, others: Named = best): AccountSearch {
  const match = best.length === 1 ? best[0] : undefined;
  return { match, near: (best.length > 1 ? best : others).slice(0, NEAR_LIMIT) };
}

function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, "\\$&");
}
