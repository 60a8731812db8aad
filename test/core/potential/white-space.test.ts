import { describe, expect, test } from "vitest";
import { createResemblance } from "../../../src/core/potential/resemblance.ts";
import { sizeBands } from "../../../src/core/potential/size-bands.ts";
import { ownedByKind } from "../../../src/core/potential/white-space.ts";

describe("what customers of a kind own", () => {
  const count = (product: string, owners: number, marginMinor: number) => ({ product, owners, marginMinor });

  test("is what a fifth of them own beyond chance, what brings most first", () => {
    // Wilson's lower end of 95 %: 20 of 50 is .276, 15 of 50 is .191.
    expect(
      ownedByKind(50, [count("Pump", 20, 4_000), count("Valve", 15, 90_000), count("Meter", 40, 20_000)]),
    ).toEqual([
      { product: "Meter", customers: 50, owners: 40, marginMinor: 500 },
      { product: "Pump", customers: 50, owners: 20, marginMinor: 200 },
    ]);
  });

  test("is nothing of a few, or where a few own it", () => {
    expect(ownedByKind(4, [count("Pump", 4, 400)])).toEqual([]);
    expect(ownedByKind(5, [count("Pump", 2, 400)])).toEqual([]);
    expect(ownedByKind(6, [count("Pump", 3, -400)])).toEqual([]);
    expect(ownedByKind(6, [count("Pump", 5, -400)])).toEqual([
      { product: "Pump", customers: 6, owners: 5, marginMinor: 0 },
    ]);
  });
});

describe("who a prospect is like", () => {
  const resemble = createResemblance([
    { accountId: "b", spend: 5, codes: [1, 2] },
    { accountId: "a", spend: 9, codes: [1, 0] },
    { accountId: "c", spend: 5, codes: [3, 2] },
  ]);

  test("has most traits in common, then spends most, then comes first by id", () => {
    expect(resemble([1, 2])?.accountId).toBe("b");
    expect(resemble([1, 9])?.accountId).toBe("a");
    expect(resemble([9, 2])?.accountId).toBe("b");
    expect(resemble([3, 9])?.accountId).toBe("c");
  });

  test("is nobody where nothing is in common; what is not known is not", () => {
    expect(resemble([9, 9])).toBeUndefined();
    expect(resemble([0, 0])).toBeUndefined();
  });
});

describe("bands of size", () => {
  const values = Float64Array.from({ length: 40 }, (_, row) => row + 1);
  const customers = new Float64Array(40).fill(1);

  test("are fifths of the customers", () => {
    expect(sizeBands("employees", values, customers)).toEqual({ column: "employees", cuts: [9, 17, 25, 33] });
  });

  test("are none of a column that prospects lack, as of one that only customers have", () => {
    const margin = customers.map((own, row) => (row < 20 ? Number.NaN : own));
    expect(
      sizeBands(
        "spent with us",
        values.map((value, row) => (row < 20 ? Number.NaN : value)),
        margin,
      ),
    ).toBeUndefined();
    expect(
      sizeBands(
        "spent with us",
        values.map((value, row) => (row < 20 ? 0 : value)),
        margin,
      ),
    ).toBeUndefined();
    expect(sizeBands("employees", values, margin)).toBeDefined();
  });

  test("are none of a column with few values", () => {
    expect(
      sizeBands(
        "floors",
        values.map((value) => value % 4),
        customers,
      ),
    ).toBeUndefined();
  });
});
