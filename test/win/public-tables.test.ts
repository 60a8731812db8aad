import { expect, test } from "vitest";
import { evalFile } from "../../src/win/eval-file.ts";
import { wordWinEval } from "../../src/win/word-win-eval.ts";
import { lookAlikes } from "../helpers/public-tables.ts";
import { tempFile } from "../helpers/temp-file.ts";

test.each(lookAlikes)(
  "$file: leaks are named, what is known beforehand stays and tells something",
  async ({ file, csv, outcome, time, excluded, features }) => {
    const report = await evalFile(tempFile(csv, file), { outcome, ...(time && { time }) }, () => 0);
    const codes = Object.fromEntries(report.excluded.map(({ column, code }) => [column, code]));
    expect(codes).toEqual(excluded);
    expect(report.features).toEqual(features);
    expect(report).toMatchObject({ signal: true, split: time === undefined ? "folds" : "time" });
    expect(report.auc).toBeGreaterThan(0.65);
    expect(report.auc).toBeLessThan(0.95);
    for (const column of Object.keys(excluded)) expect(wordWinEval(report)).toContain(`\n  ${column}: `);
  },
);
