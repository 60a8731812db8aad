import { expect, test } from "vitest";
import { keepNewest } from "../../src/core/keep-newest.ts";

test("the oldest goes where there are too many, and what is put in again is the newest", () => {
  const map = new Map<string, number>();
  for (const [key, value] of [
    ["a", 1],
    ["b", 2],
    ["a", 3],
    ["c", 4],
  ] as const)
    keepNewest(map, key, value, 2);
  expect([...map]).toEqual([
    ["a", 3],
    ["c", 4],
  ]);
});
