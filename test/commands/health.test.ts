import { beforeAll, describe, expect, test } from "vitest";
import type { Line, Reply } from "../../src/command.ts";
import { createDesk } from "../../src/create-desk.ts";
import { exportCsv } from "../../src/exports/export-csv.ts";
import { loadCommands } from "../../src/load-commands.ts";
import { type Asked, openAsked, openSmallPortfolio } from "../helpers/small-portfolio.ts";
import { company, deal, user, writeText } from "../helpers/workspace.ts";

const commands = await loadCommands(new URL("../../commands/", import.meta.url));

const textOf = (line: Line) => line.map((span) => (typeof span === "string" ? span : span.text)).join("");
const linesOf = ({ lines = [] }: Reply) => lines.map(textOf);
const factOf = ({ facts = [] }: Reply, label: string) => facts.find((fact) => fact.label === label)?.value;
const runs = ({ actions = [] }: Reply) =>
  actions.flatMap((action) => (action.kind === "run" ? [action.line] : []));
const dayMs = 86_400_000;

/** Everything that can be wrong, at once. */
async function openUntidy(): Promise<Asked> {
  const asked = await openAsked();
  await asked.import({
    companies: ["Technology", "Technology", "Technology", "Tecnology"].map((industry, index) =>
      company(String(index + 1), `Company ${index + 1}`, {
        Industry: industry,
        "Company owner": "Ann Archer",
      }),
    ),
    users: [user("Ann Archer", "")],
    deals: [
      deal("1", "1", "1000.00", "2026-05-05"),
      deal("2", "2", "500.00", "2026-05-06"),
      deal("3", "", "60.00", "2026-05-07"),
      deal("4", "3", "", "2026-05-08"),
      deal("5", "3", "70.00", "2026-05-09", { Currency: "USD" }),
      deal("6", "3", "70.00", "2066-05-09"),
      deal("7", "3", "seventy", "2026-05-09"),
    ],
  });
  return asked;
}

const invoices = (rows: string) => `Invoice no,Invoice date,Customer,Net amount,Currency\n${rows}`;

describe("health", () => {
  let untidy: Asked;
  beforeAll(async () => {
    untidy = await openUntidy();
  });

  test("tells what is wrong, each with what to do about it", async () => {
    const reply = await untidy.reply("health");
    expect(
      linesOf(reply)
        .filter((line) => line.startsWith("• "))
        .slice(0, 8),
    ).toEqual([
      "• 1 row could not be loaded. See which, and why: health rejected",
      '• industry "Tecnology" (1 row) may be "Technology". If so: accept industry "Tecnology" as "Technology"',
      "• 1 opportunity without an account (1 won, €60) in no tier. Name the account in the CRM and import again.",
      "• 1 won deal without an amount in no tier. Fill the amounts in and import again.",
      "• 1 sale in USD ($70) without an exchange rate in no tier. Enter one: settings rate USD EUR <rate> <day>",
      "• 1 fact dated after tomorrow, which does not count yet. Correct the dates and import again.",
      expect.stringMatching(/^• No model of purchases could be fitted\. .*See health models$/),
      "• Lifetime values go by data up to 9 May 2026, 175 days ago. Import a fresh export.",
    ]);
    expect(reply.headline).toBe("8 things to put right in the data");
    expect(runs(reply)).toEqual([
      ...[
        "health rejected",
        'accept industry "Tecnology" as "Technology"',
        "accept",
        "settings rates",
        "health models",
      ],
    ]);
    expect(reply.actions).toContainEqual({
      kind: "form",
      form: "import",
      label: "Upload files",
      line: "import",
    });
  });

  test("names what to collect next and what it would unlock", async () => {
    const lines = linesOf(await untidy.reply("health"));
    expect(lines.slice(lines.indexOf("To collect next, and what it unlocks") + 1)).toEqual([
      "• E-mail addresses of reps: mine: who asks is recognised by their address",
      "• Teams of reps: team, and what a team sees",
      "• Regions of accounts: region:X and tiers within each region",
      "• Products: product:X and what each account owns",
      "• Invoices: spend by what was really charged, and reconciliation with won deals",
      "• Lost deals: how many of its deals each account closes",
    ]);
  });

  test("says of each source when, by whom and what was loaded, and of the snapshot what it is of", async () => {
    const reply = await untidy.reply("health");
    const { id, createdAt } = await untidy.snapshot();
    expect(reply.table?.rows.map((row) => row.map(({ text }) => text).slice(2))).toEqual([
      ["fresh, today", "12", "1", "9 May 2066", "the terminal", "users.csv, companies.csv, deals.csv"],
    ]);
    expect(factOf(reply, "Snapshot")).toMatch(
      new RegExp(`^${id} of .* data as of 9 May 2026, .* up to date$`),
    );
    expect(factOf(reply, "Spend counts")).toBe("€1,500 by won deals");
    expect(reply.data).toMatchObject({
      rejected: 1,
      sources: [{ source: "HubSpot", rows: 12, rejected: 1, isStale: false, newestFactOn: "2066-05-09" }],
      leftOut: {
        inTheFuture: 1,
        wonWithoutAmount: 1,
        withoutRate: [{ amount: { amount: 7_000, currency: "USD" } }],
      },
      snapshot: { id, createdAt: createdAt.toISOString(), isStale: false, kept: 1, settingsVersion: 0 },
    });
  });

  test("lists rejected rows with their reason, of one import or all, and takes a list away as a file", async () => {
    const reply = await untidy.reply("health rejected");
    expect(reply.headline).toBe("1 row could not be loaded");
    const [row] = reply.table?.rows ?? [];
    expect(row?.slice(0, 4).map(({ text }) => text)).toEqual(["deals.csv", "8", "Amount", "seventy"]);
    expect(exportCsv(reply.data)).toContain("HubSpot,deals.csv,8,Amount,seventy");
    const imports = await untidy.store.imports(untidy.id);
    const { headline } = await untidy.reply(`health rejected ${imports[0]?.id}`);
    expect(headline).toBe(`1 row of import ${imports[0]?.id} could not be loaded`);
    expect((await untidy.mistake("health rejected 999999")).message).toMatch(/^No import 999999 stands/);
  });

  test("a rejected row is gone once its file came again without the mistake", async () => {
    const asked = await openUntidy();
    await asked.import({ deals: [deal("7", "3", "70.00", "2026-05-09")] });
    expect((await asked.reply("health rejected")).headline).toBe("Every row could be loaded");
    expect((await asked.reply("health")).data).toMatchObject({ rejected: 0 });
  });

  test("knows a source that was not loaded for more than 35 days, and a snapshot that changes made stale", async () => {
    const asked = await openSmallPortfolio();
    const importedAt = (await asked.store.imports(asked.id))[0]?.startedAt.getTime() ?? 0;
    const staleAfter = async (days: number) => {
      const desk = createDesk({
        store: asked.store,
        commands,
        now: () => new Date(importedAt + days * dayMs),
      });
      const answer = await desk.answer({
        viewer: { workspaceId: asked.id, standing: "operator" },
        line: "health",
      });
      if (!answer.ok) throw new Error(answer.message);
      return linesOf(answer.reply).filter((line) => line.includes("last imported"));
    };
    expect(await staleAfter(35)).toEqual([]);
    expect((await staleAfter(36))[0]).toMatch(
      /^• HubSpot was last imported on .*, 36 days ago\. Import a fresh export\.$/,
    );
    await asked.reply("correct Birch owner:Ann because she knows them");
    const reply = await asked.reply("health");
    expect(factOf(reply, "Snapshot")).toContain("something changed since");
    expect(linesOf(reply).at(-1)).toMatch(
      /^• Birch GmbH: owner Ann Archer, set by the terminal on .*: she knows them$/,
    );
    expect(reply.data).toMatchObject({
      setByHand: [{ account: "Birch GmbH", field: "owner", shown: "Ann Archer" }],
    });
  });
});

describe("reconciliation", () => {
  let asked: Asked;
  beforeAll(async () => {
    asked = await openSmallPortfolio();
    const path = writeText(
      "invoices.csv",
      invoices(
        [
          "R1,2026-05-20,Alder GmbH,3000.00,EUR",
          "R2,2025-03-05,Birch GmbH,1950.00,EUR",
          "R3,2026-06-30,Cedar GmbH,1500.00,EUR",
        ].join("\n"),
      ),
    );
    await asked.importPaths([path], "EUR");
  });

  test("counts each sale once and says by what", async () => {
    const reply = await asked.reply("health");
    expect(factOf(reply, "Spend counts")).toBe("€6,450 by invoices, €2,800 by won deals");
    expect(factOf(reply, "Counted once")).toBe(
      "3 payments and won deals that an invoice or payment stands for",
    );
    // Alder 5,000 won and 3,000 invoiced; seven more were never invoiced; Birch is 2.5 % off, Cedar 20 %.
    expect(linesOf(reply)).toContain(
      "• Won deals and invoices are more than 10 % apart for 8 accounts, most for Alder GmbH (+€2,000): health reconciliation",
    );
  });

  test("lists the accounts that differ, the largest differences first, for a file too", async () => {
    const reply = await asked.reply("health reconciliation");
    expect(reply.headline).toBe("Won deals and invoices are more than 10 % apart for 8 accounts");
    expect(reply.table?.rows.slice(0, 3).map((row) => row.map(({ text }) => text))).toEqual([
      ["Alder GmbH", "€5,000", "€3,000", "€0", "+€2,000", "€4,000"],
      ["Dogwood GmbH", "€800", "€0", "€0", "+€800", "€800"],
      ["Elm GmbH", "€400", "€0", "€0", "+€400", "€400"],
    ]);
    expect(exportCsv(reply.data)).toContain(
      "Alder GmbH,5000.00,EUR,3000.00,EUR,0.00,EUR,2000.00,EUR,4000.00,EUR",
    );
    expect((await asked.mistake("health reconciliation page:2")).message).toBe("There is only one page.");
  });

  test("why says from what an account's spend is counted, where it is not won deals alone", async () => {
    const { id } = await asked.snapshot();
    const alder = await asked.reply(`why Alder snapshot:${id}`);
    expect(linesOf(alder)).toContain("This is from 1 invoice and 1 won deal; 1 won deal is covered by them.");
    expect(alder.data).toMatchObject({
      sales: {
        counted: { invoices: 1, payments: 0, opportunities: 1 },
        covered: { invoices: 0, payments: 0, opportunities: 1 },
      },
    });
    expect(linesOf(await asked.reply("why Elm")).join()).not.toContain("This is from");
  });

  test("without invoices there is nothing to compare", async () => {
    const reply = await (await openSmallPortfolio()).reply("health reconciliation");
    expect(reply.headline).toBe("There are no invoices to compare won deals with");
    expect(reply.data).toMatchObject({ rows: [] });
  });
});

describe("who is no admin", () => {
  let asked: Asked;
  beforeAll(async () => {
    asked = await openUntidy();
    await asked.reply("settings person boss@example.com admin");
  });
  const member = () => ({
    viewer: { workspaceId: asked.id, email: "ann@example.com", standing: "member" as const },
  });

  test("learns how fresh the data is, and no count over accounts that are not theirs", async () => {
    const { id, createdAt } = await asked.snapshot();
    const reply = await asked.reply("health", member());
    expect(reply.headline).toBe("The data is fresh");
    expect(reply.table?.columns.map(({ title }) => title)).toEqual(["Source", "Last import", "State"]);
    const { sources, ...others } = reply.data as { sources: readonly object[] };
    expect(sources.map((source) => Object.keys(source))).toEqual([
      ["source", "importedAt", "ageDays", "isStale"],
    ]);
    expect(others).toMatchObject({ snapshot: { id, createdAt: createdAt.toISOString() } });
    expect(Object.keys(others)).toEqual(["snapshot"]);
  });

  test.each(["health rejected", "health reconciliation"])("is refused %s, and told who may", async (line) => {
    const { message, suggestions } = await asked.mistake(line, member());
    expect(message).toBe("Only an admin sees this. Ask boss@example.com.");
    expect(suggestions).toEqual([{ label: "How fresh the data is", line: "health" }]);
  });
});

test("before the first import it says what to do, and unknown words what there is", async () => {
  const empty = await openAsked();
  expect((await empty.mistake("health")).message).toContain("Nothing is imported yet");
  expect((await empty.mistake("health banana")).message).toContain("`health reconciliation`");
});
