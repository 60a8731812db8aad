import { PGlite } from "@electric-sql/pglite";
import fc from "fast-check";
import { expect, test } from "vitest";
import { addDays } from "../../src/core/calendar.ts";
import { type RfmFacts, rfmThresholds, scoreRfm } from "../../src/core/rfm.ts";

const account = (frequency: number): RfmFacts => ({
  lastOn: addDays("2026-01-01", frequency),
  frequency,
  monetaryMinor: frequency * 100,
});
const facts = fc.record({
  lastOn: fc.integer({ min: 0, max: 20 }).map((days) => addDays("2026-01-01", days)),
  frequency: fc.integer({ min: 1, max: 12 }),
  monetaryMinor: fc.integer({ min: -5_000, max: 100_000 }),
});

test("ten accounts that all differ are scored in pairs", () => {
  const accounts = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map(account);
  const thresholds = rfmThresholds(accounts);
  expect(thresholds?.frequency).toEqual([2, 4, 6, 8]);
  expect(thresholds?.recency[0]).toBe("2026-01-03");
  expect(accounts.map((each) => thresholds && scoreRfm(thresholds, each).frequency)).toEqual([
    1, 1, 2, 2, 3, 3, 4, 4, 5, 5,
  ]);
});

test("equal accounts score alike, and where few values exist, some scores are nobody's", () => {
  const accounts = [1, 1, 1, 1, 1, 1, 1, 2, 2, 9].map(account);
  const thresholds = rfmThresholds(accounts);
  expect(thresholds?.frequency).toEqual([1, 1, 1, 2]);
  expect(accounts.map((each) => thresholds && scoreRfm(thresholds, each).frequency)).toEqual([
    1, 1, 1, 1, 1, 1, 1, 4, 4, 5,
  ]);
});

test("of one account, and of many alike, nobody is above anybody", () => {
  const thresholds = rfmThresholds([account(3), account(3)]);
  expect(thresholds && scoreRfm(thresholds, account(3))).toEqual({ recency: 1, frequency: 1, monetary: 1 });
  expect(rfmThresholds([])).toBeUndefined();
});

test("who is ahead in a measure never scores below", () => {
  fc.assert(
    fc.property(fc.array(facts, { minLength: 1, maxLength: 40 }), facts, facts, (all, one, other) => {
      const thresholds = rfmThresholds(all);
      if (!thresholds) throw new Error("accounts without thresholds");
      const [left, right] = [scoreRfm(thresholds, one), scoreRfm(thresholds, other)];
      if (one.lastOn >= other.lastOn) expect(left.recency).toBeGreaterThanOrEqual(right.recency);
      if (one.frequency >= other.frequency) expect(left.frequency).toBeGreaterThanOrEqual(right.frequency);
      if (one.monetaryMinor >= other.monetaryMinor)
        expect(left.monetary).toBeGreaterThanOrEqual(right.monetary);
      for (const score of Object.values(left)) expect([1, 2, 3, 4, 5]).toContain(score);
    }),
    { seed: 6 },
  );
});

test("thresholds are those that percentile_disc of PostgreSQL gives", async () => {
  const database = await PGlite.create();
  const accounts = fc.sample(fc.array(facts, { minLength: 1, maxLength: 60 }), { seed: 7, numRuns: 30 });
  for (const all of accounts) {
    const percentiles = (name: string) =>
      `percentile_disc(array[.2, .4, .6, .8]) within group (order by ${name}) as ${name}`;
    const { rows } = await database.query(
      `select ${percentiles("recency")}, ${percentiles("frequency")}, ${percentiles("monetary")}
       from unnest($1::text[], $2::int[], $3::int[]) as account(recency, frequency, monetary)`,
      [
        all.map(({ lastOn }) => lastOn),
        all.map(({ frequency }) => frequency),
        all.map(({ monetaryMinor }) => monetaryMinor),
      ],
    );
    expect(rows).toEqual([rfmThresholds(all)]);
  }
  await database.close();
});
