import { describe, expect, test } from "vitest";
import { chooseTraits } from "../../../src/core/potential/choose-traits.ts";
import { fitPotential, potentialOf } from "../../../src/core/potential/fit-potential.ts";
import { buyersOf, type PotentialTable, type Trait } from "../../../src/core/potential/potential-table.ts";
import { bandsOf, sizeBands } from "../../../src/core/potential/size-bands.ts";
import { createRandom, drawNormal, type Random } from "../../../src/core/random.ts";

/** Accounts of eight industries and ten regions; with a signal, industries differ by .8 and size counts, in logarithms. */
function simulate(seed: string, accounts: number, signal: number, prospectShare = 0.3) {
  const random = createRandom(seed);
  const industries = Array.from({ length: 8 }, () => drawNormal(random));
  const industry = codes("industry", accounts, 9, random);
  const region = codes("region", accounts, 11, random);
  const employees = Float64Array.from({ length: accounts }, () => Math.exp(4 + 1.2 * drawNormal(random)));
  const truth = Float64Array.from(
    employees,
    (size, row) =>
      10 +
      signal * (0.8 * (industries[(industry.codes[row] ?? 1) - 1] ?? 0) + 0.6 * (Math.log(size) - 4)) +
      0.9 * drawNormal(random),
  ).map(Math.exp);
  const margin = truth.map((own) => (random() < prospectShare ? Number.NaN : Math.round(own)));
  const bands = sizeBands("employees", employees, margin);
  if (!bands) throw new RangeError("employees tell nothing apart");
  const table: PotentialTable = { margin, traits: [industry, region, bandsOf(bands, employees)] };
  return { table, truth };
}

function codes(name: string, rows: number, count: number, random: Random): Trait {
  return {
    name,
    count,
    codes: Int32Array.from({ length: rows }, () => 1 + Math.floor(random() * (count - 1))),
  };
}

function fitOf(table: PotentialTable) {
  const { chosen, judged } = chooseTraits(table.traits, buyersOf(table.margin), table.margin.map(Math.log));
  const fit = fitPotential(table, chosen);
  if (!fit) throw new RangeError("nobody bought");
  return { fit, judged, names: chosen.map(({ name }) => name) };
}

const prospectsOf = ({ margin }: PotentialTable) =>
  [...margin.keys()].filter((row) => Number.isNaN(margin[row]));

describe("the traits that tell spend", () => {
  test("are found where there are any, and never the region, which tells nothing", () => {
    const { names, judged } = fitOf(simulate("with signal", 1_500, 1).table);
    expect(judged.signal).toBe(true);
    expect([...names].sort()).toEqual(["employees", "industry"]);
  });

  test("are none where spend follows from nothing, but for what chance allows", () => {
    const runs = Array.from({ length: 40 }, (_, run) => fitOf(simulate(`without ${run}`, 300, 0).table));
    expect(runs.filter(({ judged }) => judged.signal).length).toBeLessThanOrEqual(3);
    for (const { judged, names } of runs) if (!judged.signal) expect(names).toEqual([]);
  }, 20_000);

  test("are none of fewer than thirty customers", () => {
    expect(fitOf(simulate("few", 30, 1).table).judged).toMatchObject({ signal: false, gain: 0 });
  });
});

describe("an interval of 80 %", () => {
  test.each([
    ["with a signal", 1],
    ["without one", 0],
  ])("holds what prospects would bring in at least 78 %% of cases, %s", (_, signal) => {
    let [within, all] = [0, 0];
    for (let run = 0; run < 12; run += 1) {
      const { table, truth } = simulate(`coverage ${signal} ${run}`, 600, signal);
      const { fit } = fitOf(table);
      for (const row of prospectsOf(table)) {
        const { low, high } = potentialOf(fit, table.margin, row);
        within += Number(low <= (truth[row] ?? 0) && (truth[row] ?? 0) <= high);
        all += 1;
      }
    }
    expect(all).toBeGreaterThan(2_000);
    expect(within / all).toBeGreaterThan(0.78);
    expect(within / all).toBeLessThan(0.85);
  });

  test("is wide where few customers are learned from", () => {
    const { table, truth } = simulate("tiny", 14, 0, 0.5);
    const { fit } = fitOf(table);
    expect(fit.spread.low).toBeLessThan(0);
    expect(fit.spread.high).toBeGreaterThan(0);
    expect(truth).toHaveLength(14);
  });
});

describe("potential", () => {
  const { table } = simulate("figures", 1_200, 1);
  const { fit } = fitOf(table);

  test("of prospects comes to what they would bring, within a tenth", () => {
    let [told, brought] = [0, 0];
    for (let run = 0; run < 10; run += 1) {
      const { table: own, truth } = simulate(`sums ${run}`, 1_200, 1);
      const { fit: ownFit } = fitOf(own);
      for (const row of prospectsOf(own)) {
        told += potentialOf(ownFit, own.margin, row).potential;
        brought += truth[row] ?? 0;
      }
    }
    expect(told / brought).toBeGreaterThan(0.9);
    expect(told / brought).toBeLessThan(1.1);
  });

  test("of a customer is at least what it brings, and above what it brings for most", () => {
    const rows = [...table.margin.keys()].filter((row) => !Number.isNaN(table.margin[row]));
    const above = rows.filter((row) => {
      const { potential, low, high } = potentialOf(fit, table.margin, row);
      expect(potential).toBeGreaterThanOrEqual(table.margin[row] ?? 0);
      expect(low).toBeLessThanOrEqual(potential);
      expect(high).toBeGreaterThanOrEqual(potential);
      return potential > (table.margin[row] ?? 0);
    });
    expect(above.length / rows.length).toBeGreaterThan(0.7);
    expect(above.length / rows.length).toBeLessThan(0.8);
  });

  test("without a signal is the mean of all customers for every prospect", () => {
    const plain = simulate("equal", 400, 0).table;
    const none = fitPotential(plain, []);
    if (!none) throw new RangeError("nobody bought");
    const bought = plain.margin.filter((own) => own > 0);
    const mean = bought.reduce((sum, own) => sum + own, 0) / bought.length;
    const told = new Set(prospectsOf(plain).map((row) => potentialOf(none, plain.margin, row).potential));
    expect([...told]).toEqual([Math.round(mean)]);
  });

  test("is not known where nobody bought", () => {
    expect(fitPotential({ margin: Float64Array.of(Number.NaN, 0, -5), traits: [] }, [])).toBeUndefined();
  });
});
