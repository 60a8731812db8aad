import { existsSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { createRandom, drawNormal } from "../../src/core/random.ts";
import { type EvalOptions, evalFile } from "../../src/win/eval-file.ts";
import { wordWinEval } from "../../src/win/word-win-eval.ts";
import { fitPlainLogistic, plainAuc } from "../helpers/plain-logistic.ts";
import { plantedLeads } from "../helpers/planted-leads.ts";
import { tempFile, tempFolder } from "../helpers/temp-file.ts";
import { startTerminal } from "../helpers/terminal-process.ts";
import { textRow, writeWorkbook } from "../helpers/write-workbook.ts";

const evaluate = (path: string, options: Partial<EvalOptions> = {}) =>
  evalFile(path, { outcome: "Converted", ...options }, () => 0);
const csv = (...lines: readonly string[]) => tempFile(`${lines.join("\n")}\n`, "leads.csv");
const many = (rows: number, line: (row: number) => string) =>
  Array.from({ length: rows }, (_, row) => line(row));

describe("a table of leads with planted leaks", () => {
  const leads = plantedLeads(11);

  test("names the leaks, and is as good as a logistic regression on the clean columns", async () => {
    const report = await evaluate(tempFile(leads.csv, "leads.csv"), { time: "created" });
    const codes = Object.fromEntries(report.excluded.map(({ column, code }) => [column, code]));
    expect(codes).toEqual({ ...leads.leaks, "Prospect ID": "identifier", Note: "free-text" });
    expect(report.features).toEqual(leads.honest);
    expect(report).toMatchObject({ rows: 4_000, used: 4_000, split: "time", signal: true });
    expect(report.time).toEqual({ column: "Created", from: "2024-01-01", until: "2025-05-14", without: 0 });

    const cut = report.trained;
    const chance = fitPlainLogistic(leads.design.slice(0, cut), leads.won.slice(0, cut));
    const [tested, came] = [leads.design.slice(cut), leads.won.slice(cut)];
    expect(report.tested).toBe(tested.length);
    const oracle = plainAuc(tested.map(chance), came);
    expect(oracle).toBeGreaterThan(0.72);
    expect(Math.abs((report.auc ?? 0) - oracle)).toBeLessThan(0.01);

    const observed = report.calibration.reduce((sum, bin) => sum + bin.rows * bin.observed, 0);
    expect(observed).toBeCloseTo(
      came.reduce((sum, won) => sum + won, 0),
      6,
    );
    expect(report.baseRate).toBeCloseTo(leads.won.reduce((sum, won) => sum + won, 0) / 4_000, 12);
    expect(report.gain).toBeCloseTo(report.baseLogLoss - report.logLoss, 9);
    expect(report.lift10).toBeGreaterThan(1.5);
  });

  test("reads the same from a packed file, and says so in words", async () => {
    const report = await evaluate(tempFile(gzipSync(leads.csv), "leads.csv.gz"));
    expect(report).toMatchObject({ split: "folds", time: null, signal: true });
    const text = wordWinEval(report);
    expect(text).toMatch(
      /^There is a signal: as of what was known beforehand, Converted is told with an AUC of 0\.\d{3}/,
    );
    expect(text).toContain('  Tags: Its name says "tags": that is known for sure only after the end');
    expect(text).toContain("  Enrolment: It is the outcome, or says the same in other words.");
    expect(text).toMatch(/^ {2}Onboarding ref: Whether it is filled tells the end alone \(AUC 1\.00\)/m);
    expect(text).toMatch(/^ {2}Batch: Alone it tells the end better than anything known beforehand does/m);
    expect(text).toMatch(/^AUC +0\.\d{4} +0\.5000$/m);
  });
});

test("without signal it says so, with the base rate", async () => {
  const random = createRandom(3);
  const rows = many(
    900,
    () => `${random() < 0.63 ? "Won" : "Lost"},${random() < 0.5 ? "Web" : "Fair"},${random()}`,
  );
  const report = await evaluate(csv("Deal Stage,Source,Size", ...rows), { outcome: "deal stage" });
  expect(report.signal).toBe(false);
  expect(wordWinEval(report)).toMatch(/^There is no signal: .* Use the base rate of 6\d\.\d %\.$/m);
});

test("a column that tells much alone is used, and people are told to look", async () => {
  const random = createRandom(4);
  const rows = many(800, () => {
    const isWon = random() < 0.4;
    const visits = Math.round(40 + 10 * drawNormal(random) + (isWon ? 18.5 : 0));
    return `${isWon ? "Converted" : ""},${visits},${random() < 0.5 ? "Web" : "Fair"},${random() < 0.5 ? "A" : "B"}`;
  });
  const report = await evaluate(csv("Converted,Visits,Source,Status", ...rows));
  expect(report.features).toEqual(["Visits", "Source", "Status"]);
  expect(report.auc).toBeGreaterThan(0.88);
  expect(report.suspicious).toMatchObject([{ column: "Visits" }, { column: "Status", word: "status" }]);
  expect(wordWinEval(report)).toMatch(
    /^ {2}Visits: Alone it tells the end unusually well \(AUC 0\.(?:8|9)\d\)/m,
  );
});

test("open deals are set aside and counted, whether the stage or another column says that they are open", async () => {
  const stages = ["Closed Won", "Closed Lost", "Prospecting", "Closed Lost", ""];
  const rows = many(500, (row) => {
    const stage = stages[row % 5] ?? "";
    return `${row * 31},${stage},${stage === "Closed Won"},${stage.startsWith("Closed")},${row % 7}`;
  });
  const path = csv("Id,Stage,IsWon,IsClosed,Size", ...rows);
  const byStage = await evaluate(path, { outcome: "Stage" });
  expect(byStage).toMatchObject({ rows: 500, used: 300, won: 100 });
  expect(byStage.skipped).toEqual({ open: { Prospecting: 100 }, withoutOutcome: 100, unreadable: 0 });
  const byFlag = await evaluate(path, { outcome: "IsWon" });
  expect(byFlag).toMatchObject({ used: 300, won: 100, skipped: { open: { "not IsClosed": 200 } } });
  expect(byFlag.excluded.map(({ column }) => column)).toEqual(["Id", "Stage", "IsClosed"]);
});

test("a column of days tells who converted, and others are ages on the day that a row began", async () => {
  const day = (days: number) => new Date(Date.UTC(2025, 0, 1 + days)).toISOString().slice(0, 10);
  const rows = many(
    400,
    (row) =>
      `${day(row)},${day(row - ((row * 7) % 90))},${day(row + 30)},${row % 3 === 0 ? day(row + 20) : ""},${row % 4}`,
  );
  const path = csv("first_contact,founded,follow_up,won_date,size", ...rows);
  const report = await evaluate(path, { outcome: "won_date", time: "first_contact" });
  expect(report).toMatchObject({ won: 134, outcome: { won: ["filled"], lost: ["(blank)"] } });
  expect(report.features).toEqual(["founded", "size"]);
  expect(report.excluded).toMatchObject([{ column: "follow_up", code: "after-time" }]);
  const untimed = await evaluate(path, { outcome: "won_date" });
  expect(untimed.excluded.map(({ code }) => code)).toEqual(["date", "date", "date"]);
});

test("few rows, one column and no column are no failure", async () => {
  const few = await evaluate(csv("Converted,Source", "1,Web", "0,Fair", "0,Web"));
  expect(few).toMatchObject({ signal: false, used: 3, method: "base-rate" });
  const alone = await evaluate(csv("Converted", ...many(300, (row) => String(Number(row % 3 === 0)))));
  expect(alone).toMatchObject({ signal: false, features: [], excluded: [] });
  for (const report of [few, alone]) {
    const text = JSON.stringify(report, (_, value: unknown) =>
      Number.isNaN(value) ? "not a number" : value,
    );
    expect(text).not.toContain("not a number");
    expect(wordWinEval(report)).toMatch(/^(?:There is no signal|Nothing could be tested)/);
  }
});

test("a workbook is read like a text", async () => {
  const cells = many(200, (row) => textRow(row % 2 ? "Yes" : "No", `Source ${row % 5}`, String(row)));
  const sheet = { name: "Leads", rows: `${textRow("Churn", "Source", "Customer No")}${cells.join("")}` };
  const report = await evaluate(tempFile(writeWorkbook({ sheets: [sheet] }), "leads.xlsx"), {
    outcome: "Churn",
  });
  expect(report).toMatchObject({ rows: 200, won: 100, features: ["Source"] });
});

test.each([
  { options: { outcome: "Convertd" }, says: /has no column "Convertd"\. The nearest are Converted, / },
  { options: { time: "Creatd" }, says: /has no column "Creatd"\. The nearest are Created, / },
  {
    options: { outcome: "Source" },
    says: /does not say in Source which rows were won: it has "Web" \(2\), .*--won/,
  },
  {
    options: { outcome: "Source", won: ["webb"] },
    says: /--won "webb": Source has no such value\. It has "Web"/,
  },
  { options: { outcome: "Kind" }, says: /has only "a" in Kind: all rows ended alike/ },
  { options: { outcome: "Empty" }, says: /has nothing in Empty/ },
  { options: { time: "Source" }, says: /has no days in Source: it has texts such as "Web"/ },
  {
    options: { time: "Slashed" },
    says: /has days in Slashed that can be read two ways, such as 03\/04\/2025/,
  },
  { options: { time: "Converted" }, says: /cannot have Converted as outcome and time/ },
])("$options: $says", async ({ options, says }) => {
  const path = csv(
    "Converted,Created,Source,Kind,Empty,Slashed",
    ...["1,2025-01-01,Web,a,,03/04/2025", "0,2025-01-02,Fair,a,,05/04/2025"],
    ...["0,2025-01-03,Web,a,,03/04/2025", "1,2025-01-04,Mail,a,,03/06/2025"],
  );
  await expect(evaluate(path, options)).rejects.toThrow(says);
});

test("in a terminal it needs no store, and prints JSON with what was promised", async () => {
  const data = join(tempFolder(), "data");
  const path = tempFile(plantedLeads(5, 400).csv, "leads.csv");
  const { code, output } = await startTerminal(["win-eval", path, "--outcome", "Converted", "--json"], {
    DATA_DIR: data,
  }).ended;
  expect(code).toBe(0);
  const report: unknown = JSON.parse(output);
  for (const key of ["auc", "brier", "logLoss", "baseRate", "lift10", "signal", "excluded", "calibration"])
    expect(report).toHaveProperty(key);
  expect(existsSync(data)).toBe(false);
});

test("in a terminal a file that is none fails with a sentence", async () => {
  const { code, output, errors } = await startTerminal(["win-eval", "nowhere.csv", "--outcome", "y"], {})
    .ended;
  expect({ code, output, errors }).toEqual({
    ...{ code: 1, output: "", errors: "nowhere.csv does not exist. Check the path: nowhere.csv.\n" },
  });
});
