import { setImmediate as otherWork } from "node:timers/promises";
import { z } from "zod";
import type { PitchScore } from "../core/offers/offer.ts";
import type { PotentialTable } from "../core/potential/potential-table.ts";
import type { ChanceMethod } from "../core/win/chance-method.ts";
import type { WinModel } from "../core/win/win-model.ts";
import type { Database } from "./connect.ts";
import { describedAccount, possibleDeals } from "./possible-deals.ts";
import type { PotentialReason } from "./potential-reasons.ts";
import { activeWithStanding, type OfPortfolio } from "./potential-table.ts";
import { chancesOfDeals, scorecardChances } from "./prospect-chances.ts";
import { traitsOf } from "./read-traits.ts";
import type { Snapshot } from "./reads.ts";
import { refreshAccess } from "./refresh-access.ts";
import { bigintNumber, type Executor, empty, rowsOf, sql } from "./sql.ts";
import type { Workspace } from "./workspaces.ts";

/** Few enough that the embedded store answers others in between. */
const ROWS_AT_ONCE = 10_000;

/** Whose potential is stored, and with which snapshot. */
export interface JudgedPortfolio {
  readonly workspace: Workspace;
  readonly snapshot: Snapshot;
  readonly of: OfPortfolio;
}

/** Of every active account, in the order of their ids. */
export interface Chances {
  /** NaN for customers. */
  readonly probability: Float64Array;
  readonly low: Float64Array;
  readonly high: Float64Array;
  readonly weighted: Float64Array;
  /** From 1; 0 for customers. */
  readonly rank: Uint32Array;
  readonly reasons: readonly (readonly PotentialReason[] | undefined)[];
}

const prospectRow = describedAccount.extend({
  id: z.string(),
  won: bigintNumber,
  lost: bigintNumber,
  noReply: bigintNumber,
});

/** How likely each prospect is won, and its place by that times its potential. */
export async function judgeProspects(
  on: Database,
  { workspace, snapshot, of }: JudgedPortfolio,
  { table, potential }: { readonly table: PotentialTable; readonly potential: Float64Array },
  { method, model }: { readonly method: ChanceMethod; readonly model: WinModel | undefined },
): Promise<Chances> {
  const accounts = table.margin.length;
  const empty = () => new Float64Array(accounts).fill(Number.NaN);
  const [probability, low, high, weighted] = [empty(), empty(), empty(), empty()];
  const reasons = new Array<readonly PotentialReason[] | undefined>(accounts);
  const prospects = Array.from(table.margin.keys()).filter((row) => Number.isNaN(table.margin[row]));
  const score =
    prospects.length === 0 ? () => [] : await chancesBy(on, { workspace, snapshot }, method, model);
  let last: string | undefined;
  for (let first = 0; first < prospects.length; first += ROWS_AT_ONCE) {
    const page = await readProspects(on, of, last);
    for (const [place, chance] of score(page).entries()) {
      const row = prospects[first + place] ?? 0;
      [probability[row], low[row], high[row]] = [chance.probability, chance.low, chance.high];
      weighted[row] = Math.round((potential[row] ?? 0) * chance.probability);
      reasons[row] = chance.reasons;
    }
    last = page.at(-1)?.id;
    await otherWork();
  }
  const rank = new Uint32Array(accounts);
  const weight = (row: number) => weighted[row] ?? 0;
  for (const [place, row] of prospects
    .toSorted((one, other) => weight(other) - weight(one) || one - other)
    .entries())
    rank[row] = place + 1;
  return { probability, low, high, weighted, rank, reasons };
}

type Prospect = z.output<typeof prospectRow>;

async function chancesBy(
  on: Database,
  { workspace, snapshot }: Omit<JudgedPortfolio, "of">,
  method: ChanceMethod,
  model: WinModel | undefined,
): Promise<(page: readonly Prospect[]) => readonly PitchScore[]> {
  if (method.kind !== "scorecard" && model)
    return (page) => chancesOfDeals(model, method, possibleDeals(model, page, snapshot.asOf));
  const traits = await traitsOf(on, refreshAccess(workspace), snapshot, "A", "market");
  const score = scorecardChances(traits, workspace.settings.offers, snapshot.asOf);
  return (page) =>
    page.map(({ industry, region, won, lost, noReply }) =>
      score({ industry, region, answers: { won, lost, noReply } }),
    );
}

function readProspects(on: Executor, of: OfPortfolio, after: string | undefined) {
  return rowsOf(
    on,
    prospectRow,
    sql`SELECT page.*, answers.* FROM (
          SELECT a.id, a.industry, a.region, a.custom FROM ${activeWithStanding(of)} AND s.account_id IS NULL
            ${after === undefined ? empty : sql`AND a.id > ${after}::uuid`} ORDER BY a.id LIMIT ${ROWS_AT_ONCE}) page
        CROSS JOIN LATERAL (
          SELECT COUNT(*) FILTER (WHERE p.status = 'won') AS won, COUNT(*) FILTER (WHERE p.status = 'lost') AS lost,
                 COUNT(*) FILTER (WHERE p.status = 'no-reply') AS "noReply"
          FROM offer_account p WHERE p.workspace_id = ${of.workspaceId} AND p.account_id = page.id) answers
        ORDER BY page.id`,
  );
}
