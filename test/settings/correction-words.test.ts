import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseQuery } from "../../src/query.ts";
import { readCorrection } from "../../src/settings/correction-words.ts";
import { UsageError } from "../../src/usage-error.ts";

const read = (line: string) => readCorrection(parseQuery(line, []).words);
const set = { kind: "set", until: undefined, reason: "so" };

describe("a typed correction", () => {
  test.each([
    ["acme owner:ann because so", { ...set, account: "acme", field: "owner", value: "ann" }],
    [
      'acme gmbh owner:"Ann Archer" because so',
      { ...set, account: "acme gmbh", field: "owner", value: "Ann Archer" },
    ],
    [
      "acme industry:real estate because so",
      { ...set, account: "acme", field: "industry", value: "real estate" },
    ],
    [
      "acme Tier:A UNTIL 2027-03-31 BECAUSE so",
      { ...set, account: "acme", field: "tier", value: "A", until: "2027-03-31" },
    ],
    [
      "acme tier:A because so until 2027-03-31",
      { ...set, account: "acme", field: "tier", value: "A", until: "2027-03-31" },
    ],
    [
      "acme tier:A until 2027-03-31 because good until 2020-01-01",
      {
        ...set,
        account: "acme",
        field: "tier",
        value: "A",
        until: "2027-03-31",
        reason: "good until 2020-01-01",
      },
    ],
    [
      "acme owner:ann because wait until they call",
      { ...set, account: "acme", field: "owner", value: "ann", reason: "wait until they call" },
    ],
    ["owner:land gmbh tier:B because so", { ...set, account: "owner:land gmbh", field: "tier", value: "B" }],
    ["acme tier none", { kind: "take-back", account: "acme", field: "tier" }],
    ["acme owner:none", { kind: "take-back", account: "acme", field: "owner" }],
  ])("%s", (line, correction) => {
    expect(read(line)).toEqual(correction);
  });

  test("is understood or explained, whatever it is", () => {
    const word = fc.oneof(
      fc.constantFrom("owner:", "tier:A", "tier", "none", "because", "until", "2027-03-31", "acme"),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 8 }), (words) => {
        try {
          const correction = readCorrection(words);
          expect(correction.account).not.toBe("");
          if (correction.kind === "set") expect(correction.value).not.toBe("");
        } catch (error) {
          expect(error).toBeInstanceOf(UsageError);
        }
      }),
      { seed: 4301 },
    );
  });
});
