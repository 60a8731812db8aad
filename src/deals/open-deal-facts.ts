import type { Reply } from "../command.ts";
import { formatMoney } from "../core/money.ts";
import type { OpenDeal } from "../store/open-deals.ts";
import type { Snapshot } from "../store/reads.ts";
import { formatDay } from "../wording.ts";
import { wordProbability, wordWinReason } from "./chance-words.ts";

/** What a card says of open deals: how likely each is won, and why; once where nothing tells them apart. */
export function openDealFacts(
  deals: readonly OpenDeal[],
  { currency }: Snapshot,
): NonNullable<Reply["facts"]> {
  const [first] = deals;
  if (first && deals.every(({ reasons }) => reasons.length === 0))
    return [
      {
        label: "Chance to win them",
        value: `${wordProbability(first)}, as often as all deals are`,
      },
    ];
  return deals.map((deal) => {
    const { name, product, stage, amountMinor, closeOn, reasons } = deal;
    const what = [
      name ?? product,
      stage,
      amountMinor === undefined ? undefined : formatMoney({ amount: amountMinor, currency }),
      closeOn === undefined ? undefined : `closes ${formatDay(closeOn)}`,
    ].filter((part) => part !== undefined);
    const why = reasons.map(wordWinReason);
    return {
      label: "Chance to win it",
      value: [`${wordProbability(deal)}, ${what.join(", ")}`, ...why].join("; "),
    };
  });
}

/** The same as exact figures. */
export function openDealFigures(deals: readonly OpenDeal[], { currency }: Snapshot) {
  return deals.map(({ amountMinor, name, product, closeOn, ...deal }) => ({
    ...{ ...deal, name: name ?? null, product: product ?? null, closeOn: closeOn ?? null },
    amount: amountMinor === undefined ? null : { amount: amountMinor, currency },
  }));
}
