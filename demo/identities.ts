import { type Country, countries, type Industry, industries } from "./market.ts";
import { buyerCount } from "./plans.ts";
import { elementAt, type Random } from "./random.ts";
import { specialNames, stemEnds, stemStarts } from "./words.ts";

export interface Identity {
  readonly name: string;
  readonly domain: string;
  readonly industry: Industry;
  readonly country: Country;
  /** An ordinary name, which dirt may be put on without hiding what a special name shows. */
  readonly isOrdinary: boolean;
}

/** `Snorkwick Foods Ltd` at snorkwick-foods.example; every stem is used once. */
function drawFirstRecords(random: Random, count: number): readonly Identity[] {
  const stems = random.shuffled(stemStarts.flatMap((start) => stemEnds.map((end) => start + end)));
  const industryWeights = industries.map((industry) => [industry, industry.weight] as const);
  const countryWeights = countries.map((country) => [country, country.weight] as const);
  return Array.from({ length: count }, (_, index) => {
    const industry = random.pickWeighted(industryWeights);
    const trade = random.pick(industry.trades);
    const drawn = random.pickWeighted(countryWeights);
    const special = specialNames.find((candidate) => candidate.rank === index + 1);
    if (special !== undefined) {
      const country = countries.find((candidate) => candidate.name === special.country) ?? drawn;
      return { name: special.name, domain: special.domain, industry, country, isOrdinary: false };
    }
    const stem = elementAt(stems, index);
    const domain = `${stem}-${trade.replaceAll(" ", "-")}.example`.toLowerCase();
    return {
      name: `${stem} ${trade} ${drawn.legalForm}`,
      domain,
      industry,
      country: drawn,
      isOrdinary: true,
    };
  });
}

/** Spellings under which somebody entered a company a second time; the second record has no domain. */
const secondSpellings: readonly ((name: string) => string)[] = [
  (name) => name.replace(/ \S+$/, ""),
  (name) => name.replace(/ (\S+)$/, ", $1."),
  (name) => `The ${name}`,
];
const respelledRanks = [52, 110, 190];

/** The last buyers become second records of three larger ones. */
function withNearDuplicates(identities: readonly Identity[]): readonly Identity[] {
  const ordinaryFrom = (rank: number) =>
    identities.slice(rank - 1).find(({ isOrdinary }) => isOrdinary) ?? elementAt(identities, rank - 1);
  const doubles = new Map(
    secondSpellings.map((respell, index) => {
      const original = ordinaryFrom(elementAt(respelledRanks, index));
      const double = { ...original, name: respell(original.name), domain: "", isOrdinary: false };
      return [buyerCount - 1 - index, { original, double }] as const;
    }),
  );
  const originals = new Set([...doubles.values()].map(({ original }) => original));
  return identities.map((identity, index) =>
    originals.has(identity) ? { ...identity, isOrdinary: false } : (doubles.get(index)?.double ?? identity),
  );
}

/** One for each plan, the largest first. */
export function drawIdentities(random: Random, count: number): readonly Identity[] {
  return withNearDuplicates(drawFirstRecords(random, count));
}
