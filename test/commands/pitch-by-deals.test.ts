import { describe, expect, test } from "vitest";
import { addDays } from "../../src/core/calendar.ts";
import { createRandom } from "../../src/core/random.ts";
import { type Asked, openAsked } from "../helpers/small-portfolio.ts";
import { accountId, type CsvRow, company, deal, user } from "../helpers/workspace.ts";

// Once deals are enough to learn from, whoever is pitched has the chance of a deal.

interface Row {
  readonly accountId: string;
  readonly account: string;
  readonly probability: number;
  readonly low: number;
  readonly high: number;
  readonly reasons: readonly string[];
}
interface Pitched {
  readonly method: string;
  readonly interim: boolean;
  readonly waves: readonly { readonly rows: readonly Row[] }[];
}

const asOf = "2026-06-30";
const isRetail = (id: number) => id % 2 === 0;
/** The last four never bought. */
const companies = Array.from({ length: 44 }, (_, id) =>
  company(String(id), `Client ${String(id).padStart(2, "0")}`, {
    Industry: isRetail(id) ? "Retail" : "Steel",
    "Company owner": id % 3 === 0 ? "Ann Archer" : "Bob Baker",
  }),
);

/** Of forty customers, which buy with their second deal at the latest; of their others so many in 100 are won. */
function deals(count: number, percent: { readonly retail: number; readonly steel: number }): CsvRow[] {
  const random = createRandom("pitch by deals");
  return Array.from({ length: count }, (_, at) => {
    const id = at % 40;
    const isWon =
      Math.floor(at / 40) === 1 || random() * 100 < (isRetail(id) ? percent.retail : percent.steel);
    const begun = addDays("2025-07-01", Math.floor((at / count) * 330));
    return deal(String(at), String(id), "1000.00", addDays(begun, 10 + (at % 20)), {
      "Deal Stage": isWon ? "Closed Won" : "Closed Lost",
      "Create Date": begun,
      Product: at === 1 ? "Pump" : "Hose",
    });
  });
}

/** One that is open, as a pitch of a pump for 1,000 would be one with Client 00. */
const open = deal("open", "0", "1000.00", addDays(asOf, 30), {
  "Deal Stage": "Contract Sent",
  "Create Date": asOf,
  Product: "Pump",
});
/** Says what day it is, and is too young to be learned from. */
const newest = deal("newest", "2", "1000.00", asOf, { "Create Date": addDays(asOf, -20), Product: "Hose" });
const users = [user("Ann Archer", "ann@example.com", "North"), user("Bob Baker", "bob@example.com", "South")];

async function openPortfolio(of: readonly CsvRow[]): Promise<Asked> {
  const asked = await openAsked();
  await asked.import({ companies, users, deals: [...of, open, newest] });
  await asked.reply("settings person mia@example.com manager");
  return asked;
}
const manager = (asked: Asked) =>
  ({
    viewer: { workspaceId: asked.id, email: "mia@example.com", standing: "member" },
    rows: "all",
  }) as const;
const pitchOf = async (asked: Asked, line: string) => {
  const reply = await asked.reply(line, manager(asked));
  return { reply, ...(reply.data as Pitched) };
};
const rowsOf = ({ waves }: Pitched) => waves.flatMap(({ rows }) => rows);

describe("where deals tell who buys", () => {
  const told = deals(800, { retail: 80, steel: 20 });

  test("a pitch goes by them, as an open deal with the same account does", async () => {
    const asked = await openPortfolio(told);
    const pitch = await pitchOf(asked, 'pitch "Pumps" preview product:Pump value 1000');
    expect(pitch).toMatchObject({ method: "model of 800 deals", interim: false });
    expect(pitch.reply.notes).toContain(
      "Chances are by a model of 800 deals. They are those of a deal with the account, once there is one.",
    );
    const rows = rowsOf(pitch);
    // Prospects have them as well, though nobody like them was ever sold to.
    expect(rows.filter(({ account }) => account >= "Client 40")).toHaveLength(4);
    for (const row of rows) {
      const retail = isRetail(Number(row.account.slice(-2)));
      expect(row.probability > 0.5).toBe(retail);
      expect(row.low).toBeLessThan(row.probability);
      expect(row.high).toBeGreaterThan(row.probability);
      expect(row.reasons.join()).not.toContain("Pump");
      expect(row.reasons[0]).toBe(`industry ${retail ? "Retail speaks for" : "Steel speaks against"} it`);
    }
    const own = rows.find(({ accountId: id }) => id === accountId("0"));
    const account = (await asked.reply(`account id:${accountId("0")}`)).data as {
      open: { deals: readonly Pick<Row, "probability" | "low" | "high">[] };
    };
    const [same] = account.open.deals;
    expect(own?.probability).toBeCloseTo(same?.probability ?? Number.NaN, 12);
    expect([own?.low, own?.high].map((each) => each?.toFixed(10))).toEqual(
      [same?.low, same?.high].map((each) => each?.toFixed(10)),
    );
  });

  test("how many they are is not for reps who see only some of them", async () => {
    const asked = await openPortfolio(told);
    await asked.reply("settings visibility own");
    const rep = { workspaceId: asked.id, email: "ann@example.com", standing: "member" } as const;
    const reply = await asked.reply('pitch "Pumps" product:Pump', { viewer: rep });
    expect((reply.data as Pitched).method).toBe("model of past deals");
    expect(JSON.stringify(reply)).not.toContain("800 deals");
  });

  test("an offer that the scorecard planned stays its own when deals take its place", async () => {
    const asked = await openPortfolio(told.slice(0, 60));
    const before = await pitchOf(asked, 'pitch "Early" product:Pump');
    expect(before).toMatchObject({ method: "interim scorecard", interim: true });
    await asked.import({ companies, users, deals: [...told, open, newest] });
    const after = await pitchOf(asked, 'pitch "Early"');
    expect(after).toMatchObject({ method: "interim scorecard", interim: true });
    expect(rowsOf(after).map(({ probability }) => probability)).toEqual(
      rowsOf(before).map(({ probability }) => probability),
    );
    const late = await pitchOf(asked, 'pitch "Late" product:Pump');
    expect(late).toMatchObject({ method: "model of 800 deals", interim: false });
    expect(await pitchOf(asked, 'pitch "Late"')).toMatchObject({ method: "model of 800 deals" });
  });
});

test("where deals tell nothing, all have the base rate, and what else speaks for somebody is told", async () => {
  const coins = deals(800, { retail: 50, steel: 50 });
  const asked = await openPortfolio(coins);
  const won = coins.filter(({ "Deal Stage": stage }) => stage === "Closed Won").length;
  const pitch = await pitchOf(asked, 'pitch "Pumps" product:Pump');
  expect(pitch).toMatchObject({ method: "base rate", interim: false });
  const rate = `${((won / 800) * 100).toFixed(0)} %`;
  expect(pitch.reply.notes).toContain(
    `Nothing that is known beforehand tells which deals are won, so all have the base rate, ${rate} of 800 closed deals: the order is by value alone. They are those of a deal with the account, once there is one.`,
  );
  for (const row of rowsOf(pitch)) {
    expect(row.probability).toBeCloseTo(won / 800, 9);
    expect(row.reasons.join()).not.toMatch(/speaks/);
  }
  expect(rowsOf(pitch).some(({ reasons }) => reasons.some((reason) => /^bought .* ago$/.test(reason)))).toBe(
    true,
  );
});
