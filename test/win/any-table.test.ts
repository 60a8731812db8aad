import fc from "fast-check";
import { expect, test } from "vitest";
import { FileFault } from "../../src/tables/file-fault.ts";
import { evalFile } from "../../src/win/eval-file.ts";
import { wordWinEval } from "../../src/win/word-win-eval.ts";
import { tempFile } from "../helpers/temp-file.ts";

const day = fc.integer({ min: 1, max: 28 }).map((each) => String(each).padStart(2, "0"));
const kinds: readonly fc.Arbitrary<string>[] = [
  fc.integer({ min: -3, max: 12 }).map(String),
  fc.double({ noNaN: false }).map(String),
  fc.constantFrom("€ 1.234,50", "12 %", "(3)", "1,5", "1e-9", "4.5k", "NaN", "Infinity", "-"),
  fc.constantFrom("Web", "web", "Fair", "n/a", "Select", "ünïcode ☃", "a;b", "a,b", 'a "quoted" word'),
  fc.constant("always"),
  fc.constant(""),
  fc.string({ maxLength: 12 }).map((text) => text.replace(/\p{C}/gu, "")),
  fc.lorem({ maxCount: 9 }),
  fc.uuid(),
  day.map((each) => `2024-03-${each}`),
  day.map((each) => `${each}.03.2024 14:05`),
  day.map((each) => `03/${each}/24`),
  fc.constantFrom("true", "FALSE", "0", "1"),
];
const ends = [
  ["Won", "Lost"],
  ["Closed Won", "Closed Lost", "Open"],
  ["yes", "no", ""],
  ["1", "0"],
  ["1.0", "0.0"],
  ["TRUE", "FALSE"],
  ["Converted", ""],
  ["Y", "N"],
  ["good", "bad"],
  ["Won"],
];
const names = fc.constantFrom(
  ...["Source", "source", "", "Id", "Tags", "Created", "constructor", "__proto__", "Größe (m²)", "Outcome"],
);

const table = fc
  .record({
    rows: fc.oneof(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 100, max: 160 })),
    names: fc.array(names, { maxLength: 7 }),
    end: fc.constantFrom(...ends),
    separator: fc.constantFrom(",", ";", "\t", "|"),
    start: fc.constantFrom("", "\uFEFF"),
    newline: fc.constantFrom("\n", "\r\n"),
    hasTime: fc.boolean(),
  })
  .chain((plan) => {
    const column = (cell: fc.Arbitrary<string>) =>
      fc.array(fc.oneof({ weight: 9, arbitrary: cell }, { weight: 1, arbitrary: fc.constant("") }), {
        minLength: plan.rows,
        maxLength: plan.rows,
      });
    const anyColumn = fc.constantFrom(...kinds).chain(column);
    const columns = fc.tuple(
      column(fc.constantFrom(...plan.end)),
      column(fc.constantFrom(...kinds.slice(-4)).chain((kind) => kind)),
      ...plan.names.map(() => anyColumn),
    );
    return fc.record({ plan: fc.constant(plan), columns });
  });

test("any table gives a report that holds together, or a sentence", { timeout: 60_000 }, async () => {
  let reports = 0;
  await fc.assert(
    fc.asyncProperty(table, async ({ plan, columns }) => {
      const quoted = (cells: readonly string[]) =>
        cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(plan.separator);
      const lines = Array.from({ length: plan.rows }, (_, row) =>
        quoted(columns.map((own) => own[row] ?? "")),
      );
      const header = quoted(["Result", "Began", ...plan.names]);
      const path = tempFile(`${plan.start}${[header, ...lines].join(plan.newline)}\n`, "any.csv");
      const options = { outcome: "result", ...(plan.hasTime && { time: "began" }) };
      const report = await evalFile(path, options, () => 0).catch((error: unknown) => {
        expect(error).toBeInstanceOf(FileFault);
        expect(String(error)).toMatch(/any\.csv \S.*[.…]$/s);
        return undefined;
      });
      if (!report) return;
      reports += 1;
      const text = JSON.stringify(report, (_, value: unknown) =>
        typeof value === "number" && !Number.isFinite(value) ? "not a number" : value,
      );
      expect(text).not.toContain("not a number");
      expect(wordWinEval(report)).not.toMatch(/NaN|undefined/);
      const { auc, brier, baseRate, calibration, tested, won, used } = report;
      for (const share of [auc ?? 0.5, brier, baseRate]) {
        expect(share).toBeGreaterThanOrEqual(0);
        expect(share).toBeLessThanOrEqual(1);
      }
      expect(baseRate).toBeCloseTo(won / used, 9);
      expect(calibration.reduce((sum, bin) => sum + bin.rows, 0)).toBe(tested);
      const judged = [...report.features, ...report.excluded.map(({ column }) => column)];
      expect(judged).toHaveLength(columns.length - (plan.hasTime ? 2 : 1));
      expect(new Set(judged).size).toBe(judged.length);
    }),
    { numRuns: 120, seed: 8 },
  );
  expect(reports).toBeGreaterThan(40);
});
