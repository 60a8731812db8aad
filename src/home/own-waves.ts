import type { Action, Context, Line } from "../command.ts";
import { isManaging } from "../core/access.ts";
import { workerKeys } from "../core/worker-keys.ts";
import { offerLine } from "../offers/offer-lines.ts";
import type { OfferSummary } from "../store/offers.ts";
import { countOf } from "../wording.ts";
import type { HomeSection } from "./home.ts";

const MOST_OFFERS = 5;
const TITLE = "Offers";

/** The running offers in which somebody holds accounts; for managers, all that run. */
export async function wavesSection({ store, access, now }: Context): Promise<HomeSection> {
  const running = (await store.offers(now)).filter(({ closedAt }) => closedAt === undefined);
  if (running.length === 0) return { title: TITLE, lines: [["No offer is running."]], actions: [all] };
  const holderKeys = workerKeys(access);
  const held = await Promise.all(
    running.map(async (offer) => {
      const { rows } = await store.members(offer.id, { holderKeys, now }, { offset: 0 });
      return { offer, left: rows.filter(({ status }) => status === "held").length, all: rows.length };
    }),
  );
  const shown = held.filter((each) => each.all > 0 || isManaging(access.role)).slice(0, MOST_OFFERS);
  if (shown.length === 0)
    return {
      title: TITLE,
      lines: [["None of the accounts in running offers is yours to pitch."]],
      actions: [all],
    };
  return {
    title: TITLE,
    lines: shown.map(({ offer, left, all }) => offerLineOf(offer, left, all)),
    actions: [
      {
        kind: "choose",
        label: "Open an offer",
        choices: shown.map(({ offer }) => ({ label: offer.name, line: offerLine(offer) })),
      },
      all,
    ],
  };
}

const all: Action = { kind: "run", label: "All offers", line: "offers" };

/** "New service: A open, B planned; 2 of your 5 accounts still to pitch" */
function offerLineOf({ name, waves }: OfferSummary, left: number, mine: number): Line {
  const states = waves.map(({ wave, status }) => `${wave} ${status}`).join(", ");
  const own =
    mine === 0
      ? "none of its accounts is yours"
      : left === 0
        ? `all ${countOf(mine, "account")} of yours done`
        : `${left} of your ${countOf(mine, "account")} still to pitch`;
  return [{ text: name, style: "bold" }, `: ${states}; ${own}`];
}
