import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Message } from "../../src/playground/model.ts";
import { company, deal, type Exports } from "../helpers/workspace.ts";
import {
  drafts,
  elementOf,
  type ImportBench,
  startImportBench,
  textOf,
  uploadByForm,
} from "./import-bench.ts";
import { ANN, BOB, CHANNEL, overSocket } from "./slack-bench.ts";

// The whole way over HTTP in both directions: files in Slack, a preview, a decision, a portfolio, and back.

let slack: ImportBench;
let temporary: string;
const before = process.env.TMPDIR;
beforeAll(() => {
  temporary = mkdtempSync(join(tmpdir(), "portfolio-imports-"));
  process.env.TMPDIR = temporary;
});
afterAll(() => {
  if (before === undefined) delete process.env.TMPDIR;
  else process.env.TMPDIR = before;
  rmSync(temporary, { recursive: true, force: true });
});
beforeEach(async () => {
  slack = await startImportBench();
});
afterEach(async () => {
  await slack.stop();
  expect(slack.violations).toEqual([]);
  expect(readdirSync(temporary).filter((name) => name.startsWith("portfolio-import-"))).toEqual([]);
});

const good: Exports = {
  companies: [company("1", "Alder GmbH"), company("2", "Birch GmbH")],
  deals: [
    deal("1", "1", "4000.00", "2026-05-15"),
    deal("2", "2", "1000.00", "2026-04-01"),
    deal("3", "2", "=cmd|'/c calc'!A1", "2026-04-01"),
  ],
};
const ambiguous: Exports = { deals: [deal("1", "1", "4000.00", "03/04/2026")] };

/** Gives one file in direct messages. */
function give(userId: string, exports: Exports): void {
  const [draft] = drafts(exports);
  if (!draft) throw new Error("no file");
  slack.giveFile(userId, draft);
}

const importsOf = () => slack.portfolio.store.imports(slack.portfolio.id);
const topOf = () => slack.portfolio.ask("top");

/** From the files to a preview that can be imported. */
async function previewed(exports: Exports = good): Promise<Message> {
  expect(await uploadByForm(slack, drafts(exports), { "import-currency": "eur" })).toEqual({
    kind: "closed",
  });
  return slack.waitInDm(ANN, "Nothing is imported yet");
}

async function imported(): Promise<Message> {
  await slack.pressLabel(ANN, await previewed(), "Import");
  return slack.waitInDm(ANN, "with a tier as of");
}

describe("an admin", () => {
  test("uploads files in the form, sees what would change, and imports", async () => {
    const preview = await previewed();
    const text = textOf(preview);
    expect(text).toContain("Nothing is imported yet: this is what 2 files would change");
    expect(text).toContain("companies.csv: HubSpot companies, 2 rows read, 2 kept, 0 rejected");
    expect(text).toContain("deals.csv: HubSpot deals, 3 rows read, 2 kept, 1 rejected");
    expect(text).toContain("Accounts: 2 new, 0 changed, 0 as before");
    expect(text).toContain("deals.csv, line 4");
    expect(await importsOf()).toEqual([]);
    expect(await topOf()).toMatchObject({ ok: false });

    await slack.pressLabel(ANN, preview, "Import");
    const result = await slack.waitInDm(ANN, "with a tier as of");
    expect(result.ts).toBe(preview.ts);
    expect(result.text).toBe("2 files imported: 2 accounts with a tier as of 15 May 2026");
    expect(textOf(result)).toContain("The file of what was not loaded");
    expect(await importsOf()).toMatchObject([
      { status: "visible", startedBy: "ann@example.com", rejected: 1 },
    ]);
    expect(await topOf()).toMatchObject({ ok: true, reply: { data: { total: { accounts: 2 } } } });
    elementOf(result, "Top A");
    expect(slack.logged).toEqual([]);
  });

  test("gets what was not loaded as a file that a spreadsheet opens and does not run", async () => {
    await imported();
    const [file] = slack.files().filter(({ name }) => name.endsWith("rejected.csv"));
    const text = file?.bytes.toString() ?? "";
    expect(file?.shares).toMatchObject([{ channelId: slack.dm(ANN) }]);
    expect(text.startsWith("\uFEFF")).toBe(true);
    expect(parse(text, { columns: true, bom: true })).toMatchObject([
      { kind: "rejected", file: "deals.csv", line: "4", column: "Amount", value: "'=cmd|'/c calc'!A1" },
    ]);
  });

  test("gives files in direct messages and is asked which of day and month comes first", async () => {
    give(ANN, ambiguous);
    const question = await slack.waitInDm(ANN, "Which comes first, the day or the month?");
    expect(textOf(question)).toContain("03/04/2026 (line 2, column Close Date)");
    expect(textOf(question)).not.toContain("--dates");
    await slack.pressLabel(ANN, question, "Day first");
    await slack.pressLabel(ANN, await slack.waitInDm(ANN, "this is what"), "Import");
    await slack.waitInDm(ANN, "as of 3 Apr 2026");
  });

  test("says month first", async () => {
    give(ANN, ambiguous);
    await slack.pressLabel(ANN, await slack.waitInDm(ANN, "Which comes first"), "Month first");
    await slack.pressLabel(ANN, await slack.waitInDm(ANN, "this is what"), "Import");
    await slack.waitInDm(ANN, "as of 4 Mar 2026");
  });

  test("undoes an import, and presses twice without harm", async () => {
    const result = await imported();
    expect(JSON.stringify(result.blocks)).toContain("Undo this import?");
    await Promise.all([1, 2].map(() => slack.pressLabel(ANN, result, "Undo import")));
    await slack.waitInDm(ANN, "This was pressed already.");
    const undone = await slack.waitInDm(ANN, " undone");
    expect(undone.text).toMatch(/^Import \d+ undone$/);
    expect(textOf(undone)).toContain("Nothing is left to compute a portfolio from.");
    expect(await importsOf()).toMatchObject([{ status: "undone", undoneBy: "ann@example.com" }]);
  });

  test("is told when somebody else has undone it", async () => {
    const result = await imported();
    const { store, id } = slack.portfolio;
    const [{ id: importId } = { id: 0 }] = await importsOf();
    await store.undoImport(id, importId, { startedBy: "the terminal" });
    await slack.pressLabel(ANN, result, "Undo import");
    await slack.waitInDm(ANN, `Import ${importId} has been undone already.`);
  });

  test("imports once, however often the button is pressed", async () => {
    const preview = await previewed();
    await Promise.all([1, 2, 3].map(() => slack.pressLabel(ANN, preview, "Import")));
    await slack.waitInDm(ANN, "with a tier as of");
    await slack.waitFor(
      () => slack.inDm(ANN).filter(({ text }) => text === "This was pressed already.").length === 2,
    );
    expect(await importsOf()).toHaveLength(1);
  });

  test.skipIf(overSocket)("cancels, and cannot import that preview any more", async () => {
    const preview = await previewed();
    await slack.pressLabel(ANN, preview, "Cancel");
    await slack.waitInDm(ANN, "Cancelled. Nothing was imported.");
    const { action_id, value = "" } = elementOf(preview, "Import");
    await slack.forge(ANN, preview, slack.dm(ANN), { action_id, value });
    await slack.waitInDm(ANN, "This was pressed already.");
    expect(await importsOf()).toEqual([]);
  });

  test("is told about a currency that is none beside its field", async () => {
    expect(await uploadByForm(slack, drafts(good), { "import-currency": "EUX" })).toMatchObject({
      kind: "errors",
      errors: { "import-currency": expect.stringContaining("no currency") },
    });
  });

  test("is told what a file is when it is no table", async () => {
    slack.giveFile(ANN, { name: "../../etc/portrait.png", bytes: "\u0089PNG\r\n\u001a\n not a table" });
    const told = await slack.waitInDm(ANN, "Nothing was imported.");
    expect(told.text).toContain("portrait.png");
    elementOf(told, "Try again");
  });

  test("waits while another import runs, and is told so", async () => {
    const { store, id } = slack.portfolio;
    const preview = await previewed();
    const other = await store.startImport(id, { source: { id: "x", name: "X" }, startedBy: "somebody" });
    await slack.pressLabel(ANN, preview, "Import");
    await slack.waitInDm(ANN, `Import ${other.id} is running`);
    await other.abandon();
    await slack.waitInDm(ANN, "with a tier as of");
  });

  test("is led on after the first import, step by step", async () => {
    const result = await imported();
    await slack.pressLabel(ANN, result, "Next: check it");
    const check = await slack.waitInDm(ANN, "Step 2 of 4: check");
    await slack.pressLabel(ANN, check, "Next: tell the others");
    const tell = await slack.waitInDm(ANN, "Step 3 of 4: tell the others");
    expect(textOf(tell)).toContain("/invite @Portfolio");
    await slack.pressLabel(ANN, tell, "Next: weekly digest");
    await slack.waitInDm(ANN, "Step 4 of 4");
  });
});

describe.skipIf(overSocket)("one event that comes several times", () => {
  test("starts one flow", async () => {
    give(ANN, { companies: [company("1", "Alder GmbH")] });
    await slack.waitInDm(ANN, "Nothing is imported yet");
    const delivery = slack.deliveries.find(({ kind }) => kind === "event_callback");
    expect(await slack.send(delivery?.fields.payload ?? "", "application/json")).toBe(200);
    expect(await slack.send(delivery?.fields.payload ?? "", "application/json")).toBe(200);
    await aWhile();
    expect(slack.inDm(ANN)).toHaveLength(1);
  });
});

describe("progress", () => {
  test("is shown in the message that becomes the result", async () => {
    const rows = Array.from({ length: 4_000 }, (_, index) => company(String(index), `Company ${index}`));
    give(ANN, { companies: rows });
    await slack.pressLabel(ANN, await slack.waitInDm(ANN, "Nothing is imported yet"), "Import");
    await slack.waitInDm(ANN, "1 file imported");
    const shown = slack.calls
      .filter(({ method }) => method === "chat.update")
      .map(({ args }) => String(args.text));
    expect(shown.some((text) => /^Importing companies\.csv: [\d,]+ rows, \d+ %$/.test(text))).toBe(true);
    expect(slack.inDm(ANN)).toHaveLength(1);
  });
});

describe("whoever is no admin", () => {
  const refused = "Only an admin imports files. Ask ann@example.com.";

  test("is told who is, for the command and for files given", async () => {
    expect((await slack.type(BOB, "import")).text).toBe(refused);
    give(BOB, { companies: [company("1", "Alder GmbH")] });
    await slack.waitInDm(BOB, refused);
    expect(slack.calls.filter(({ method }) => method === "files.info")).toEqual([]);
  });

  test.skipIf(overSocket)("is refused at every step, with a forged button too", async () => {
    const offer = await slack.type(ANN, "import");
    await slack.forge(BOB, offer, CHANNEL, { action_id: "form:0", value: "import" });
    const preview = await previewed();
    const run = elementOf(preview, "Import");
    const refusals = () =>
      slack.seen(BOB).concat(slack.inDm(BOB).map(textOf)).join("").split(refused).length - 1;
    const forged = [
      { action_id: "import:check:dmy", value: run.value ?? "" },
      { action_id: "import:run", value: run.value ?? "" },
      { action_id: "import:cancel", value: run.value ?? "" },
    ];
    for (const action of forged) await slack.forge(BOB, preview, slack.dm(BOB), action);
    await slack.waitFor(() => refusals() >= 8);
    expect(slack.frontModal(BOB)).toBeUndefined();
    expect(await importsOf()).toEqual([]);

    await slack.pressLabel(ANN, preview, "Import");
    const result = await slack.waitInDm(ANN, "with a tier as of");
    const undo = elementOf(result, "Undo import");
    await slack.forge(BOB, result, slack.dm(BOB), { action_id: undo.action_id, value: undo.value ?? "" });
    await slack.waitFor(() => refusals() >= 10);
    expect(await importsOf()).toMatchObject([{ status: "visible" }]);
  });

  test("is refused by the desk itself", async () => {
    const { desk, id } = slack.portfolio;
    const bob = { workspaceId: id, email: "bob@example.com", standing: "member" } as const;
    const watch = { progress: () => undefined, waiting: () => undefined };
    const sentence = { ok: false, message: "Only an admin of Portfolio may do this." };
    expect(await desk.intake.preview(bob, [], {}, watch)).toEqual(sentence);
    expect(await desk.intake.import(bob, [], {}, watch)).toEqual(sentence);
    expect(await desk.intake.undo(bob, [1], watch)).toEqual(sentence);
    expect(await desk.intake.rejects(bob, [1])).toEqual(sentence);
  });

  test.skipIf(overSocket)("a guest's button does nothing that is not ours", async () => {
    const preview = await previewed();
    for (const value of ["", "{}", '{"files":["../../etc/passwd"]}', '{"files":[]}', "not json"])
      expect(await slack.forge(ANN, preview, slack.dm(ANN), { action_id: "import:run", value })).toBe(200);
    await aWhile();
    expect(await importsOf()).toEqual([]);
    expect(slack.logged).toEqual([]);
  });
});

describe("Slack fails", () => {
  test.each([
    ["files.info", "Slack does not tell me about a file."],
    ["url_private", 'Slack did not hand out "deals.csv".'],
  ])("at %s: a sentence, and the next try goes through", async (method, sentence) => {
    slack.faults.next({ method, status: 500 });
    await uploadByForm(slack, drafts({ deals: good.deals ?? [] }), { "import-currency": "EUR" });
    const told = await slack.waitInDm(ANN, sentence);
    await slack.pressLabel(ANN, told, "Try again");
    await slack.waitInDm(ANN, "this is what 1 file would change");
    expect(slack.logged.map(({ level }) => level)).toEqual([40]);
  });

  test("at the file of what was rejected: the import stands, and says so", async () => {
    const preview = await previewed();
    slack.faults.next({ method: "upload_url", status: 500 });
    await slack.pressLabel(ANN, preview, "Import");
    const result = await slack.waitInDm(ANN, "with a tier as of");
    expect(textOf(result)).toContain("Slack did not confirm import-");
    expect(await importsOf()).toHaveLength(1);
  });

  test("at updating the message: the result comes as a new one", async () => {
    const preview = await previewed();
    for (let call = 0; call < 3; call += 1) slack.faults.next({ method: "chat.update", status: 500 });
    await slack.pressLabel(ANN, preview, "Import");
    const result = await slack.waitInDm(ANN, "with a tier as of");
    expect(result.ts).not.toBe(preview.ts);
  });

  test("and a page to sign in is not taken for a file", async () => {
    slack.faults.next({ method: "url_private", status: 302 });
    await uploadByForm(slack, drafts({ deals: good.deals ?? [] }));
    await slack.waitInDm(ANN, "Slack did not hand out");
  });
});

/** Lets everything under way finish, for what must not happen. */
const aWhile = () => new Promise((resolve) => setTimeout(resolve, 300));
