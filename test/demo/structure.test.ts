import { expect, test } from "vitest";
import { demoAsOf, demoSeed } from "../../demo/generate.ts";
import { type Deal, type Demo, readDemo, spendUntil, sum, tiers } from "./read-demo.ts";

const samples = [
  [demoSeed, demoAsOf],
  [2, demoAsOf],
  [3, "2025-06-30"],
  [77, "2024-02-29"],
] as const;

function yearsBefore(asOf: string, years: number): string {
  return `${Number(asOf.slice(0, 4)) - years}${asOf.slice(4)}`;
}

function winRate(deals: readonly Deal[]): number {
  const closed = deals.filter(({ outcome }) => outcome !== "open");
  return closed.filter(({ outcome }) => outcome === "won").length / closed.length;
}

function daysSinceLastWin(demo: Demo, asOf: string, companyId: string): number {
  const last = demo.deals
    .filter((deal) => deal.companyId === companyId && deal.outcome === "won")
    .reduce((latest, { closed }) => (closed > latest ? closed : latest), "");
  return (Date.parse(asOf) - Date.parse(last.slice(0, 10))) / 86_400_000;
}

test.each(samples)("seed %i as of %s: spend is concentrated as promised", (seed, asOf) => {
  const ranked = spendUntil(readDemo(seed, asOf), asOf);
  const total = sum(ranked.map(([, amount]) => amount));
  const shares = ranked.map(([, amount]) => amount / total);
  const topFifth = sum(shares.slice(0, Math.ceil(shares.length / 5)));
  expect(topFifth).toBeGreaterThan(0.75);
  expect(topFifth).toBeLessThan(0.8);
  for (const share of shares.slice(0, 2)) {
    expect(share).toBeGreaterThan(0.07);
    expect(share).toBeLessThan(0.105);
  }
  const tierA = [...tiers(ranked).values()].filter((tier) => tier === "A");
  expect(tierA.length).toBeGreaterThanOrEqual(60);
  expect(tierA.length).toBeLessThanOrEqual(90);
});

test("the default demo's headline figures", () => {
  const ranked = spendUntil(readDemo(demoSeed, demoAsOf), demoAsOf);
  const counts = new Map<string, number>();
  for (const tier of tiers(ranked).values()) counts.set(tier, (counts.get(tier) ?? 0) + 1);
  expect(sum(ranked.map(([, amount]) => amount))).toBe(22_044_400);
  expect(Object.fromEntries(counts)).toEqual({ A: 73, B: 115, C: 80, D: 44 });
});

test.each(samples)(
  "seed %i as of %s: accounts rise, fall, and go quiet after having been A",
  (seed, asOf) => {
    const demo = readDemo(seed, asOf);
    const now = tiers(spendUntil(demo, asOf));
    const yearAgo = tiers(spendUntil(demo, yearsBefore(asOf, 1)));
    const wereA = [...yearAgo].filter(([, tier]) => tier === "A").map(([id]) => id);
    const quiet = wereA.filter((id) => {
      const days = daysSinceLastWin(demo, asOf, id);
      return days > 120 && days <= 365;
    });
    expect(quiet.length).toBeGreaterThanOrEqual(9);
    expect(wereA.filter((id) => now.get(id) !== "A").length).toBeGreaterThanOrEqual(3);
    const rose = [...now].filter(([id, tier]) => tier === "A" && yearAgo.get(id) !== "A");
    expect(rose.length).toBeGreaterThanOrEqual(10);
    // Bought once, but nothing in 24 months: inactive.
    const everBought = new Set(
      demo.deals.filter(({ outcome }) => outcome === "won").map((deal) => deal.companyId),
    );
    everBought.delete("");
    expect(everBought.size - now.size).toBeGreaterThanOrEqual(20);
  },
);

test.each(samples)("seed %i as of %s: business grows and peaks at quarter ends", (seed, asOf) => {
  const { deals } = readDemo(seed, asOf);
  const wonBetween = (after: string, until: string) =>
    sum(
      deals
        .filter(
          ({ outcome, closed }) => outcome === "won" && closed > `${after} 24` && closed < `${until} 24`,
        )
        .map(({ amount }) => amount),
    );
  const years = [2, 1, 0].map((ago) => wonBetween(yearsBefore(asOf, ago + 1), yearsBefore(asOf, ago)));
  expect(years).toEqual(years.toSorted((left, right) => left - right));
  const closed = deals.filter(({ outcome }) => outcome !== "open");
  const isQuarterEnd = (deal: Deal) => Number(deal.closed.slice(5, 7)) % 3 === 0;
  // A third of the months, clearly more than a third of the closings.
  expect(closed.filter(isQuarterEnd).length / closed.length).toBeGreaterThan(0.38);
  expect(winRate(closed.filter(isQuarterEnd))).toBeGreaterThan(
    winRate(closed.filter((deal) => !isQuarterEnd(deal))),
  );
});

test.each(samples)("seed %i as of %s: two reps stand out, most cannot be told apart", (seed, asOf) => {
  const { deals } = readDemo(seed, asOf);
  const overall = winRate(deals);
  const deviations = [...new Set(deals.map(({ owner }) => owner))].map((owner) => {
    const own = deals.filter((deal) => deal.owner === owner && deal.outcome !== "open");
    const standardError = Math.sqrt((overall * (1 - overall)) / own.length);
    return { owner, deviation: (winRate(own) - overall) / standardError };
  });
  const strong = new Set(["Priya Raman", "Marek Nowak"]);
  const combined = winRate(deals.filter(({ owner }) => strong.has(owner)));
  expect(combined).toBeGreaterThan(winRate(deals.filter(({ owner }) => !strong.has(owner))) + 0.03);
  expect(deviations.filter(({ deviation }) => Math.abs(deviation) < 2).length).toBeGreaterThanOrEqual(8);
});

test.each(samples)("seed %i as of %s: industries prefer products", (seed, asOf) => {
  const { companies, deals } = readDemo(seed, asOf);
  const industryOf = new Map(companies.map((company) => [company["Record ID"] ?? "", company.Industry]));
  const shareOf = (product: string, inIndustry: boolean) => {
    const chosen = deals.filter((deal) => (industryOf.get(deal.companyId) === "Utilities") === inIndustry);
    return chosen.filter(({ row }) => row.Product === product).length / chosen.length;
  };
  expect(shareOf("Level Otter", true)).toBeGreaterThan(2 * shareOf("Level Otter", false));
});

test.each(samples)("seed %i as of %s: one account was handed over", (seed, asOf) => {
  const { companies, deals } = readDemo(seed, asOf);
  const handedOver = companies.filter((company) => {
    const own = deals
      .filter(({ companyId }) => companyId === company["Record ID"])
      .toSorted((left, right) => (left.created < right.created ? -1 : 1));
    const owners = own.map(({ owner }) => owner);
    const change = owners.lastIndexOf(owners[0] ?? "") + 1;
    const [before, after] = [new Set(owners.slice(0, change)), new Set(owners.slice(change))];
    const isClean = before.size === 1 && after.size === 1 && after.has(company["Company owner"] ?? "");
    return isClean && change >= 5 && owners.length - change >= 5;
  });
  expect(handedOver).toHaveLength(1);
});
