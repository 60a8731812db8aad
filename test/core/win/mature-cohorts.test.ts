import { expect, test } from "vitest";
import { createRandom, drawExponential } from "../../../src/core/random.ts";
import { matureCohorts } from "../../../src/core/win/mature-cohorts.ts";

const days = (...values: number[]) => Float64Array.of(...values);

test("without open deals it is the age that 95 % closed by", () => {
  const created = new Float64Array(100);
  const closed = created.map((_, at) => at + 1);
  expect(matureCohorts(created, closed, 1_000)).toMatchObject({ ageDays: 95, lastDay: 905 });
});

// Oracle: the table by hand of Kaplan & Meier's product: 10 of 20 close at 5, five leave sight at 8, all but the last at 10.
test("an open deal counts as long as it could be seen", () => {
  const created = Float64Array.from({ length: 40 }, (_, at) => (at < 20 ? 0 : at < 30 ? 92 : 0));
  const closed = Float64Array.from({ length: 40 }, (_, at) => (at < 20 ? 5 : at < 30 ? Number.NaN : 10));
  // At 5 all 40 are seen and 20 close; at 8 ten are no longer seen; at 10 the other ten close.
  expect(matureCohorts(created, closed, 100)).toEqual({ ageDays: 10, lastDay: 90, closing: 1 });
});

// Oracle: the 95 % quantile of an exponential distribution of mean 60 is 60 · ln 20 = 180 days.
test("censoring and deals that never close do not move the age", () => {
  const random = createRandom("maturity");
  const created = new Float64Array(20_000).map(() => Math.floor(random() * 1_000));
  const closed = created.map((day) => (random() < 0.2 ? Number.NaN : day + 60 * drawExponential(random)));
  const maturity = matureCohorts(created, closed, 1_000);
  expect(maturity?.ageDays).toBeGreaterThan(165);
  expect(maturity?.ageDays).toBeLessThan(195);
  expect(maturity?.closing).toBeCloseTo(0.8, 1);
  // By those that are closed so far only, it would seem to be earlier where most are young.
  const young = created.map((day) => day * 0.2 + 800);
  const lives = Array.from(closed, (day, at) => day - (created[at] ?? 0));
  const youngClosed = young.map((day, at) => day + (lives[at] ?? 0));
  const seen = Array.from(youngClosed.keys())
    .filter((at) => (youngClosed[at] ?? Number.NaN) <= 1_000)
    .map((at) => lives[at] ?? 0)
    .toSorted((one, other) => one - other);
  const naive = seen[Math.floor(seen.length * 0.95)] ?? 0;
  expect(matureCohorts(young, youngClosed, 1_000)?.ageDays).toBeGreaterThan(naive);
});

test("nothing closed, or nothing known, is no cohort", () => {
  expect(matureCohorts(days(), days(), 10)).toBeUndefined();
  expect(matureCohorts(days(1, 2), days(Number.NaN, 20), 10)).toBeUndefined();
  expect(matureCohorts(days(Number.NaN), days(3), 10)).toBeUndefined();
  expect(matureCohorts(days(12), days(13), 10)).toBeUndefined();
});

test("what closed before it was created closed at once", () => {
  expect(matureCohorts(days(5, 5), days(3, 5), 10)).toEqual({ ageDays: 0, lastDay: 10, closing: 1 });
});
