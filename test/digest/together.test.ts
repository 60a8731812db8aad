import { expect, test } from "vitest";
import { together } from "../../src/digest/together.ts";

test("what is asked at once is answered together, each with its own answer", async () => {
  const asked: (readonly number[])[] = [];
  const double = together(async (numbers: readonly number[]) => {
    asked.push(numbers);
    return numbers.map((number) => 2 * number);
  });
  expect(await Promise.all([1, 2, 3].map(double))).toEqual([2, 4, 6]);
  expect(await double(4)).toBe(8);
  expect(asked).toEqual([[1, 2, 3], [4]]);
});

test("what fails fails for all of them, and not for the next", async () => {
  let isBroken = true;
  const echo = together(async (words: readonly string[]) => {
    if (isBroken) throw new Error("broken");
    return words;
  });
  expect((await Promise.allSettled([echo("a"), echo("b")])).map(({ status }) => status)).toEqual([
    "rejected",
    "rejected",
  ]);
  isBroken = false;
  expect(await echo("c")).toBe("c");
});
