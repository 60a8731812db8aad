import { expect, test } from "vitest";
import type { ActionReason } from "../../../src/core/actions/action.ts";
import { dueFrom } from "../../../src/core/actions/proposal.ts";

const tenure: ActionReason = { code: "tenure", years: 2, on: "2026-11-03" };
const noThanks: ActionReason = { code: "no-thanks" };

test.each([
  ["cross-sell", [], "2026-10-31", "2026-11-22", "2026-11-30"],
  ["win-back", [], "2026-10-31", "2026-10-05", "2026-10-31"],
  ["reference", [tenure], "2026-10-31", "2028-02-10", "2028-02-29"],
  ["thank-you", [noThanks], "2026-10-31", "2026-11-22", "2026-11-30"],
  ["thank-you", [tenure, noThanks], "2026-11-03", "2026-11-22", "2026-11-03"],
  ["renewal", [], "2026-10-31", "2026-11-22", "2026-10-31"],
] as const)(
  "a %s for %o that was due %s is due, seen on %s, by %s",
  (kind, reasons, dueOn, today, expected) => {
    expect(dueFrom({ kind, reasons, dueOn }, today)).toBe(expected);
  },
);
