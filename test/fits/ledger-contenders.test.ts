import { expect, test } from "vitest";
import { createHistories } from "../../src/core/models/histories.ts";
import { compareInHoldout } from "../../src/fits/ledger-contenders.ts";
import { ledgerModels } from "../../src/fits/ledger-models.ts";
import { cdnowDays, readCdnowSample } from "../helpers/cdnow.ts";

const looking = { ...cdnowDays, unit: "week" } as const;
const histories = createHistories(readCdnowSample(), looking);
const fitted = ledgerModels["bg-nbd"](histories);

test("a model that converged contends alone with the guess that tells customers apart", () => {
  const { fallback, choice } = compareInHoldout(fitted, histories, looking);
  expect(fallback).toBeNull();
  expect(choice?.name).toBe("bg-nbd");
});

test("one whose search was cut short is shown and never chosen, however near it came: the NBD contends for it", () => {
  const outcome = { kind: "did-not-converge", reason: "The likelihood was still rising." } as const;
  const unsettled = { ...fitted, fit: { ...fitted.fit, outcome } };
  const { fallback, choice, holdout } = compareInHoldout(unsettled, histories, looking);
  expect(holdout?.mae).toBeCloseTo(0.7855, 4);
  expect(fallback).toMatchObject({ model: "nbd", outcome: { kind: "converged" } });
  expect(fallback?.parameters?.r).toBeCloseTo(0.3848, 4);
  expect(fallback?.holdout?.mae).toBeGreaterThan(holdout?.mae ?? 9);
  expect(["nbd", "same-as-calibration"]).toContain(choice?.name);
});
