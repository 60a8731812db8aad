import fc from "fast-check";
import { expect, test } from "vitest";
import { createHistories } from "../../../src/core/models/histories.ts";
import { cdnowDays, cdnowSample, readCdnowSample } from "../../helpers/cdnow.ts";

const bought = (customerId: string, ...days: readonly number[]) =>
  days.map((day) => ({ customerId, day, amount: day }));

test("by hand: days that count once, the holdout, and who came too late", () => {
  const purchases = [
    ...bought("late", 21, 22),
    ...bought("loyal", 20, 3, 10, 10, 17, 24, 24, 31),
    ...bought("once", 6, 6),
    ...bought("same", 6, 25),
  ];
  const histories = createHistories(purchases, { until: 20, end: 25, unit: "week" });
  expect(histories).toEqual({
    ids: ["loyal", "once", "same"],
    frequency: Float64Array.of(3, 0, 0),
    recency: Float64Array.of(17 / 7, 0, 0),
    age: Float64Array.of(17 / 7, 2, 2),
    repeatAmount: Float64Array.of(20 + 10 + 10 + 17, 0, 0),
    heldOut: Float64Array.of(1, 0, 1),
    collapsed: {
      frequency: Float64Array.of(0, 3),
      recency: Float64Array.of(0, 17 / 7),
      age: Float64Array.of(2, 17 / 7),
      customers: Float64Array.of(2, 1),
      total: 3,
    },
  });
});

test("without purchases there are no histories", () => {
  const { ids, collapsed } = createHistories([], { until: 20, unit: "day" });
  expect([ids.length, collapsed.frequency.length, collapsed.total]).toEqual([0, 0, 0]);
});

// The numbers that papers on this sample give: 946 of 2,357 customers bought again.
test("the CDNOW sample", () => {
  const { ids, frequency, recency, age, heldOut, collapsed, repeatAmount } = cdnowSample();
  expect(ids.length).toBe(2_357);
  expect(frequency.filter((each) => each > 0).length).toBe(946);
  expect(heldOut.reduce((sum, each) => sum + each, 0)).toBe(1_882);
  expect([frequency[0], recency[0], age[0]]).toEqual([2, 213 / 7, 272 / 7]);
  expect((repeatAmount[0] ?? 0) / 2).toBeCloseTo(22.345, 3);
  expect(collapsed.total).toBe(2_357);
});

test("the order of purchases changes nothing but the order of customers", () => {
  const purchases = readCdnowSample();
  const of = (some: typeof purchases) => createHistories(some, { ...cdnowDays, unit: "day" }).collapsed;
  expect(of([...purchases].reverse())).toEqual(of(purchases));
});

test("every customer is in exactly one collapsed row, and rows are sorted and differ", () => {
  const purchase = fc.record({
    customerId: fc.constantFrom("a", "b", "c", "d", "e"),
    day: fc.integer({ min: -5, max: 30 }),
  });
  fc.assert(
    fc.property(fc.array(purchase, { maxLength: 60 }), (purchases) => {
      const { ids, frequency, recency, age, collapsed } = createHistories(purchases, {
        until: 20,
        unit: "day",
      });
      const expanded = [...collapsed.customers].flatMap((customers, row) =>
        Array.from({ length: customers }, () => [
          collapsed.frequency[row],
          collapsed.recency[row],
          collapsed.age[row],
        ]),
      );
      const own = ids.map((_, at) => [frequency[at] ?? 0, recency[at] ?? 0, age[at] ?? 0]);
      own.sort(([x = 0, tx = 0, t = 0], [y = 0, ty = 0, u = 0]) => x - y || tx - ty || t - u);
      expect(expanded).toEqual(own);
      expect(new Set(expanded.map(String)).size).toBe(collapsed.frequency.length);
    }),
    { seed: 7 },
  );
});
