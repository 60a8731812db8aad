import { withClient } from "./stores.ts";

/** How large a portfolio is to be. */
export interface PortfolioSize {
  readonly accounts: number;
  readonly factsPerAccount: number;
  /** Reps that own them, `usualReps` unless it is said. */
  readonly reps?: number;
}

/** The newest day of a seeded portfolio: the same size gives the same rows whenever it is seeded. */
const seededUntil = "2026-10-31";

const usualReps = 200;
const TEAMS = 20;
const PRODUCTS = 30;
/** Facts lie in the days before `seededUntil`, a third of them before the window of two years. */
const DAYS = 1095;

const syllables =
  "an bel cor dan el far gor hal is jun kal lor mar nor ol per qui ras sol tur ul ver wen xan yor zel".split(
    " ",
  );
const trades =
  "Motors Foods Steel Paper Glass Pumps Valves Textiles Chemicals Optics Shipping Logistics Energy Mining Timber Pharma Dairy Bakery Brewery Plastics Robotics Software Media Print Tools Cables Lighting Furniture Ceramics Machines Bearings Sensors Medical Dental Travel Hotels Insurance Leasing Staffing Security".split(
    " ",
  );
const legalForms = ["GmbH", "AG", "Ltd", "Inc", "SA", "BV", "AB", "Oy"];
const industries = Array.from({ length: 40 }, (_, index) => `${trades[index]} industry`);
const regions = "North South East West Germany Austria Switzerland France Benelux Nordics Iberia Italy".split(
  " ",
);

/** Every name there can be, each met once on the way round in steps of a prime number. */
const NAMES = 26 ** 4 * trades.length;
const STEP = 7_368_787;

/** Where in the hash's space each decision is made, so that they do not depend on each other. */
const salt = { kind: 1, amount: 2, day: 3, product: 4, owner: 5, industry: 6, region: 7, size: 8, form: 9 };

/**
 * Fills a workspace of a migrated database with accounts and facts of a source of its own, in SQL alone. Values are heavy-tailed:
 * an account has a size, and its sales vary around that. One account in twenty has not bought anything yet. Nothing
 * is computed from it yet: refresh afterwards.
 */
export async function seedPortfolio(
  databaseUrl: string,
  workspaceId: string,
  { accounts, factsPerAccount, reps = usualReps }: PortfolioSize,
): Promise<void> {
  await withClient(databaseUrl, async (client) => {
    await client.query("INSERT INTO workspace (id, name) VALUES ($1, $1) ON CONFLICT DO NOTHING", [
      workspaceId,
    ]);
    await client.query("INSERT INTO source (workspace_id, id, name) VALUES ($1, 'seed', 'Seed')", [
      workspaceId,
    ]);
    const { rows } = await client.query<{ id: number }>(
      `INSERT INTO import (workspace_id, source_id, status, finished_at, started_by)
       VALUES ($1, 'seed', 'visible', now(), 'the benchmark') RETURNING id`,
      [workspaceId],
    );
    const of = [workspaceId, rows[0]?.id];
    await client.query(recordsOf("rep", reps), [workspaceId]);
    await client.query(recordsOf("product", PRODUCTS), [workspaceId]);
    await client.query(recordsOf("account", accounts), [workspaceId]);
    await client.query(repRecords(reps), of);
    await client.query(products, of);
    await client.query(accountRecords(accounts, reps), of);
    const facts = accounts * factsPerAccount;
    await client.query(deals(facts, accounts), of);
    await client.query(ledger(facts, accounts), of);
    await client.query(`UPDATE workspace SET changed_at = clock_timestamp() WHERE id = $1`, [workspaceId]);
    await client.query("ANALYZE");
  });
}

/** An import of so many new invoices on the day after the newest, of as many different accounts as there are invoices. */
export async function seedNewFacts(databaseUrl: string, workspaceId: string, facts: number): Promise<void> {
  await withClient(databaseUrl, async (client) => {
    const { rows } = await client.query<{ id: number }>(
      `INSERT INTO import (workspace_id, source_id, status, finished_at, started_by)
       VALUES ($1, 'seed', 'visible', now(), 'the benchmark') RETURNING id`,
      [workspaceId],
    );
    await client.query(
      `INSERT INTO ledger_entry (workspace_id, id, import_id, source_id, kind, group_key, document, account_record_id,
         product_record_id, amount_minor, currency, on_day, content_hash)
       SELECT workspace_id, gen_random_uuid(), $2, source_id, kind, 'N-' || document, 'N-' || document, account_record_id,
         product_record_id, amount_minor, currency, date '${seededUntil}' + 1, ''
       FROM ledger_entry WHERE workspace_id = $1 AND kind = 'invoice' ORDER BY id LIMIT $3`,
      [workspaceId, rows[0]?.id, facts],
    );
    await client.query(`UPDATE workspace SET changed_at = clock_timestamp() WHERE id = $1`, [workspaceId]);
  });
}

/** The e-mail address of one of the reps, who are numbered from 1. */
export function seededRep(number: number): string {
  return `rep${number}@example.com`;
}

/** What the account of that number is called, the first being 1. */
export function seededName(number: number): string {
  const place = (number * STEP) % NAMES;
  const word = [0, 1, 2, 3].map((power) => syllables[Math.floor(place / 26 ** power) % 26]).join("");
  const trade = trades[Math.floor(place / 26 ** 4)];
  return `${word.charAt(0).toUpperCase()}${word.slice(1)} ${trade}`;
}

/** A fraction from 0 up to 1, the same for the same number and salt. */
function chance(number: string, of: keyof typeof salt): string {
  return `((hashint8extended((${number})::bigint, ${salt[of]}) & 1073741823) / 1073741824.0::float8)`;
}

function oneOf(words: readonly string[], index: string): string {
  return `(ARRAY[${words.map((word) => `'${word}'`).join(",")}])[1 + (${index})::int % ${words.length}]`;
}

function recordId(kind: string, number: string): string {
  return `md5('${kind} ' || (${number})::text)::uuid`;
}

function recordsOf(kind: string, count: number): string {
  return `INSERT INTO source_record (workspace_id, id, source_id, kind, external_id)
    SELECT $1, ${recordId(kind, "n")}, 'seed', '${kind}', n::text FROM generate_series(1, ${count}) n`;
}

function repRecords(count: number): string {
  return `INSERT INTO rep_record (workspace_id, source_record_id, import_id, name, described, email, team, content_hash)
    SELECT $1, ${recordId("rep", "n")}, $2, 'Rep ' || n, true, 'rep' || n || '@example.com', 'Team ' || n % ${TEAMS}, ''
    FROM generate_series(1, ${count}) n`;
}

const products = `INSERT INTO product_record (workspace_id, source_record_id, import_id, name, described, content_hash)
  SELECT $1, ${recordId("product", "n")}, $2, 'Product ' || n, true, '' FROM generate_series(1, ${PRODUCTS}) n`;

function accountRecords(count: number, reps: number): string {
  const place = `(n::bigint * ${STEP} % ${NAMES})`;
  const syllable = (power: number) => oneOf(syllables, `${place} / ${26 ** power} % 26`);
  const word = `initcap(${[0, 1, 2, 3].map(syllable).join(" || ")})`;
  const name = `${word} || ' ' || ${oneOf(trades, `${place} / ${26 ** 4}`)}`;
  return `INSERT INTO account_record (workspace_id, source_record_id, import_id, name, name_key, described,
      industry, region, owner_record_id, created_on, custom, content_hash)
    SELECT $1, ${recordId("account", "n")}, $2, name, replace(lower(name), ' ', ''), true,
      ${oneOf(industries, `40 * power(${chance("n", "industry")}, 2)`)},
      ${oneOf(regions, `12 * ${chance("n", "region")}`)},
      CASE WHEN n % 33 > 0 THEN ${recordId("rep", `1 + (${reps} * ${chance("n", "owner")})::int % ${reps}`)} END,
      date '${seededUntil}' - (n % 2000), jsonb_build_object('Form', ${oneOf(legalForms, `8 * ${chance("n", "form")}`)}), ''
    FROM (SELECT n, ${name} AS name FROM generate_series(1, ${count}) n) numbered`;
}

/** Facts with the number of their account; every twentieth account has none. */
function numberedFacts(count: number, accounts: number): string {
  return `(SELECT f, CASE WHEN n % 20 = 0 AND n > 1 THEN n - 1 ELSE n END AS n
           FROM (SELECT f, 1 + f % ${accounts} AS n FROM generate_series(1, ${count}) f) every) fact`;
}

/** In cents: a size of the account by a Pareto distribution, times something between a tenth and two. */
const amount = `(40000 * power(1 - ${chance("n", "size")}, -0.85) * (0.1 + 1.9 * ${chance("f", "amount")}))::bigint`;
const day = `date '${seededUntil}' - (${DAYS} * ${chance("f", "day")})::int`;
const product = recordId("product", `1 + (${PRODUCTS} * ${chance("f", "product")})::int % ${PRODUCTS}`);

function deals(facts: number, accounts: number): string {
  const kind = chance("f", "kind");
  return `INSERT INTO opportunity (workspace_id, id, import_id, external_id, account_record_id, product_record_id, name,
      stage, status, amount_minor, currency, created_on, close_on, content_hash)
    SELECT $1, ${recordId("deal", "f")}, $2, f::text, ${recordId("account", "n")}, ${product}, 'Deal ' || f,
      status, status::opportunity_status, ${amount}, 'EUR', ${day} - 60, ${day}, ''
    FROM (SELECT f, n, CASE WHEN ${kind} < 0.75 THEN 'won' WHEN ${kind} < 0.9 THEN 'open' ELSE 'lost' END AS status
          FROM ${numberedFacts(facts, accounts)} WHERE f % 5 < 2) deal`;
}

function ledger(facts: number, accounts: number): string {
  const kind = chance("f", "kind");
  return `INSERT INTO ledger_entry (workspace_id, id, import_id, source_id, kind, group_key, document, account_record_id,
      product_record_id, amount_minor, currency, on_day, content_hash)
    SELECT $1, ${recordId("entry", "f")}, $2, 'seed', (CASE WHEN ${kind} < 0.9 THEN 'invoice' ELSE 'payment' END)::ledger_kind,
      'I-' || f, 'I-' || f, ${recordId("account", "n")}, ${product},
      CASE WHEN ${kind} < 0.03 THEN -${amount} / 4 ELSE ${amount} END, 'EUR', ${day}, ''
    FROM ${numberedFacts(facts, accounts)} WHERE f % 5 >= 2`;
}
