import type { Context } from "../command.ts";
import { nameKey } from "../core/names.ts";
import { requireSnapshot } from "../list-accounts.ts";
import type { Query } from "../query.ts";
import type { Offer, OfferHead } from "../store/offers.ts";
import { UsageError } from "../usage-error.ts";
import { offerLine, pitchLine } from "./offer-lines.ts";

/**
 * The offer that typed words mean, after the rules that go by date have acted.
 *
 * @throws UsageError with the nearest offers as suggestions; NothingImported where nothing was ever imported.
 */
export async function requireOffer(typed: string, query: Query, context: Context): Promise<Offer> {
  const { match, near } = await context.store.findOffer(typed);
  if (match) return openOffer(match, context);
  if (near.length === 0) await requireSnapshot(context, query);
  throw new UsageError(
    near.length === 0
      ? `There is no offer called "${typed}". A manager starts one: \`pitch "${typed}"\`.`
      : `No single offer is called "${typed}". Did you mean one of these?`,
    near.length === 0
      ? [{ label: pitchLine({ name: typed }), line: pitchLine({ name: typed }) }]
      : near.map((offer) => ({ label: offer.name, line: offerLine(offer) })),
  );
}

/** The offer of exactly that name; undefined where there is none, however near another one's is. */
export async function offerNamed(name: string, context: Context): Promise<Offer | undefined> {
  const { match } = await context.store.findOffer(name);
  return match && isSameName(match.name, name) ? openOffer(match, context) : undefined;
}

/** @throws UsageError for one that is gone, or of whose accounts the viewer sees none. */
export async function openOffer(
  { id }: Pick<OfferHead, "id">,
  { store, decisions, now }: Context,
): Promise<Offer> {
  await decisions.keepRules(id, now);
  const offer = await store.offer(id, now);
  if (offer) return offer;
  throw new UsageError("There is such an offer, but none of its accounts is among those that you may see.");
}

function isSameName(left: string, right: string): boolean {
  return (nameKey(left) || left) === (nameKey(right) || right);
}
