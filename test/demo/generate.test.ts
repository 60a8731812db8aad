import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { companyDomain, people } from "../../demo/company.ts";
import { demoAsOf, demoSeed, generateDemo } from "../../demo/generate.ts";
import { countries, industries, products } from "../../demo/market.ts";
import { specialNames } from "../../demo/words.ts";
import { isDate, readDemo } from "./read-demo.ts";

function fingerprint(seed: number, asOf: string): string {
  const hash = createHash("sha256");
  for (const { name, content } of generateDemo({ seed, asOf })) hash.update(`${name}\0${content}\0`);
  return hash.digest("hex").slice(0, 16);
}

// Changing the generator changes these; that they differ on another machine must not happen.
test.each([
  [demoSeed, demoAsOf, "8fc4c1e3bdde5119"],
  [2, demoAsOf, "1b8af98ecc32f15d"],
  [77, "2024-02-29", "f89991a604d5f8c3"],
])("seed %i as of %s gives the pinned bytes, every time", (seed, asOf, pinned) => {
  expect(fingerprint(seed, asOf)).toBe(pinned);
  expect(fingerprint(seed, asOf)).toBe(pinned);
});

test("the command line writes the same bytes in another zone and language", () => {
  const folder = mkdtempSync(join(tmpdir(), "demo-"));
  try {
    const script = fileURLToPath(new URL("../../demo/generate.ts", import.meta.url));
    execFileSync(process.execPath, ["--import", "tsx", script, folder], {
      env: { ...process.env, TZ: "Pacific/Auckland", LC_ALL: "tr_TR.UTF-8" },
    });
    for (const { name, content } of generateDemo({ seed: demoSeed, asOf: demoAsOf })) {
      expect(readFileSync(join(folder, name), "utf8"), name).toBe(content);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});

const samples = [
  [demoSeed, demoAsOf],
  [2, demoAsOf],
  [3, "2025-06-30"],
  [77, "2024-02-29"],
  [-5, "2026-01-01"],
] as const;

test.each(samples)("seed %i as of %s keeps its promises on counts and references", (seed, asOf) => {
  const demo = readDemo(seed, asOf);
  const idOf = new Set(demo.companies.map((company) => company["Record ID"]));
  const names = new Set(people.map(({ name }) => name));

  expect(demo.companies).toHaveLength(400);
  expect(demo.deals.length).toBeGreaterThanOrEqual(4_000);
  expect(demo.deals.length).toBeLessThanOrEqual(6_000);
  const count = (outcome: string) => demo.deals.filter((deal) => deal.outcome === outcome).length;
  expect(count("won") / (count("won") + count("lost"))).toBeGreaterThan(0.33);
  expect(count("won") / (count("won") + count("lost"))).toBeLessThan(0.4);
  expect(count("open")).toBeGreaterThan(200);

  const buyers = new Set(
    demo.deals
      .filter(({ outcome, companyId }) => outcome === "won" && companyId !== "")
      .map((deal) => deal.companyId),
  );
  expect(buyers.size).toBe(340);
  for (const { companyId, owner, row } of demo.deals) {
    expect(companyId === "" || idOf.has(companyId)).toBe(true);
    expect(names).toContain(owner);
    expect(row.Currency).toBe("EUR");
  }
  // A prospect is known by a deal at least, or it would not be one.
  const dealt = new Set(demo.deals.map(({ companyId }) => companyId));
  expect(demo.companies.filter((company) => !dealt.has(company["Record ID"] ?? ""))).toEqual([]);
});

test.each(samples)("seed %i as of %s has no date after it but expected closes", (seed, asOf) => {
  const { companies, deals } = readDemo(seed, asOf);
  const end = `${asOf} 24`;
  for (const { row, outcome, created, closed } of deals) {
    expect([created, closed, row["Last Activity Date"] ?? ""].every(isDate)).toBe(true);
    expect(created < closed && created < end && (row["Last Activity Date"] ?? "") < end).toBe(true);
    expect(outcome === "open" ? closed > end : closed < end).toBe(true);
  }
  const firstDeal = new Map<string, string>();
  for (const { companyId, created } of deals) {
    const earlier = firstDeal.get(companyId);
    if (earlier === undefined || created < earlier) firstDeal.set(companyId, created);
  }
  for (const company of companies) {
    const created = company["Create Date"] ?? "";
    expect(isDate(created) && created < (firstDeal.get(company["Record ID"] ?? "") ?? "")).toBe(true);
    expect((company["Last Activity Date"] ?? "") < end).toBe(true);
  }
  // The newest fact is a win on the very day, so that "data as of" is the date the demo names.
  expect(deals.some(({ outcome, closed }) => outcome === "won" && closed.startsWith(asOf))).toBe(true);
});

test("the users are the people of company.ts, twelve reps in three teams with a manager each", () => {
  const { users } = readDemo(demoSeed, demoAsOf);
  const seen = users.map((user) => ({
    name: `${user["First name"]} ${user["Last name"]}`,
    email: user.Email,
    role: user.Role?.toLowerCase(),
    team: user.Team,
  }));
  expect(seen).toEqual(
    people
      .filter(({ role }) => role !== "admin")
      .map(({ name, email, role, team }) => ({ name, email, role, team })),
  );
  const repsByTeam = seen.filter(({ role }) => role === "rep").map(({ team }) => team);
  expect(repsByTeam.sort()).toEqual(["Central", "North", "South"].flatMap((team) => Array(4).fill(team)));
  expect(seen.filter(({ role }) => role === "manager").map(({ team }) => team)).toEqual([
    "North",
    "Central",
    "South",
  ]);
  expect(people.filter(({ role }) => role === "admin")).toHaveLength(1);
  expect(
    people.every(({ email }) => email.endsWith(`@${companyDomain}`) && /^[\x21-\x7e]+$/.test(email)),
  ).toBe(true);
});

test("every invented name appears", () => {
  const { companies, deals } = readDemo(demoSeed, demoAsOf);
  const valuesOf = (column: string) => new Set(companies.map((company) => company[column]));
  const reps = people.filter(({ role }) => role === "rep");
  expect(products).toHaveLength(8);
  expect([...new Set(deals.map(({ row }) => row.Product))]).toEqual(
    expect.arrayContaining(products.map(({ name }) => name)),
  );
  expect([...valuesOf("Company name")]).toEqual(expect.arrayContaining(specialNames.map(({ name }) => name)));
  expect([...valuesOf("Industry")]).toEqual(expect.arrayContaining(industries.map(({ name }) => name)));
  expect([...valuesOf("Country/Region")]).toEqual(expect.arrayContaining(countries.map(({ name }) => name)));
  expect([...valuesOf("Company owner")].filter((name) => name !== "").sort()).toEqual(
    reps.map(({ name }) => name).sort(),
  );
  expect([...new Set(deals.map(({ owner }) => owner))].sort()).toEqual(reps.map(({ name }) => name).sort());
  for (const domain of valuesOf("Company Domain Name")) expect(domain).toMatch(/^$|^[a-z-]+\.example$/);
});
