import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { demoAsOf, demoSeed, generateDemo } from "../../demo/generate.ts";
import { createRandom } from "../../demo/random.ts";
import { addDays } from "../../src/core/calendar.ts";
import { type Asked, openAsked } from "../helpers/small-portfolio.ts";
import { company, deal, rawRows, temporaryFolder } from "../helpers/workspace.ts";

// What `cross` and `renewals` say of the invented company is computed again in SQL of its own, from the rules they state.

let demo: Asked;
let about: readonly [workspaceId: string, after: string, asOf: string];
let snapshotId: number;
beforeAll(async () => {
  demo = await openAsked();
  const folder = temporaryFolder();
  const files = generateDemo({ seed: demoSeed, asOf: demoAsOf }).map(({ name, content }) => {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  });
  await demo.importPaths(files);
  const { id, window, asOf } = await demo.snapshot();
  about = [demo.id, window.after, asOf];
  snapshotId = id;
}, 120_000);

/** Deals of accounts, with the product that their own stands for. */
const deals = `deal AS (
  SELECT m.account_id, o.status::text AS status, o.amount_minor::bigint AS amount, o.close_on AS day,
         (SELECT p.name FROM current_product_record p WHERE p.workspace_id = o.workspace_id AND p.source_record_id =
            (SELECT COALESCE(x.stands_for, x.id) FROM source_record x WHERE x.workspace_id = o.workspace_id AND x.id = o.product_record_id)) AS product
  FROM current_opportunity o, membership m
  WHERE o.workspace_id = $1 AND m.workspace_id = $1 AND m.source_record_id = o.account_record_id AND m.valid_to IS NULL
    AND o.status <> 'open' AND o.close_on <= $3::date)`;

const cells = z.object({
  rows: z.array(
    z
      .looseObject({
        accounts: z.number(),
        won: z.number(),
        closed: z.number(),
        value: z.object({ amount: z.number() }),
      })
      .transform(({ accounts, won, closed, value, ...named }) => ({
        ...named,
        accounts,
        won,
        closed,
        value: value.amount,
      })),
  ),
});

async function crossed(line: string, ...criteria: readonly string[]) {
  const { rows } = cells.parse((await demo.reply(line, { rows: "all" })).data);
  return rows
    .map(({ accounts, won, closed, value, ...named }) => [
      ...criteria.map((criterion) => (named as Record<string, unknown>)[criterion]),
      ...[accounts, won, closed, value],
    ])
    .map(String)
    .sort();
}

const asText = (rows: readonly Record<string, unknown>[]) =>
  rows.map((row) => String(Object.values(row))).sort();

test("cross industry tier equals plain SQL", async () => {
  const rows = await rawRows(
    `WITH ${deals}, inside AS (SELECT * FROM deal WHERE day > $2::date)
     SELECT COALESCE(a.industry, 'none') AS industry, COALESCE((
              SELECT s.tier::text FROM account_standing s WHERE s.workspace_id = $1 AND s.account_id = a.id
                AND s.valid_from <= ${snapshotId} AND COALESCE(s.valid_to, ${snapshotId} + 1) > ${snapshotId}), 'prospect') AS tier,
            COUNT(DISTINCT a.id) AS accounts, COUNT(i.day) FILTER (WHERE i.status = 'won') AS won, COUNT(i.day) AS closed,
            COALESCE(SUM(i.amount) FILTER (WHERE i.status = 'won'), 0) AS value
     FROM account a LEFT JOIN inside i ON i.account_id = a.id
     WHERE a.workspace_id = $1 AND a.active GROUP BY 1, 2`,
    about,
  );
  expect(rows.length).toBeGreaterThan(10);
  expect(await crossed("cross industry tier", "Industry", "Tier")).toEqual(asText(rows));
});

test("cross product region equals plain SQL", async () => {
  const rows = await rawRows(
    `WITH ${deals}, inside AS (SELECT * FROM deal WHERE day > $2::date),
       owned AS (SELECT account_id, product, SUM(amount) AS value, MAX(amount) >= 0 AS has FROM inside
                 WHERE status = 'won' AND amount IS NOT NULL GROUP BY 1, 2),
       whole AS (SELECT account_id, product, has::int AS accounts, value, 0 AS won, 0 AS closed FROM owned
                 UNION ALL SELECT a.id, NULL, 1, 0, 0, 0 FROM account a
                           WHERE a.workspace_id = $1 AND a.id NOT IN (SELECT account_id FROM owned)
                 UNION ALL SELECT account_id, product, 0, 0, (status = 'won')::int, 1 FROM inside)
     SELECT COALESCE(w.product, 'no product') AS product, COALESCE(a.region, 'none') AS region, SUM(accounts) AS accounts,
            SUM(won) AS won, SUM(closed) AS closed, SUM(value) AS value
     FROM whole w JOIN account a ON a.workspace_id = $1 AND a.id = w.account_id AND a.active GROUP BY 1, 2`,
    about,
  );
  expect(rows.length).toBeGreaterThan(10);
  expect(await crossed("cross product region", "Product", "Region")).toEqual(asText(rows));
});

test("what cross finds surprising is counted right", async () => {
  const { data } = await demo.reply("cross", { rows: "all" });
  const { rows } = z
    .object({
      rows: z.array(
        z.object({
          ...{ criterion: z.string(), value: z.string(), otherCriterion: z.string(), otherValue: z.string() },
          ...{ accounts: z.number(), withFirst: z.number(), withSecond: z.number(), whole: z.number() },
        }),
      ),
    })
    .parse(data);
  const columns: Readonly<Record<string, string>> = {
    industry: "a.industry",
    region: "a.region",
    Channel: "a.custom ->> 'Channel'",
  };
  const known = rows.filter(({ criterion, otherCriterion }) => columns[criterion] && columns[otherCriterion]);
  for (const { criterion, value, otherCriterion, otherValue, ...figures } of known) {
    const [first, second] = [columns[criterion], columns[otherCriterion]];
    const [counted] = await rawRows(
      `SELECT COUNT(*) FILTER (WHERE ${first} = $2 AND ${second} = $3)::int AS accounts,
              COUNT(*) FILTER (WHERE ${first} = $2)::int AS "withFirst", COUNT(*) FILTER (WHERE ${second} = $3)::int AS "withSecond",
              COUNT(*)::int AS whole
       FROM account a JOIN account_standing s ON s.workspace_id = $1 AND s.account_id = a.id AND s.valid_to IS NULL
       WHERE a.workspace_id = $1 AND ${first} <> '' AND ${second} <> ''`,
      [demo.id, value, otherValue],
    );
    expect(figures).toEqual(counted);
  }
});

/** Sixty subscribers of all rhythms, a few days early or late each time, of whom some have left. */
async function openSubscriptions(): Promise<Asked> {
  const { integer } = createRandom(11);
  const asked = await openAsked();
  const subscribers = Array.from({ length: 60 }, (_, index) => String(index));
  await asked.import({
    companies: subscribers.map((id) => company(id, `Subscriber ${id}`)),
    deals: subscribers.flatMap((id) => {
      const days = [30, 91, 182, 365][integer(0, 3)] ?? 30;
      const times = 3 + integer(0, Math.floor(1_500 / days) - 3);
      const until = addDays("2026-06-30", -integer(0, integer(0, 2) === 0 ? 700 : days));
      return Array.from({ length: times }, (_each, time) => {
        const day = addDays(until, -time * days + (time === 0 ? 0 : integer(-3, 3)));
        return deal(`${id} ${time}`, id, `${10 + integer(0, 90)}.00`, day, { Product: "Subscription" });
      });
    }),
  });
  return asked;
}

test("renewals equals the rules that it states, in plain SQL, of deals that hardly recur and of subscriptions", async () => {
  await expectRenewals(demo);
  expect(await expectRenewals(await openSubscriptions())).toBeGreaterThan(20);
});

/** Returns how many are listed. */
async function expectRenewals(asked: Asked): Promise<number> {
  const { window, asOf } = await asked.snapshot();
  const rows = await rawRows(
    `WITH ${deals},
       rhythm (name, months, least, most, grace) AS (
         VALUES ('monthly', 1, 25, 35, 15), ('quarterly', 3, 77, 105, 46), ('half-yearly', 6, 162, 204, 91), ('yearly', 12, 335, 395, 182)),
       daily AS (SELECT account_id, product, day, SUM(amount) AS value FROM deal WHERE status = 'won' AND amount IS NOT NULL
                 GROUP BY 1, 2, 3 HAVING SUM(amount) > 0),
       series AS (SELECT account_id, product, array_agg(day ORDER BY day) AS days, array_agg(value ORDER BY day) AS amounts
                  FROM daily GROUP BY 1, 2 HAVING COUNT(*) >= 3),
       gap AS (SELECT account_id, product, i, (SELECT name FROM rhythm WHERE days[i + 1] - days[i] BETWEEN least AND most) AS rhythm
               FROM series, generate_series(1, cardinality(days) - 1) i),
       judged AS (
         SELECT s.*, r.months, r.grace, r.name, cardinality(days) - 1 - COALESCE((
                  SELECT MAX(g.i) FROM gap g WHERE g.account_id = s.account_id AND COALESCE(g.product, '') = COALESCE(s.product, '')
                    AND COALESCE(g.rhythm, '') <> r.name), 0) AS run,
                (SELECT SUM(power(exp(-(least - 0.5) / mean) - exp(-(most + 0.5) / mean), LEAST(cardinality(days) - 1, 5))) FROM rhythm) AS chance
         FROM (SELECT *, (days[cardinality(days)] - days[1])::float8 / (cardinality(days) - 1) AS mean FROM series) s
         JOIN rhythm r ON days[cardinality(days)] - days[cardinality(days) - 1] BETWEEN r.least AND r.most),
       regular AS (SELECT * FROM judged WHERE run >= LEAST(cardinality(days) - 1, 5)),
       passed AS (SELECT * FROM regular r WHERE chance <= (
         SELECT MAX(o.chance) FROM regular o WHERE o.chance <= 0.1 * (SELECT COUNT(*) FROM regular u WHERE u.chance <= o.chance)
                                                                / (SELECT COUNT(*) FROM series)))
     SELECT account_id::text, (days[cardinality(days)] + months * interval '1 month')::date::text AS due, name, run::int,
            amounts[cardinality(days)]::text AS value
     FROM passed WHERE (days[cardinality(days)] + months * interval '1 month')::date BETWEEN $3::date - grace AND $3::date + 365
       AND $2::date IS NOT NULL`,
    [asked.id, window.after, asOf],
  );
  const { data } = await asked.reply("renewals 365d", { rows: "all" });
  const found = z
    .object({
      rows: z.array(
        z.object({
          ...{ accountId: z.string(), dueOn: z.string(), rhythm: z.string(), renewals: z.number() },
          value: z.object({ amount: z.number() }),
        }),
      ),
    })
    .parse(data)
    .rows.map(({ accountId, dueOn, rhythm, renewals, value }) =>
      String([accountId, dueOn, rhythm, renewals, value.amount]),
    );
  expect(found.sort()).toEqual(asText(rows));
  return found.length;
}
