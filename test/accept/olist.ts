import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { stringify } from "csv-stringify/sync";
import { z } from "zod";
import { fitPlainLogistic, plainAuc } from "../helpers/plain-logistic.ts";
import { importAnswer } from "./answers.ts";
import { check } from "./figures.ts";
import type { Terminal } from "./stores.ts";

/** A lead: a deal that is won or not, nobody knows since when. Days as ISO 8601 writes them. */
interface Lead {
  readonly id: string;
  readonly began: string;
  readonly wonOn: string | undefined;
  readonly origin: string;
  readonly page: string;
  readonly rep: string | undefined;
}

const counted = z.object({ closed: z.number(), won: z.number() });
const products = z.object({
  data: z.object({
    maturity: z.object({ ageDays: z.number(), createdBy: z.string() }),
    rows: z.array(counted.extend({ product: z.string(), medianDays: z.number().nullable() })),
  }),
});
const board = z.object({ data: z.object({ rows: z.array(counted.extend({ rep: z.string() })) }) });
const models = z.object({
  data: z.object({
    win: z.object({
      ...{ method: z.string(), deals: z.number(), won: z.number(), columns: z.array(z.string()) },
      excluded: z.array(z.object({ column: z.string() })),
      evaluation: z.object({ auc: z.number(), tested: z.number(), signal: z.boolean() }),
    }),
  }),
});

/** Every deal of the file is one of a lead; who sold it, and all that the seller said then, is known of won ones only. */
const mapping = `kind: opportunities
source: olist
columns:
  id: mql_id
  stage: outcome
  account: { id: mql_id, name: mql_id }
  owner: sr_id
  product: origin
  created: first_contact_date
  closed: won_date
stages: { won: [won], lost: [lost] }
`;

/** Olist's funnel, both of its files joined: what products, reps and models say, as recomputed from the file. */
export async function acceptOlist(portfolio: Terminal, where: string, data: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "portfolio-accept-"));
  try {
    const { leads, columns } = await joinFunnel(data, join(folder, "funnel.csv"));
    await writeFile(join(folder, "mapping.yaml"), mapping);
    const files = [join(folder, "funnel.csv"), "--map", join(folder, "mapping.yaml"), "--currency", "BRL"];
    const imported = importAnswer.parse(await portfolio("import", "--json", ...files));
    check(`${where}: leads`, 8_000, imported.sources[0]?.files[0]?.kept ?? 0);
    await acceptProducts(portfolio, where, leads);
    await acceptReps(portfolio, where, leads);
    await acceptModel(portfolio, where, leads, columns);
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function acceptProducts(portfolio: Terminal, where: string, leads: readonly Lead[]) {
  const { maturity, rows } = products.parse(await portfolio("ask", "products", "--json")).data;
  const won = leads.filter(({ wonOn }) => wonOn !== undefined);
  check(`${where}: won leads`, 842, won.length);
  // Nothing is open, so that it is the age by which 95 % of those that were won were.
  check(
    `${where}: days until nearly all are won that ever are`,
    Math.round(ofSorted(won.map(daysOf), 0.95)),
    maturity.ageDays,
  );
  const mature = leads.filter(({ began }) => began <= maturity.createdBy);
  check(
    `${where}: origins, won of those that are old enough, and days to it, as recomputed`,
    told(
      tallies(mature, ({ origin }) => origin),
      (origin) => median(mature.filter((lead) => lead.origin === origin && lead.wonOn).map(daysOf)),
    ),
    rows
      .map(({ product, won, closed, medianDays }) => `${product} ${won} of ${closed} in ${medianDays}`)
      .toSorted()
      .join(", "),
  );
}

async function acceptReps(portfolio: Terminal, where: string, leads: readonly Lead[]) {
  const { rows } = board.parse(await portfolio("ask", "leaderboard raw by wins", "--json")).data;
  const own = tallies(
    leads.filter(({ rep }) => rep !== undefined),
    ({ rep = "" }) => rep,
  );
  check(
    `${where}: reps' deals, won of closed, as recomputed`,
    told(own, () => ""),
    rows
      .map(({ rep, won, closed }) => `${rep} ${won} of ${closed} in `)
      .toSorted()
      .join(", "),
  );
}

async function acceptModel(
  portfolio: Terminal,
  where: string,
  leads: readonly Lead[],
  afterwards: readonly string[],
) {
  const { win } = models.parse(await portfolio("ask", "health models", "--json")).data;
  check(
    `${where}: win probability`,
    "logistic, signal",
    `${win.method}, ${win.evaluation.signal ? "signal" : "none"}`,
  );
  const won = leads.filter(({ wonOn }) => wonOn !== undefined);
  const lastDay = addDays(
    leads
      .map(({ wonOn = "" }) => wonOn)
      .toSorted()
      .at(-1) ?? "",
    -ofSorted(won.map(daysOf), 0.95),
  );
  const mature = leads.filter(({ began }) => began <= lastDay);
  check(
    `${where}: learned from, as recomputed`,
    `${mature.filter(({ wonOn }) => wonOn).length} of ${mature.length}`,
    `${win.won} of ${win.deals}`,
  );
  const left = new Set(win.excluded.map(({ column }) => column));
  check(
    `${where}: known afterwards only, and not left out`,
    "none",
    afterwards.filter((column) => !left.has(column) && win.columns.includes(column)).join(", ") || "none",
  );
  // The latest of them, told by those before.
  const plain = plainChances(
    mature.toSorted((one, other) => (one.began < other.began ? -1 : 1)),
    win.evaluation.tested,
  );
  check(
    `${where}: AUC at most .01 below that of a plain logistic regression`,
    "yes",
    win.evaluation.auc >= plain - 0.01 ? "yes" : `${win.evaluation.auc} against ${plain}`,
  );
}

/** AUC of the last so many by a regression on origins and pages. */
function plainChances(leads: readonly Lead[], tested: number): number {
  const first = leads.length - tested;
  const pages = [...new Set(leads.slice(0, first).map(({ page }) => page))].filter(
    (page) => leads.slice(0, first).filter((lead) => lead.page === page).length >= 20,
  );
  const origins = [...new Set(leads.map(({ origin }) => origin))];
  const design = leads.map(({ page, origin }) => [
    ...pages.map((each) => Number(each === page)),
    ...origins.map((each) => Number(each === origin)),
  ]);
  const won = leads.map(({ wonOn }) => Number(wonOn !== undefined));
  const chance = fitPlainLogistic(design.slice(0, first), won.slice(0, first));
  return plainAuc(design.slice(first).map(chance), won.slice(first));
}

/** Writes the leads with what is known of those that were won beside them; `columns` are those that only these have. */
async function joinFunnel(data: string, path: string) {
  const read = async (name: string) =>
    parse(await readFile(join(data, name), "utf8"), { columns: true }) as Record<string, string>[];
  const closed = await read("olist_closed_deals_dataset.csv");
  const byLead = new Map(closed.map((row) => [row.mql_id, row]));
  const rows = (await read("olist_marketing_qualified_leads_dataset.csv")).map((lead) => {
    const won = byLead.get(lead.mql_id);
    return {
      ...lead,
      ...Object.fromEntries(Object.keys(closed[0] ?? {}).map((name) => [name, won?.[name] ?? ""])),
      mql_id: lead.mql_id ?? "",
      outcome: won ? "won" : "lost",
      first_contact_date: isoDay(lead.first_contact_date ?? ""),
      won_date: won ? isoDay(won.won_date ?? "") : "",
    };
  });
  await writeFile(path, stringify(rows, { header: true }));
  const leads = rows.map((row): Lead => {
    const {
      mql_id: id,
      first_contact_date: began,
      won_date,
      origin,
      landing_page_id,
      sr_id,
    } = row as typeof row & Record<string, string>;
    return {
      ...{ id, began, origin: origin ?? "", page: landing_page_id ?? "" },
      wonOn: won_date === "" ? undefined : won_date,
      rep: sr_id === "" ? undefined : sr_id,
    };
  });
  const columns = Object.keys(closed[0] ?? {}).filter(
    (name) => !["mql_id", "won_date", "sr_id"].includes(name),
  );
  return { leads, columns };
}

/** "31-01-2018 19:58" or "31-01-2018". */
function isoDay(written: string): string {
  const [day = "", month = "", year = ""] = written.slice(0, 10).split("-");
  return `${year}-${month}-${day}`;
}

function addDays(day: string, days: number): string {
  return new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
}

function daysOf({ began, wonOn = "" }: Lead): number {
  return Math.max(0, (Date.parse(wonOn) - Date.parse(began)) / 86_400_000);
}

/** The value below or at which so large a part lies. */
function ofSorted(values: readonly number[], part: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.ceil(part * sorted.length) - 1] ?? Number.NaN;
}

function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = sorted.length / 2;
  return sorted.length === 0
    ? null
    : ((sorted[Math.ceil(middle) - 1] ?? 0) + (sorted[Math.floor(middle)] ?? 0)) / 2;
}

type Tally = readonly [name: string, won: number, all: number];

function tallies(leads: readonly Lead[], by: (lead: Lead) => string): readonly Tally[] {
  return [...new Set(leads.map(by))]
    .filter((name) => name !== "")
    .map((name) => {
      const own = leads.filter((lead) => by(lead) === name);
      return [name, own.filter(({ wonOn }) => wonOn !== undefined).length, own.length];
    });
}

function told(own: readonly Tally[], days: (name: string) => number | string | null): string {
  return own
    .map(([name, won, all]) => `${name} ${won} of ${all} in ${days(name)}`)
    .toSorted()
    .join(", ");
}
