import { describe, expect, test } from "vitest";
import { chanceMethod } from "../../../src/core/win/chance-method.ts";
import { evaluate } from "../../../src/core/win/evaluate.ts";
import { trainBaseRate } from "../../../src/core/win/train-model.ts";

describe("the scorecard hands over", () => {
  const outcomes = (won: number, lost: number) => ({
    won: Uint8Array.from({ length: won + lost }, (_, row) => Number(row < won)),
  });
  const fitOf = (won: number, lost: number, signal: boolean) => {
    const rows = Int32Array.from({ length: won + lost }, (_, row) => row);
    const model = trainBaseRate(outcomes(won, lost), rows);
    const table = { rows: won + lost, features: [] };
    const evaluation = evaluate(table, outcomes(won, lost), (some) =>
      trainBaseRate(outcomes(won, lost), some),
    );
    const method = signal ? ("logistic" as const) : model.method;
    return { model: { ...model, method }, evaluation: { ...evaluation, signal } };
  };

  test.each([
    [50, 50, true, "model"],
    [50, 50, false, "base-rate"],
    [49, 200, true, "scorecard"],
    [200, 49, true, "scorecard"],
  ])("%i won, %i lost, signal %s: by %s", (won, lost, signal, kind) => {
    expect(chanceMethod(fitOf(won, lost, signal))).toEqual({ kind, deals: won + lost, won });
  });

  test("without any fit it stays", () => {
    expect(chanceMethod(undefined)).toEqual({ kind: "scorecard", deals: 0, won: 0 });
  });
});
