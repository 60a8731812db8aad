import { z } from "zod";
import { money } from "../answers.ts";
import { check } from "../figures.ts";
import type { PlainSales } from "../plain-sales.ts";
import type { Terminal } from "../stores.ts";
import { type FitAnswer, fitAnswer } from "./fit-answer.ts";
import { isNear } from "./near.ts";
import { type PlainAccount, plainAccounts, plainAlive, plainWorth } from "./plain-worth.ts";

const row = z.object({
  account: z.string(),
  tier: z.string().nullable(),
  spendTier: z.string(),
  flag: z.string().nullable(),
  value: money,
  expected: z.number(),
  alive: z.number().nullable(),
  purchaseDays: z.number(),
  firstOn: z.string(),
  lastOn: z.string(),
});
type Row = z.infer<typeof row>;
const listAnswer = z.object({ data: z.object({ asOf: z.string(), rows: z.array(row) }) });
const topAnswer = z.object({ data: z.object({ rows: z.array(z.object({ account: z.string() })) }) });

/** Lifetime values of all accounts by an own reading of the stored models, and what lists make of them. */
export async function acceptWorths(
  portfolio: Terminal,
  where: string,
  ask: PlainSales,
): Promise<{ readonly fitted: FitAnswer; readonly accounts: readonly PlainAccount[] }> {
  const { data: fitted } = fitAnswer.parse(await portfolio("ask", "ltv explain", "--json"));
  const { data } = listAnswer.parse(await portfolio("ask", "ltv", "--json"));
  const accounts = await ask<PlainAccount>(plainAccounts, data.asOf);
  acceptPredictor(fitted, where);
  acceptValues(fitted, accounts, data.rows, where);
  await acceptTiers(portfolio, where, ask, data);
  await acceptQuiet(portfolio, where, fitted, accounts, data);
  return { fitted, accounts };
}

/** What is shown is the best model, unless going on as before was nearer by both errors. */
function acceptPredictor({ predictor, fit }: FitAnswer, where: string): void {
  const judged = fit.models
    .filter(
      ({ model, outcome: { kind }, parameters, gaveWay }) =>
        !gaveWay && (kind === "converged" || (model === "nbd" && (parameters?.r ?? 0) > 1)),
    )
    .flatMap(({ model, holdout }) => (holdout ? [{ name: model, ...holdout }] : []));
  const guess = fit.baselines.find(({ name }) => name === "same-as-calibration")?.holdout;
  const [best] = judged.sort((left, right) => left.mae - right.mae);
  const isGuess = guess && (!best || (guess.mae < best.mae && guess.rmse < best.rmse));
  check(
    `${where}: ltv, shown is what was nearest in the holdout`,
    isGuess ? "same-as-calibration" : (best?.name ?? "no model"),
    predictor,
  );
}

function acceptValues(
  fitted: FitAnswer,
  accounts: readonly PlainAccount[],
  rows: readonly Row[],
  where: string,
): void {
  const byName = new Map(rows.map((each) => [each.account, each]));
  const alike = (what: string, isAlike: (plain: PlainAccount, told: Row) => boolean) => {
    const own = accounts.filter((plain) => {
      const told = byName.get(plain.account);
      return told !== undefined && isAlike(plain, told);
    });
    check(`${where}: ltv, accounts with the same ${what}`, accounts.length, own.length);
  };
  check(`${where}: ltv, accounts that ever bought`, accounts.length, rows.length);
  alike(
    "history",
    (plain, told) =>
      plain.days === told.purchaseDays && plain.first_on === told.firstOn && plain.last_on === told.lastOn,
  );
  alike("chance of being a customer", (plain, told) => {
    const alive = plainAlive(fitted, plain);
    return alive === undefined || told.alive === null
      ? (alive ?? null) === told.alive
      : isNear(alive, told.alive);
  });
  const worths = new Map(accounts.map((plain) => [plain, plainWorth(fitted, plain)]));
  alike("expected purchases", (plain, told) => isNear(worths.get(plain)?.expected ?? 0, told.expected));
  alike("worth", (plain, told) => isNear(worths.get(plain)?.worth ?? 0, told.value.amount, 0.5 + 1e-3));
}

/** Tiers by what accounts have been told to be worth, and by spend of 24 months, with 80, 95 and 99 % of either. */
async function acceptTiers(
  portfolio: Terminal,
  where: string,
  ask: PlainSales,
  { asOf, rows }: z.infer<typeof listAnswer>["data"],
): Promise<void> {
  const byWorth = await ask<{ account: string; tier: string }>(
    tiersOf("SELECT * FROM UNNEST($1::text[], $2::bigint[]) WITH ORDINALITY AS told (account, value, place)"),
    rows.map(({ account }) => account),
    rows.map(({ value }) => value.amount),
  );
  const bySpend = await ask<{ account: string; tier: string }>(
    tiersOf(`SELECT account, COALESCE(SUM(amount) FILTER (WHERE day > $1::date - interval '24 months'), 0)::bigint AS value, 0 AS place
             FROM bought WHERE day <= $1::date GROUP BY account`),
    asOf,
  );
  const [worth, spend] = [byWorth, bySpend].map(
    (tiers) => new Map(tiers.map(({ account, tier }) => [account, tier])),
  );
  const { data } = listAnswer.parse(await portfolio("ask", "top by ltv", "--json"));
  check(`${where}: top by ltv, accounts as \`ltv\` has them`, namesOf(rows), namesOf(data.rows));
  check(
    `${where}: top by ltv, accounts with their tier by lifetime value`,
    rows.length,
    data.rows.filter(({ account, tier }) => tier === worth?.get(account)).length,
  );
  check(
    `${where}: top by ltv, accounts with their tier by spend`,
    rows.length,
    data.rows.filter(({ account, spendTier }) => spendTier === spend?.get(account)).length,
  );
  const differ = rows.filter(({ account }) => worth?.get(account) !== spend?.get(account));
  check(
    `${where}: top by ltv, ${differ.length} accounts of which tiers differ`,
    namesOf(differ),
    namesOf(data.rows.filter(({ flag }) => flag !== null)),
  );
}

function tiersOf(values: string): string {
  return `
    SELECT account, CASE WHEN value <= 0 THEN 'D' WHEN above < 0.80 * whole THEN 'A' WHEN above < 0.95 * whole THEN 'B'
                         WHEN above < 0.99 * whole THEN 'C' ELSE 'D' END AS tier
    FROM (SELECT account, value, SUM(GREATEST(value, 0)) OVER () AS whole,
                 SUM(GREATEST(value, 0)) OVER (ORDER BY value DESC, place, account ROWS UNBOUNDED PRECEDING) - GREATEST(value, 0) AS above
          FROM (${values}) told) ordered`;
}

/** Who has gone quiet, in all and of tier A by spend. Accounts that only ever got money back are left out. */
async function acceptQuiet(
  portfolio: Terminal,
  where: string,
  fitted: FitAnswer,
  accounts: readonly PlainAccount[],
  { rows }: z.infer<typeof listAnswer>["data"],
): Promise<void> {
  // Where no model can tell, quiet means no purchase for 90 days.
  const isQuiet = (plain: PlainAccount) =>
    fitted.teller === null
      ? plain.age - plain.recency >= 90
      : 100 * (plainAlive(fitted, plain) ?? 1) < fitted.quietBelowPercent;
  const isA = new Set(rows.filter(({ spendTier }) => spendTier === "A").map(({ account }) => account));
  const known = new Set(accounts.map(({ account }) => account));
  for (const [line, quiet] of [
    ["top quiet", accounts.filter(isQuiet)],
    ["top A quiet", accounts.filter((plain) => isA.has(plain.account) && isQuiet(plain))],
  ] as const) {
    const { data } = topAnswer.parse(await portfolio("ask", line, "--json"));
    const listed = data.rows.filter(({ account }) => known.has(account));
    check(`${where}: ${line}, ${quiet.length} accounts`, namesOf(quiet), namesOf(listed));
  }
}

function namesOf(rows: readonly { readonly account: string }[]): string {
  return JSON.stringify(rows.map(({ account }) => account).sort());
}
