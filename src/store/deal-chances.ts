import { currencyExponent } from "../core/money.ts";
import type { PitchScore } from "../core/offers/offer.ts";
import { type ChanceMethod, chanceMethod } from "../core/win/chance-method.ts";
import { type PossibleDeal, possibleDeals } from "./possible-deals.ts";
import { chancesOfDeals } from "./prospect-chances.ts";
import type { Snapshot } from "./reads.ts";
import type { Executor } from "./sql.ts";
import { readWinFit } from "./win-fit-row.ts";

/** All have the same of them, so that they tell nobody from others. */
const offeredToAll: readonly string[] = ["product", "amount"];

/** How past deals tell the chance of one with each of some accounts, by id; nothing is told while they are too few. */
export async function readDealChances(
  on: Executor,
  workspaceId: string,
  snapshot: Snapshot,
  about: {
    readonly deals: readonly (PossibleDeal & { readonly id: string })[];
    /** What is offered to all of them. */
    readonly product: string | undefined;
    /** Of a sale, minor units. */
    readonly value: number | undefined;
  },
): Promise<{ readonly method: ChanceMethod; readonly of: ReadonlyMap<string, PitchScore> }> {
  const { deals, product, value } = about;
  const win = await readWinFit(on, workspaceId, snapshot.id);
  const method = chanceMethod(win?.fit);
  if (!win || method.kind === "scorecard") return { method, of: new Map() };
  const amount =
    value === undefined ? undefined : String(value / 10 ** currencyExponent(snapshot.basis.currency));
  const { model } = win.fit;
  const table = possibleDeals(
    model,
    deals.map((deal) => ({ ...deal, product, amount })),
    snapshot.asOf,
  );
  const chances = chancesOfDeals(model, method, table, offeredToAll);
  return { method, of: new Map(chances.map((chance, place) => [deals[place]?.id ?? "", chance])) };
}
