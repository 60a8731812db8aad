import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { demoAsOf, demoSeed, generateDemo } from "../../demo/generate.ts";
import { type OfferTruth, offerTruths } from "../../demo/offer-truth.ts";
import { createRandom } from "../../demo/random.ts";
import { type Asked, openAsked } from "../helpers/small-portfolio.ts";
import { temporaryFolder } from "../helpers/workspace.ts";

// The invented company's hidden answers say what an order of pitches would really have brought.

interface Row {
  readonly account: string;
  readonly effortHours: number;
  readonly excluded?: string;
}

/** The mean margin so far over all hours, in cents: larger the sooner the good ones come. */
function worthOf(order: readonly Row[], truths: ReadonlyMap<string, OfferTruth>): number {
  let [margin, hours, area] = [0, 0, 0];
  for (const { account, effortHours } of order) {
    const truth = truths.get(account);
    area += margin * effortHours;
    hours += effortHours;
    margin += truth ? (truth.yesPerMille / 1000) * truth.orderMinor * 0.4 : 0;
  }
  return area / hours;
}

let asked: Asked;
beforeAll(async () => {
  asked = await openAsked();
  const folder = temporaryFolder();
  const paths = generateDemo({ seed: demoSeed, asOf: demoAsOf }).map(({ name, content }) => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  });
  await asked.importPaths(paths, "EUR");
});

test.each(["Brook Console", "Valve Beaver"])(
  "pitching %s in the order of the waves beats any chance order",
  async (product) => {
    const { waves } = (await asked.reply(`pitch "A new one" product:"${product}"`, { rows: "all" })).data as {
      waves: readonly { wave: string; rows: readonly Row[] }[];
    };
    expect(waves.map(({ wave }) => wave)).toEqual(["A", "B", "C", "lookalikes"]);
    const order = waves.flatMap(({ rows }) => rows).filter(({ excluded }) => excluded === undefined);
    const truths = new Map(
      offerTruths({ seed: demoSeed, asOf: demoAsOf }, product).map((truth) => [truth.company, truth]),
    );
    // Some companies are in the exports under a second spelling.
    expect(order.filter(({ account }) => truths.has(account)).length).toBeGreaterThan(order.length * 0.97);
    const random = createRandom(7);
    const byChance = Array.from({ length: 500 }, () => worthOf(random.shuffled(order), truths));
    expect(worthOf(order, truths)).toBeGreaterThan(Math.max(...byChance));
  },
);
