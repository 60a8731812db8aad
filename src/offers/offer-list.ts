import type { Context, Reply } from "../command.ts";
import { isManaging } from "../core/access.ts";
import { dayIn } from "../core/calendar.ts";
import { formatMoney } from "../core/money.ts";
import { requireSnapshot } from "../list-accounts.ts";
import { type Paged, pageActions, pagePrefix, pagesFor, rowsToShow } from "../paging.ts";
import type { OfferSummary, WaveState } from "../store/offers.ts";
import { countOf, formatDay, scopeNotes } from "../wording.ts";
import { formatPerHour } from "./figure-words.ts";
import { offerLine } from "./offer-lines.ts";
import { judgedWaves, sumOfWaves } from "./wave-results.ts";

/** Every offer with what it brought beside what was expected, the newest first. */
export async function offerList(paged: Paged, context: Context): Promise<Reply> {
  const { store, now, access } = context;
  const offers = await store.offers(now);
  if (offers.length === 0) return noOffers(await requireSnapshot(context, paged.query), access);
  const pages = pagesFor("offers", paged.query, offers.length);
  const shown = rowsToShow(offers, { ...paged, rows: "all" });
  const running = offers.filter(({ closedAt }) => closedAt === undefined).length;
  return {
    headline: `${countOf(offers.length, "offer")}, ${running === offers.length ? "all running" : `${running} running`}`,
    table: {
      caption: "Offers, the newest first",
      columns: [
        { title: "Offer" },
        { title: "Since" },
        { title: "Waves" },
        { title: "Resolved", align: "right" },
        { title: "Won", align: "right" },
        { title: "Margin", align: "right" },
        { title: "Expected", align: "right" },
        { title: "Per hour", align: "right" },
      ],
      rows: shown.map((offer) => {
        const sums = sumOfWaves(judgedWaves(offer));
        const money = (amount: number) => ({
          text: formatMoney({ amount, currency: offer.currency }),
          value: amount,
        });
        return [
          { text: offer.name },
          { text: formatDay(dayIn(offer.createdAt, access.timeZone)) },
          { text: wordWaves(offer) },
          { text: `${sums.resolved} of ${sums.accounts}`, value: sums.resolved },
          { text: String(sums.won), value: sums.won },
          money(sums.margin),
          money(sums.expectedMargin),
          { text: formatPerHour(sums.marginPerHour, offer.currency) },
        ];
      }),
    },
    actions: [
      ...pageActions("offers", paged.query, pages),
      {
        kind: "choose",
        label: "Open an offer",
        choices: shown.map((offer) => ({ label: offer.name, line: offerLine(offer) })),
      },
      { kind: "share", label: "Share", line: "offers" },
    ],
    notes: [
      ...scopeNotes(access),
      `${pagePrefix(paged.query, pages)}Expected is what all accounts of an offer were planned to bring; margin is what wins brought so far.`,
    ],
    data: {
      rows: (paged.rows === "all" ? offers : shown).map((offer) => {
        const { margin, expectedMargin, marginPerHour, ...sums } = sumOfWaves(judgedWaves(offer));
        const money = (amount: number) => ({ amount, currency: offer.currency });
        return {
          offer: offer.name,
          offerId: offer.id,
          createdOn: dayIn(offer.createdAt, access.timeZone),
          closed: offer.closedAt !== undefined,
          waves: offer.waves.map(({ wave, status }) => `${wave} ${status}`),
          ...sums,
          margin: money(margin),
          expectedMargin: money(expectedMargin),
          marginPerHour: marginPerHour === undefined ? null : money(marginPerHour),
        };
      }),
    },
  };
}

function noOffers(snapshot: { readonly id: number }, { role }: Context["access"]): Reply {
  const isManager = isManaging(role);
  return {
    headline: "No offer was started yet",
    lines: [
      [
        isManager
          ? "Start one, and see whom to pitch it to: "
          : "A manager starts one; you can preview whom it would go to: ",
        { text: 'pitch "New service" product:X', style: "code" },
      ],
    ],
    actions: [{ kind: "run", label: "What A accounts have in common", line: "profile A" }],
    notes: [`Snapshot ${snapshot.id}`],
    data: { rows: [] },
  };
}

/** "A open, B planned"; "closed". */
function wordWaves({ closedAt, waves }: OfferSummary): string {
  if (closedAt !== undefined) return "closed";
  return waves.map(({ wave, status }: WaveState) => `${wave} ${status}`).join(", ");
}
