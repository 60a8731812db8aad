import { expect, test } from "vitest";
import { compareOutlook, outlookOf } from "../../src/core/outlook/outlook.ts";
import type { Range } from "../../src/core/outlook/ranges.ts";
import { headlineOf, outlookLines } from "../../src/outlook/outlook-lines.ts";
import { whatIfHeadline } from "../../src/outlook/what-if-words.ts";
import { inputOf, portfolioOf, simulated } from "../core/outlook/portfolios.ts";

const found = simulated(inputOf(portfolioOf("lines", 20).map(({ account }) => account)));
const base = outlookOf(found);
const only = (mid: number): Range => ({ low: mid, mid, high: mid, mean: mid });
const foreseen = (more: Partial<typeof base.in12Months>) => ({
  ...base,
  customers: only(3),
  in12Months: { ...base.in12Months, ...more },
});

test("one customer leaves, and nothing is lost where nothing is", () => {
  expect(headlineOf(foreseen({ left: only(1), lostMinor: only(0.2) }), "EUR")).toBe(
    "At the present pace 1 of 3 customers leaves within 12 months (1)",
  );
  const lostMinor = { low: -0.2, mid: 120_000, high: 500_000, mean: 200_000 };
  expect(headlineOf(foreseen({ left: only(2), lostMinor }), "EUR")).toMatch(
    /2 of 3 customers leave within 12 months \(2\), and €1.2k of revenue with them \(€0 to €5k\)$/,
  );
});

test.each([
  ["as much as last year", 1_000_000, false],
  ["what those who leave now take", 900_000, false],
  ["much less than those who leave now take", 700_000, true],
])("explains a year that brings %s: %i", (_, brought, isExplained) => {
  const outlook = foreseen({ todayMinor: only(brought), lostMinor: only(100_000) });
  const { totals, acquisition } = found;
  const [line] = outlookLines(
    outlook,
    { acquisition, totals: { ...totals, yearMinor: 1_000_000 } },
    undefined,
    "EUR",
  );
  expect(line?.some((span) => typeof span === "string" && span.includes("Most of that difference"))).toBe(
    isExplained,
  );
});

test.each([
  [{ low: -85_000_000, mid: -45_000_000, high: 0 }, "€450k less (€0 to €850k)"],
  [{ low: -85_000_000, mid: -45_000_000, high: -0.2 }, "€450k less (€0 to €850k)"],
  [{ low: 1_000_000, mid: 2_000_000, high: 3_000_000 }, "€20k more (€10k to €30k)"],
  [{ low: -3_000_000, mid: -1_000_000, high: 2_000_000 }, "€10k less (€30k less to €20k more)"],
  [{ low: -3_000_000, mid: 0, high: 0 }, "most likely as much (at most €30k less)"],
  [{ low: 0, mid: 0, high: 0 }, "as much"],
])("a change of %j reads %j", (change, words) => {
  const compared = compareOutlook(found, { pace: 0.5 });
  const allMinor = { ...change, mean: change.mid };
  const changed = { ...compared.change, in12Months: { ...compared.change.in12Months, allMinor } };
  const whatIf = { ...compared, change: changed, lost: undefined, pace: 0.5 };
  expect(whatIfHeadline(whatIf, base, { currency: "EUR", isNeededKnown: false })).toBe(
    `With 50 % of the present acquisition ${words} comes in within 12 months`,
  );
});

test("losing an account never brings more", () => {
  for (const { account } of found.gone) {
    const { change } = compareOutlook(found, { without: found.pathsOf(account) });
    for (const { allMinor } of [change.in12Months, change.in36Months])
      expect(allMinor.high).toBeLessThanOrEqual(0);
    expect(change.longRun.yearMinor.high).toBeLessThanOrEqual(0);
  }
});
