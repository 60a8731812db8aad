import { expect, test } from "vitest";
import { fitPortfolio } from "../../../src/core/value/fit-portfolio.ts";
import { cdnowPortfolio, dayOf, onlineRetailPortfolio, portfolioOf } from "./portfolios.ts";

const day = (date: string) => Date.parse(`${date}T00:00:00Z`) / 86_400_000;

// Oracle: the holdout table of Fader & Hardie's data as public packages compute it.
test("on the 1/10 sample of CDNOW, people see the Pareto/NBD, which errs least", () => {
  const fit = fitPortfolio(cdnowPortfolio());
  expect(fit).toMatchObject({
    ...{ predictor: "pareto-nbd", because: { kind: "best-in-holdout" }, teller: "pareto-nbd" },
    ...{ firstDay: "1997-01-01", asOf: "1998-06-30", holdoutAfter: "1997-09-30", customers: 2357 },
  });
  const errors = fit.models.map(({ fit: { model }, holdout }) => [model, holdout?.mae.toFixed(4)]);
  expect(errors.slice(0, 3)).toEqual([
    ["bg-nbd", "0.7855"],
    ["mbg-nbd", "0.7648"],
    ["pareto-nbd", "0.7545"],
  ]);
  expect(fit.baselines[0]?.name).toBe("same-as-calibration");
  expect(fit.baselines[0]?.holdout?.mae).toBeCloseTo(0.8973, 3);
  expect(fit.seen).toEqual({ span: 546 / 7, purchases: 4339, customers: 2357 });
  expect(fit.spend.outcome.kind).toBe("converged");
});

// Oracle: the hard case of the reference numbers, where a guess beats the BG/NBD.
test("on Online Retail nobody leaves, and people see what takes no model", () => {
  const fit = fitPortfolio(onlineRetailPortfolio());
  expect(fit).toMatchObject({
    ...{ predictor: "same-as-calibration", because: { kind: "best-in-holdout" }, teller: undefined },
  });
  const [bg, , , nbd] = fit.models;
  expect(bg?.fit.outcome).toMatchObject({ kind: "boundary", meaning: "no customer ever leaves" });
  expect(bg?.holdout?.mae).toBeCloseTo(1.512, 3);
  expect(nbd?.fit.outcome.kind).toBe("converged");
  expect([bg?.gaveWay, nbd?.gaveWay]).toEqual([true, false]);
  expect(fit.baselines[0]?.holdout?.mae).toBeLessThan(1.5);
});

test("without a holdout the likeliest model is trusted", () => {
  const { before, ...cdnow } = cdnowPortfolio();
  const fit = fitPortfolio(cdnow);
  expect(before?.after).toBe("1997-09-30");
  expect(fit.because).toEqual({ kind: "no-holdout" });
  const usable = fit.models.filter(({ fit: { outcome } }) => outcome.kind === "converged");
  const likeliest = Math.max(...usable.map(({ fit: { logLikelihood = 0 } }) => logLikelihood));
  expect(usable.find((each) => each.fit.model === fit.predictor)?.fit.logLikelihood).toBe(likeliest);
  expect(fit.models.every(({ holdout }) => holdout === undefined)).toBe(true);
  expect(fit.holdoutAfter).toBeUndefined();
});

test.each([
  { what: "no account", accounts: [], reason: "There are fewer than two customers." },
  {
    what: "one account",
    accounts: [[{ day: day("2025-01-01"), minor: 100 }]],
    reason: "There are fewer than two customers.",
  },
  {
    what: "accounts that bought once",
    accounts: [1, 2, 3, 4].map((first) => [{ day: day("2025-01-01") + first, minor: 100 * first }]),
    reason: "Nobody has bought again.",
  },
])("of $what there is nothing to fit, and a reason is given", ({ accounts, reason }) => {
  const fit = fitPortfolio(portfolioOf(accounts, "2025-12-31"));
  expect(fit.because).toEqual({ kind: "no-signal", reason });
  expect(fit.predictor).toBe("same-as-calibration");
  expect(fit.teller).toBeUndefined();
  expect(fit.customers).toBe(accounts.length);
  expect(JSON.stringify(fit)).not.toMatch(/null/);
});

test("who all buy at one rate are told by the NBD, which is no worse for having no spread", () => {
  const first = day("2025-01-01");
  const accounts = [0, 3, 5, 8, 11].map((start) =>
    Array.from({ length: 12 }, (_, month) => ({ day: first + start + month * 9, minor: 5_000 })),
  );
  const fit = fitPortfolio(portfolioOf(accounts, dayOf(first + 111)));
  expect(fit).toMatchObject({ predictor: "nbd", because: { kind: "no-holdout" } });
});
