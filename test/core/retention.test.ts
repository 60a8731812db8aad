import fc from "fast-check";
import { expect, test } from "vitest";
import { expiredSnapshots } from "../../src/core/retention.ts";

const now = new Date("2026-10-31T12:00:00Z");
const at = (...days: readonly string[]) =>
  days.map((day, index) => ({ id: index + 1, createdAt: new Date(`${day}T12:00:00Z`) }));

test("all of the last 90 days are kept, and the last of each older week", () => {
  // 2026-06-01 is a Monday; 90 days before now is 2026-08-02, a Sunday.
  const snapshots = at(
    "2026-06-01",
    "2026-06-07",
    "2026-06-08",
    "2026-07-27",
    "2026-08-01",
    "2026-08-02",
    "2026-10-31",
  );
  expect(expiredSnapshots(snapshots, now, "UTC")).toEqual([1, 4, 5]);
});

test("a week begins on Monday where the workspace is, also over the end of a year", () => {
  const lateOnSunday = { id: 1, createdAt: new Date("2026-01-04T23:30:00Z") };
  const thursday = { id: 2, createdAt: new Date("2026-01-08T12:00:00Z") };
  const newest = { id: 3, createdAt: now };
  expect(expiredSnapshots([lateOnSunday, thursday, newest], now, "UTC")).toEqual([]);
  expect(expiredSnapshots([lateOnSunday, thursday, newest], now, "Europe/Berlin")).toEqual([1]);
  expect(expiredSnapshots([...at("2025-12-29", "2026-01-01"), newest], now, "UTC")).toEqual([1]);
});

test("the newest is kept however old it is, and there may be none", () => {
  expect(expiredSnapshots(at("2020-01-01", "2020-01-02"), now, "UTC")).toEqual([1]);
  expect(expiredSnapshots([], now, "UTC")).toEqual([]);
});

test("asked again, nothing more expires, and no older week loses its last", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(400), { maxLength: 40 }), (ages) => {
      const snapshots = ages
        .toSorted((left, right) => right - left)
        .map((age, index) => ({ id: index + 1, createdAt: new Date(now.getTime() - age * 86_400_000) }));
      const expired = expiredSnapshots(snapshots, now, "UTC");
      const left = snapshots.filter(({ id }) => !expired.includes(id));
      expect(expiredSnapshots(left, now, "UTC")).toEqual([]);
      for (const id of expired) {
        const gone = snapshots.find((snapshot) => snapshot.id === id)?.createdAt.getTime() ?? 0;
        const next =
          left.find((snapshot) => snapshot.id > id)?.createdAt.getTime() ?? Number.POSITIVE_INFINITY;
        expect(next - gone).toBeLessThan(7 * 86_400_000);
      }
    }),
    { seed: 3 },
  );
});
