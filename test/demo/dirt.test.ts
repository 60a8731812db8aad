import { expect, test } from "vitest";
import { demoAsOf, demoSeed, generateDemo } from "../../demo/generate.ts";
import { products } from "../../demo/market.ts";
import { isDate, readDemo } from "./read-demo.ts";

const samples = [
  [demoSeed, demoAsOf],
  [2, demoAsOf],
  [77, "2024-02-29"],
] as const;

/** How often each text occurs more than once. */
function repeats(rows: readonly (readonly string[])[]): number {
  return rows.length - new Set(rows.map((cells) => JSON.stringify(cells))).size;
}

test.each(samples)("seed %i as of %s: companies carry the dirt that dirt.ts lists", (seed, asOf) => {
  const { raw, companies } = readDemo(seed, asOf);
  const count = (column: string, matches: (value: string) => boolean) =>
    companies.filter((company) => matches(company[column] ?? "")).length;

  expect(raw.companies.rows).toHaveLength(403);
  expect(repeats(raw.companies.rows)).toBe(1);
  expect(raw.companies.rows.filter(([id]) => id === "")).toHaveLength(1);
  expect(raw.companies.rows.filter((cells) => cells.length !== raw.companies.header.length)).toHaveLength(1);

  expect(count("Company name", (name) => name.endsWith(" "))).toBe(4);
  expect(count("Company name", (name) => /\S {2}\S/.test(name))).toBe(3);
  expect(count("Company name", (name) => /[A-Z]/.test(name) && name === name.toUpperCase())).toBe(3);
  expect(
    count("Industry", (industry) =>
      ["Computer Sofware", "Food & Bevrages", "Pharmaceuticls", "Machinary"].includes(industry),
    ),
  ).toBe(6);
  expect(count("Industry", (industry) => industry === industry.toLowerCase())).toBe(3);
  expect(count("Company owner", (owner) => owner === "")).toBe(6);
  expect(count("Employees", (employees) => employees === "")).toBe(8);
  expect(count("Company Domain Name", (domain) => domain === "")).toBe(3);
});

test.each(samples)("seed %i as of %s: three pairs of near-duplicate names, and no more", (seed, asOf) => {
  const { companies } = readDemo(seed, asOf);
  const stemOf = (name: string) =>
    name
      .replace(/^The (?!Hon|")/i, "")
      .split(/\s+/)[0]
      ?.toLowerCase();
  const ids = new Map<string | undefined, (string | undefined)[]>();
  for (const company of companies) {
    const stem = stemOf(company["Company name"] ?? "");
    ids.set(stem, [...(ids.get(stem) ?? []), company["Record ID"]]);
  }
  // "The" of the two special names is no stem.
  expect([...ids].filter(([stem, same]) => stem !== "the" && same.length > 1)).toHaveLength(3);
});

test.each([
  ["ampersand", /^Quibble & Daughters/],
  ["quotes", /"Upside Down"/],
  ["umlauts", /Müßiggänger & Söhne/],
  ["right to left", /^[\u0590-\u05FF ]+$/],
  ["CJK", /^[\u4E00-\u9FFF]+$/],
  ["emoji", /\p{Emoji_Presentation}/u],
  ["starred", /^\*\w+\*/],
  ["channel mention", /<!channel>/],
  ["very long", /^.{121,}$/],
])("exactly one company's name has: %s", (_kind, pattern) => {
  const { companies } = readDemo(demoSeed, demoAsOf);
  expect(companies.filter((company) => pattern.test(company["Company name"] ?? ""))).toHaveLength(1);
});

test.each(samples)("seed %i as of %s: deals carry the dirt that dirt.ts lists", (seed, asOf) => {
  const { raw, deals } = readDemo(seed, asOf);
  const header = raw.deals.header;
  const cell = (cells: readonly string[], column: string) => cells[header.indexOf(column)] ?? "";
  const rawCount = (matches: (cells: readonly string[]) => boolean) => raw.deals.rows.filter(matches).length;
  const won = deals.filter(({ outcome }) => outcome === "won");

  // What is read is everything but repeated rows and rejects.
  expect(raw.deals.rows).toHaveLength(deals.length + 3 + 10);
  expect(repeats(raw.deals.rows)).toBe(3);
  expect(rawCount((cells) => cell(cells, "Amount") === "n/a")).toBe(2);
  expect(rawCount((cells) => cell(cells, "Amount") === "TBD")).toBe(2);
  const february30 = `${Number(asOf.slice(0, 4)) - 1}-02-30`;
  const isWhole = (cells: readonly string[]) => cells.length === header.length;
  const hasBadDate = (cells: readonly string[]) => isWhole(cells) && !isDate(cell(cells, "Close Date"));
  expect(rawCount(hasBadDate)).toBe(2);
  expect(rawCount((cells) => cell(cells, "Close Date").startsWith(february30))).toBe(2);
  expect(rawCount((cells) => cell(cells, "Record ID") === "")).toBe(2);
  expect(rawCount((cells) => cells.length < header.length)).toBe(1);
  expect(rawCount((cells) => cells.length > header.length)).toBe(1);

  const withoutCompany = deals.filter(({ companyId }) => companyId === "");
  expect(withoutCompany).toHaveLength(90);
  expect(withoutCompany.every(({ row }) => row["Associated Company"] === "")).toBe(true);
  expect(withoutCompany.length / deals.length).toBeCloseTo(0.02, 2);
  const known = new Set(products.map(({ name }) => name));
  const misspelt = deals.map(({ row }) => row.Product ?? "").filter((product) => !known.has(product));
  expect(misspelt.filter((product) => product === "FlowMeterPro")).toHaveLength(8);
  expect(misspelt.filter((product) => product === "Level Oter")).toHaveLength(4);
  expect(misspelt).toHaveLength(12);

  expect(won.filter(({ amount }) => amount < 0)).toHaveLength(4);
  expect(won.filter(({ amount }) => amount === 0)).toHaveLength(5);
  expect(deals.filter(({ outcome, amount }) => outcome !== "won" && amount <= 0)).toEqual([]);
  expect(deals.filter(({ row }) => row["Deal Name"]?.includes("\n"))).toHaveLength(3);
  const amounts = deals.map(({ row }) => row.Amount ?? "").filter((amount) => !/^-?\d+\.\d\d$/.test(amount));
  expect(amounts).toHaveLength(6);
  for (const amount of amounts) expect(amount).toMatch(/^€\d{1,3}(,\d{3})*\.\d\d$/);
  expect(amounts.some((amount) => amount.includes(","))).toBe(true);
});

test("headers are HubSpot's, two custom columns, an unknown one and a byte order mark", () => {
  const { raw } = readDemo(demoSeed, demoAsOf);
  expect(raw.companies.header.join(", ")).toBe(
    "Record ID, Company name, Company Domain Name, Company owner, Industry, Country/Region, Create Date, Last Activity Date, Employees, Channel",
  );
  expect(raw.deals.header.join(", ")).toBe(
    "Record ID, Deal Name, Deal Stage, Pipeline, Amount, Currency, Close Date, Create Date, Deal owner, Last Activity Date, Associated Company, Associated Company IDs (Primary), Product, Legacy Ref",
  );
  expect(raw.users.header.join(", ")).toBe("Email, First name, Last name, Team, Role");
  const marked = generateDemo({ seed: demoSeed, asOf: demoAsOf }).filter(({ content }) =>
    content.startsWith("\uFEFF"),
  );
  expect(marked.map(({ name }) => name)).toEqual(["hubspot-companies.csv"]);
});
