import { beforeAll, describe, expect, test } from "vitest";
import { type Asked, openAsked } from "../helpers/small-portfolio.ts";
import { company, deal, user } from "../helpers/workspace.ts";

// As of 30 June 2026.
const bought: readonly (readonly [
  account: string,
  product: string,
  amount: string,
  days: readonly string[],
])[] = [
  ["1", "Service", "1200.00", ["2023-07-01", "2024-07-01", "2025-07-01"]],
  [
    "2",
    "Cloud",
    "50.00",
    ["15", "12", "01", "02", "03", "04", "05", "06"].map((month, index) =>
      index === 0 ? "2025-11-15" : `${index === 1 ? 2025 : 2026}-${month}-15`,
    ),
  ],
  ["3", "Cloud", "90.00", ["2025-03-10", "2025-06-10", "2025-09-10", "2025-12-10", "2026-03-10"]],
  ["4", "Cloud", "70.00", ["2025-09-30", "2025-10-31", "2025-11-30", "2025-12-31"]],
  ["5", "Cloud", "10.00", ["2025-01-05", "2025-03-01", "2026-06-30"]],
  ["6", "Cloud", "30.00", ["2024-05-01", "2025-05-01", "2026-05-01"]],
];
const names = "Alder Birch Cedar Dogwood Elm Fir Ginkgo Hazel Iris Juniper".split(" ");
const dates: Readonly<Record<string, string>> = {
  "6": "2026-08-01",
  "7": "31.08.2026",
  "8": "soon",
  "9": "2026-02-30",
  "10": "2025-01-01",
};

let portfolio: Asked;
beforeAll(async () => {
  portfolio = await openPortfolio();
});

async function openPortfolio(): Promise<Asked> {
  const asked = await openAsked();
  await asked.import({
    companies: names.map((name, index) =>
      company(String(index + 1), name, {
        "Company owner": index % 2 === 0 ? "Ann Archer" : "Bob Baker",
        "Contract end": dates[String(index + 1)] ?? "",
      }),
    ),
    users: [user("Ann Archer", "ann@example.com", "North"), user("Bob Baker", "bob@example.com", "South")],
    deals: bought.flatMap(([account, product, amount, days]) =>
      days.map((day) => deal(`${account} ${day}`, account, amount, day, { Product: product })),
    ),
  });
  return asked;
}

const briefRows = (data: unknown) =>
  (data as { rows: Record<string, unknown>[] }).rows.map(({ account, dueOn, what, value, overdueDays }) => [
    ...[account, dueOn, what, (value as { amount: number }).amount / 100, overdueDays],
  ]);

test("what is due, overdue first, with what is at stake", async () => {
  const { headline, data, table, notes } = await portfolio.reply("renewals");
  expect(headline).toBe("4 renewals due in the next 90 days: €1,280, 1 overdue (€90)");
  expect(briefRows(data)).toEqual([
    ["Cedar", "2026-06-10", "Cloud, quarterly, renewed 4 times", 90, 20],
    ["Alder", "2026-07-01", "Service, yearly, renewed twice", 1_200, 0],
    ["Birch", "2026-07-15", "Cloud, monthly, renewed 7 times", 50, 0],
    ["Fir", "2026-08-01", "Contract end", 30, 0],
    ["Ginkgo", "2026-08-31", "Contract end", 0, 0],
  ]);
  // Fir's yearly purchases are not looked at, Dogwood's have ended, Elm's have no rhythm.
  expect(data).toMatchObject({
    series: { candidates: 6, regular: 5, recurring: 5, ended: 1 },
    dates: { given: 5, unreadable: 2, past: 1 },
    due: { count: 4, value: { amount: 128_000 } },
    overdue: { count: 1, value: { amount: 9_000 } },
    kept: null,
  });
  expect(table?.rows[0]?.map(({ text }) => text)).toEqual([
    ...["Cedar", "Cloud, quarterly, renewed 4 times", "€90", "10 Jun 2026, 20 days overdue", "Ann Archer"],
  ]);
  expect(notes?.join(" ")).toContain("5 renewal dates imported, of which 2 cannot be read as a day");
  expect(notes?.join(" ")).toContain("which is too little");
});

test("another span, somebody's own, and the rules", async () => {
  expect((await portfolio.reply("renewals 7d")).headline).toBe(
    "1 renewal due in the next 7 days: €1,200, 1 overdue (€90)",
  );
  expect((await portfolio.reply("renewals in the next 10 months")).headline).toContain(
    "in the next 300 days",
  );
  expect(briefRows((await portfolio.reply("renewals owner:bob")).data).map(([name]) => name)).toEqual([
    "Birch",
    "Fir",
  ]);
  const { lines, actions } = await portfolio.reply("renewals 180d explain");
  expect(JSON.stringify(lines)).toContain("335 to 395 days");
  expect(actions).not.toContainEqual(expect.objectContaining({ label: "Explain" }));
  expect((await portfolio.mistake("renewals soon")).message).toContain("how many days");
});

test("who sees some accounts reads of those only", async () => {
  const hidden = await openPortfolio();
  await hidden.reply("settings visibility own");
  const viewer = { workspaceId: hidden.id, email: "ann@example.com", standing: "member" as const };
  const { data, headline } = await hidden.reply("renewals", { viewer });
  expect(briefRows(data).map(([name]) => name)).toEqual(["Cedar", "Alder", "Ginkgo"]);
  expect(headline).toBe("2 renewals due in the next 90 days: €1,200, 1 overdue (€90)");
  expect(data).toMatchObject({ series: { candidates: 3 }, dates: { given: 2, unreadable: 1, past: 0 } });
});

describe("where nothing recurs it is said plainly", () => {
  test("of irregular purchases, of one account and of none", async () => {
    const one = await openAsked();
    await one.import({ companies: [company("1", "Only")], deals: [deal("1", "1", "10.00", "2026-01-01")] });
    expect((await one.reply("renewals")).headline).toBe(
      "Nothing recurs: no renewal dates are imported, and no purchases repeat in a rhythm",
    );
    const dateOnly = await openAsked();
    await dateOnly.import({
      companies: [
        company("1", "Prospect", { "Renewal date": "12/31/2026" }),
        company("2", "Other", { "Renewal date": "01/02/2027" }),
      ],
      deals: [deal("1", "2", "10.00", "2026-10-01")],
    });
    expect(briefRows((await dateOnly.reply("renewals 120d")).data)).toEqual([
      ["Prospect", "2026-12-31", "Renewal date", 0, 0],
      ["Other", "2027-01-02", "Renewal date", 10, 0],
    ]);
  });
});
