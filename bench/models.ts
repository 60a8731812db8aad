import { bgNbd, fitBgNbd } from "../src/core/models/bg-nbd.ts";
import { fitGammaGamma } from "../src/core/models/gamma-gamma.ts";
import { gammaGammaLikelihood } from "../src/core/models/gamma-gamma-likelihood.ts";
import { collapse, historiesOf } from "../src/core/models/histories.ts";
import { createLeavingLikelihood } from "../src/core/models/likelihoods.ts";
import { fitMbgNbd } from "../src/core/models/mbg-nbd.ts";
import type { Histories } from "../src/core/models/model.ts";
import { fitParetoNbd } from "../src/core/models/pareto-nbd.ts";
import { paretoNbdLikelihood } from "../src/core/models/pareto-nbd-likelihood.ts";
import { createRandom } from "../src/core/random.ts";
import { fitPortfolio } from "../src/core/value/fit-portfolio.ts";
import { createValuer } from "../src/core/value/value-accounts.ts";
import { passOf, sumBy } from "./model-floors.ts";
import type { Column, Row } from "./report.ts";
import type { Measure } from "./run-parts.ts";
import {
  leavingAnyTime,
  leavingAtPurchases,
  simulateHistories,
  simulatePurchases,
  simulateSpends,
} from "./simulated-customers.ts";
import { median } from "./statistics.ts";

const columns: readonly Column[] = [
  { key: "what", title: "one thread" },
  { key: "customers", title: "customers" },
  { key: "seconds", title: "s", digits: 3 },
  { key: "pass", title: "one pass s", digits: 3 },
  { key: "passes", title: "passes", digits: 1 },
  { key: "limit", title: "limit s", digits: 2 },
  { key: "growth", title: "of ten times as many", digits: 1 },
];

// In weeks, as CDNOW has them.
const leaving = { r: 0.55, alpha: 6, a: 0.8, b: 2.4 };
const anyTime = { r: 0.55, alpha: 10.6, s: 0.6, beta: 11.7 };
const spending = { p: 6.25, q: 3.74, v: 1544 };
const ages = { youngest: 27, oldest: 78 };
const daysPerWeek = 7;

/** The public packages' figures for the same work on the machine of the first comparison, divided by what was promised. */
const limits: Readonly<Record<string, number>> = {
  "BG/NBD 1000000": 1.95,
  "Pareto/NBD 100000": 1.53,
  "Gamma-Gamma 1000000": 0.51,
  "value of 12 months 1000000": 1.39,
};

/** Fits with all starts and standard errors, and what follows from them, beside one pass of the likelihood over each customer. */
export const measureModels: Measure = async ({ modelCustomers, repeats }, { tell, show }) => {
  const rows: Row[] = [];
  const measure = (what: string, customers: number, work: () => unknown, pass?: () => unknown) => {
    const seconds = secondsOf(work, repeats);
    const floor = pass && secondsOf(pass, repeats);
    const fewer = rows.find((row) => row.what === what && row.customers === customers / 10);
    rows.push({
      ...{ what, customers, seconds, pass: floor, passes: floor && seconds / floor },
      limit: limits[`${what.replace(/,.*/, "")} ${customers}`],
      growth: typeof fewer?.seconds === "number" ? seconds / fewer.seconds : undefined,
    });
    tell(`${what} for ${customers}: ${seconds.toFixed(2)} s`);
  };
  for (const customers of modelCustomers) measureSize(customers, measure);
  show({
    title: "Models and values",
    columns,
    rows,
    notes: [
      "Medians. One pass: the likelihood and its slope once over every customer, none of them collapsed; for the summary, the sum of all amounts by customer.",
      "Limits are the shares that were promised of what public packages took on another machine. Where all times differ, nothing can be collapsed.",
    ],
  });
};

type Take = (what: string, customers: number, work: () => unknown, pass?: () => unknown) => void;

function measureSize(customers: number, measure: Take): void {
  const random = createRandom(customers);
  const population = { customers, ...ages };
  const moments = simulateHistories(random, leavingAtPurchases(random, leaving, 0), population);
  const purchases = simulatePurchases(random, leavingAtPurchases(random, leaving, 0), population);
  const looking = { until: ages.oldest * daysPerWeek, unit: "week" } as const;
  const { frequency, recency, age, repeatAmount } = historiesOf(purchases, looking);
  const inDays = (weeks: Float64Array) => weeks.map((each) => Math.round(each * daysPerWeek));
  const [recencyDays, ageDays] = [inDays(recency), inDays(age)];
  const each: Histories = {
    ...{ frequency, recency, age },
    ...{ customers: new Float64Array(customers).fill(1), total: customers },
  };
  const collapsed = () => collapse(frequency, recencyDays, ageDays, daysPerWeek);
  const bgPass = passOf(createLeavingLikelihood(moments, 0), leaving);

  measure(
    `summary of ${(purchases.days.length / customers).toFixed(2)} purchases each`,
    customers,
    () => historiesOf(purchases, looking),
    () => sumBy(purchases.customers, purchases.amounts, customers),
  );
  measure(
    "BG/NBD, whole days",
    customers,
    () => fitBgNbd(collapsed()),
    passOf(createLeavingLikelihood(each, 0), leaving),
  );
  measure("BG/NBD, all times differ", customers, () => fitBgNbd(moments), bgPass);
  measure("MBG/NBD, all times differ", customers, () => fitMbgNbd(moments), bgPass);
  const leavers = simulateHistories(random, leavingAnyTime(random, anyTime), population);
  measure(
    "Pareto/NBD, whole days",
    customers,
    () => fitParetoNbd(collapsed()),
    passOf(paretoNbdLikelihood(each), anyTime),
  );
  measure(
    "Pareto/NBD, all times differ",
    customers,
    () => fitParetoNbd(leavers),
    passOf(paretoNbdLikelihood(leavers), anyTime),
  );
  const spends = simulateSpends(random, spending, customers, 10);
  measure(
    "Gamma-Gamma",
    customers,
    () => fitGammaGamma(spends),
    passOf(gammaGammaLikelihood(spends), spending),
  );

  const all = { frequency, recencyDays, ageDays, repeatMinor: repeatAmount };
  const [firstDay, asOf] = ["1970-01-01", dayText(looking.until)];
  const fit = fitPortfolio({ asOf, firstDay, all, meanPurchase: 3_000 });
  const terms = { margin: 400, discountPercent: 10, horizonMonths: 12 };
  const model = fit.models.find(({ fit: { model } }) => model === "bg-nbd")?.fit.parameters ?? leaving;
  const { alive } = bgNbd({ ...leaving, ...model });
  measure(
    "value of 12 months",
    customers,
    () => createValuer(fit, terms, asOf).valueAll(all),
    () => {
      let sum = 0;
      for (let at = 0; at < customers; at += 1)
        sum += alive({ frequency: frequency[at] ?? 0, recency: recency[at] ?? 0, age: age[at] ?? 0 });
      return sum;
    },
  );
}

function secondsOf(work: () => unknown, repeats: number): number {
  const taken = Array.from({ length: repeats }, () => {
    const startMs = performance.now();
    work();
    return (performance.now() - startMs) / 1_000;
  });
  return median(taken) ?? 0;
}

function dayText(day: number): string {
  return new Date(day * 86_400_000).toISOString().slice(0, 10);
}
