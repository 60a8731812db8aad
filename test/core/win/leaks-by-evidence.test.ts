import { expect, test } from "vitest";
import { createRandom, drawNormal } from "../../../src/core/random.ts";
import { fitWinModel } from "../../../src/core/win/fit-win-model.ts";
import { aucAlone, findLeaks } from "../../../src/core/win/leaks-by-evidence.ts";
import type { Feature } from "../../../src/core/win/win-table.ts";
import { plainAuc } from "../../helpers/plain-logistic.ts";
import { simulateDeals } from "../../helpers/simulated-deals.ts";

const rows = 2_000;
const every = Int32Array.from({ length: rows }, (_, row) => row);
const { table, outcomes } = simulateDeals("leaks", { rows, effect: 0.5 });
const { won } = outcomes;

function number(name: string, of: (row: number, isWon: boolean) => number): Feature {
  return { kind: "number", name, values: Float64Array.from(won, (each, row) => of(row, each === 1)) };
}

function category(name: string, levels: readonly string[], of: (isWon: boolean) => number): Feature {
  return { kind: "category", name, levels, codes: Int32Array.from(won, (each) => of(each === 1)) };
}

function leaksOf(feature: Feature) {
  return findLeaks({ rows, features: [feature] }, won, every).map(({ why }) => why);
}

const random = createRandom("leaking");

test.for([
  number("close value", (_, isWon) => (isWon ? 500 + 100 * random() : 0)),
  number("score", (_, isWon) => drawNormal(random) + (isWon ? 4 : 0)),
  category("stage", ["Closed Won", "Closed Lost"], (isWon) => (isWon ? 0 : 1)),
  category("stage with errors", ["won", "lost"], (isWon) => (random() < 0.02 !== isWon ? 0 : 1)),
  number("nearly perfect", (_, isWon) => drawNormal(random) + (isWon ? 2.8 : 0)),
])("a column that tells the end by its value leaks: $name", (feature) => {
  const [why, ...others] = leaksOf(feature);
  expect(why).toMatchObject({ code: "leak-by-evidence", by: "value" });
  expect(why?.code === "leak-by-evidence" && why.auc).toBeGreaterThan(0.95);
  expect(others).toEqual([]);
});

test.for([
  { share: 1, name: "of every lost deal" },
  { share: 0.1, name: "of a tenth of the lost deals" },
])("a column that is filled after one end only leaks: $name", ({ share }) => {
  const reasons = ["price", "timing", "competitor"];
  const fill = (isWon: boolean) => (isWon || random() > share ? -1 : Math.floor(3 * random()));
  expect(leaksOf(category("loss reason", reasons, fill))).toMatchObject([{ by: "filled" }]);
});

test("tags that are set when the end is known leak, though most rows say nothing", () => {
  const tag = (isWon: boolean) => (random() < 0.8 ? 2 + Math.floor(3 * random()) : isWon ? 0 : 1);
  const levels = ["closed", "already a customer", "ringing", "interested", "busy"];
  expect(leaksOf(category("tags", levels, tag))).toMatchObject([{ by: "value" }]);
});

// As strong as the strongest that public lead and churn tables have before the end.
test.for([
  number("time on website", (_, isWon) => Math.max(0, drawNormal(random) + (isWon ? 1.3 : 0))),
  number("AUC of .85", (_, isWon) => drawNormal(random) + (isWon ? 1.47 : 0)),
  number("AUC of .9", (_, isWon) => drawNormal(random) + (isWon ? 1.81 : 0)),
  category("right five times of six", ["a", "b"], (isWon) => (random() < 1 / 6 !== isWon ? 0 : 1)),
  number("tenure", (_, isWon) => Math.exp(drawNormal(random) + (isWon ? 1.8 : 0))),
  category("contract", ["month", "year", "two years"], (isWon) =>
    isWon ? (random() < 0.02 ? 2 : Math.floor(1.2 * random())) : Math.floor(3 * random()),
  ),
  category("rare source that always wins", ["website", "ads"], (isWon) => (isWon && random() < 0.05 ? 1 : 0)),
  category("partner, rarely filled", ["Acme"], () => (random() < 0.02 ? 0 : -1)),
  category(
    "name",
    Array.from(won, (_, row) => `deal ${row}`),
    () => Math.floor(rows * random()),
  ),
])("an honest predictor is none: $name", (feature) => {
  expect(leaksOf(feature)).toEqual([]);
});

// Oracle: pairs of won and lost deals, counted one by one.
test("says how well a column tells the end alone", () => {
  const strong = number("strong", (_, isWon) => drawNormal(random) + (isWon ? 1.6 : 0));
  const noise = number("noise", () => drawNormal(random));
  const told = aucAlone({ rows, features: [strong, noise] }, won);
  const values = strong.kind === "number" ? Array.from(strong.values) : [];
  expect(Math.abs((told.get("strong") ?? 0) - plainAuc(values, Array.from(won)))).toBeLessThan(0.02);
  expect(Math.abs((told.get("noise") ?? 0) - 0.5)).toBeLessThan(0.05);
});

test("columns of noise and of honest signal are never taken for leaks", () => {
  for (let seed = 0; seed < 40; seed += 1) {
    const small = simulateDeals(`honest ${seed}`, { rows: 150, effect: seed % 3, missing: 0.1 });
    const all = Int32Array.from({ length: 150 }, (_, row) => row);
    expect(findLeaks(small.table, small.outcomes.won, all)).toEqual([]);
  }
});

test("the figures are those of the table without its leaks", () => {
  const planted: Feature[] = [
    number("close value", (_, isWon) => (isWon ? 500 : 0)),
    category("loss reason", ["price"], (isWon) => (isWon ? -1 : 0)),
  ];
  const clean = fitWinModel(table, outcomes);
  const leaking = fitWinModel({ rows, features: [...planted, ...table.features] }, outcomes);
  expect(leaking.excluded.map(({ feature }) => feature)).toEqual(["close value", "loss reason"]);
  expect(leaking.evaluation).toEqual(clean.evaluation);
});
