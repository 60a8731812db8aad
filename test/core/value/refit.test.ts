import { expect, test } from "vitest";
import { fitPortfolio } from "../../../src/core/value/fit-portfolio.ts";
import { hasDrifted, refitCause, type SinceFit } from "../../../src/core/value/refit.ts";
import { cdnowPortfolio } from "./portfolios.ts";

const fit = fitPortfolio({ ...cdnowPortfolio(), all: { ...emptyColumns(200) } });
const unchanged: SinceFit = {
  asOf: "1998-07-01",
  countsOtherwise: false,
  customersThen: 200,
  firstDay: "1997-01-01",
  drift: undefined,
};

function emptyColumns(size: number) {
  const zeros = () => new Float64Array(size);
  return { frequency: zeros(), recencyDays: zeros(), ageDays: zeros(), repeatMinor: zeros() };
}

test("the first fit is the first", () => {
  expect(refitCause(undefined, unchanged)).toBe("first");
});

test.each<{ what: string; change: Partial<SinceFit>; cause: string | undefined }>([
  { what: "nothing new", change: {}, cause: undefined },
  { what: "27 days more", change: { asOf: "1998-07-27" }, cause: undefined },
  { what: "28 days more", change: { asOf: "1998-07-28" }, cause: "schedule" },
  { what: "another currency", change: { countsOtherwise: true }, cause: "definition" },
  { what: "a few accounts more in the past", change: { customersThen: 206 }, cause: undefined },
  { what: "many accounts more in the past", change: { customersThen: 207 }, cause: "data" },
  { what: "accounts that were undone", change: { customersThen: 100 }, cause: "data" },
  { what: "an earlier beginning", change: { firstDay: "1996-01-01" }, cause: "data" },
  { what: "a beginning a week earlier", change: { firstDay: "1996-12-25" }, cause: undefined },
  { what: "an earlier end", change: { asOf: "1998-06-01" }, cause: "data" },
  { what: "drift", change: { drift: { expected: 400, actual: 200 } }, cause: "drift" },
  {
    what: "drift and another currency",
    change: { drift: { expected: 400, actual: 200 }, countsOtherwise: true },
    cause: "definition",
  },
])("$what: $cause", ({ change, cause }) => {
  expect(refitCause(fit, { ...unchanged, ...change })).toBe(cause);
});

test("what an older program fitted is fitted again", () => {
  expect(refitCause({ ...fit, definitions: 0 }, unchanged)).toBe("definition");
});

test.each([
  { what: "half of four is chance", expected: 4, actual: 2, drifted: false },
  { what: "a tenth of many is no drift", expected: 100_000, actual: 110_000, drifted: false },
  { what: "a fifth of many is", expected: 100_000, actual: 120_000, drifted: true },
  { what: "a third less of 900 is", expected: 900, actual: 600, drifted: true },
  { what: "nothing of nothing is none", expected: 0, actual: 0, drifted: false },
])("$what", ({ expected, actual, drifted }) => {
  expect(hasDrifted({ expected, actual })).toBe(drifted);
});
