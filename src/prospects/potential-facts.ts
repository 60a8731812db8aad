import type { Reply } from "../command.ts";
import { wordProbability } from "../deals/chance-words.ts";
import type { Access } from "../store/access.ts";
import type { AccountPotential } from "../store/prospects.ts";
import type { Snapshot } from "../store/reads.ts";
import { formatEstimate } from "../value/value-words.ts";
import { formatCount, formatShare } from "../wording.ts";
import { flagByPotential, shareOfPotential, wordInterval } from "./potential-words.ts";
import { reasonData } from "./prospects-data.ts";

/** What a card says of an account's potential. */
export function potentialFacts(
  potential: AccountPotential,
  { currency }: Snapshot,
  access: Pick<Access, "owners">,
): NonNullable<Reply["facts"]> {
  const { potentialMinor, lowMinor, highMinor, chance, whiteSpace, spendTier, tier } = potential;
  const money = (amount: number) => formatEstimate({ amount, currency });
  const share = shareOfPotential(potential);
  const flag = flagByPotential(spendTier, tier);
  const estimated = `${money(potentialMinor)} margin a year (${wordInterval(lowMinor, highMinor, currency)})`;
  return [
    share === undefined
      ? { label: "Estimated potential", value: estimated }
      : { label: "Share of estimated potential", value: `${formatShare(share)} of ${estimated}` },
    ...(chance
      ? [
          {
            label: "Chance to win it",
            value: `${wordProbability(chance)}, weighted potential ${money(chance.weightedMinor)}`,
          },
        ]
      : []),
    ...(flag === undefined ? [] : [{ label: "Tier by potential", value: flag }]),
    ...(whiteSpace.length === 0
      ? []
      : [
          {
            label: "White space",
            value: whiteSpace
              .map(
                ({ product, owners, customers, marginMinor }) =>
                  `${product}${access.owners === "all" ? `, owned by ${formatCount(owners)} of ${formatCount(customers)} like it` : ""}${marginMinor > 0 ? `, about ${money(marginMinor)} margin a year` : ""}`,
              )
              .join("; "),
          },
        ]),
  ];
}

/** The same as exact figures. */
export function potentialFigures(
  potential: AccountPotential,
  { currency }: Snapshot,
  access: Pick<Access, "owners">,
) {
  const money = (amount: number) => ({ amount, currency });
  const { chance } = potential;
  return {
    value: money(potential.potentialMinor),
    range: { low: money(potential.lowMinor), high: money(potential.highMinor) },
    margin: potential.marginMinor === undefined ? null : money(potential.marginMinor),
    shareOfPotential: shareOfPotential(potential) ?? null,
    tier: potential.tier,
    flag: flagByPotential(potential.spendTier, potential.tier) ?? null,
    chance: chance
      ? {
          probability: chance.probability,
          low: chance.low,
          high: chance.high,
          weighted: money(chance.weightedMinor),
        }
      : null,
    whiteSpace: potential.whiteSpace.map(({ product, owners, customers, marginMinor }) => ({
      product,
      ...(access.owners === "all" && { owners, customers }),
      expected: money(marginMinor),
    })),
    reasons: reasonData(potential.reasons, access),
  };
}
