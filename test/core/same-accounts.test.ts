import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { nameKey } from "../../src/core/names.ts";
import { type AccountMention, type NameRule, sameAccounts } from "../../src/core/same-accounts.ts";

/** A record `source:name`, or `source:name@domain`; with a `?` before it a mention by name. */
function mention(text: string, index: number): AccountMention {
  const [, unsure, sourceId = "", name = "", domain] = /^(\?)?(\w+):([^@]*)(?:@(.*))?$/.exec(text) ?? [];
  return {
    ...{ id: text, sourceId, described: !unsure, byName: unsure !== undefined, nameKey: nameKey(name) },
    ...{ domain, foundedAtMs: index },
  };
}

/** Groups with their leader first, the others in order. */
function groups(texts: readonly string[], rules: readonly NameRule[] = []): readonly (readonly string[])[] {
  const joined = sameAccounts(texts.map(mention), rules);
  const leaders = [...new Set([...joined.values()].map(({ leader }) => leader))];
  return leaders.map((leader) => [
    leader,
    ...texts.filter((text) => text !== leader && joined.get(text)?.leader === leader),
  ]);
}

describe("by hand", () => {
  test.each<[string, readonly string[], readonly (readonly string[])[]]>([
    ["one name in two sources", ["crm:Acme Ltd", "books:ACME LTD"], [["crm:Acme Ltd", "books:ACME LTD"]]],
    ["the older account stays", ["books:Acme", "crm:Acme"], [["books:Acme", "crm:Acme"]]],
    ["one name twice in a source", ["crm:Acme", "crm:acme"], []],
    ["a source that has two joins neither", ["crm:Acme", "books:Acme", "books:acme"], []],
    [
      "others with one each are joined all the same",
      ["crm:Acme", "books:Acme", "books:acme", "pay:Acme"],
      [["crm:Acme", "pay:Acme"]],
    ],
    ["names of nothing", ["crm:☃", "books:☃"], []],
    [
      "one domain",
      ["crm:Acme@acme.example", "books:A. Ltd@acme.example"],
      [["crm:Acme@acme.example", "books:A. Ltd@acme.example"]],
    ],
    [
      "one domain twice in a source",
      ["crm:Acme@a.example", "crm:Beta@a.example", "books:Gamma@a.example"],
      [],
    ],
    [
      "a domain does not join two records of a source by way of a name",
      ["crm:Acme", "books:Acme@b.example", "crm:Beta@b.example"],
      [["crm:Acme", "books:Acme@b.example"]],
    ],
    [
      "a name and a domain together join three sources",
      ["crm:Acme", "books:Acme@a.example", "pay:Beta@a.example"],
      [["crm:Acme", "books:Acme@a.example", "pay:Beta@a.example"]],
    ],
    [
      "a mention by name is the described one, though it is older",
      ["?crm:Acme", "crm:Acme"],
      [["crm:Acme", "?crm:Acme"]],
    ],
    ["of two described ones a mention is neither", ["crm:Acme", "crm:acme", "?crm:ACME"], []],
    [
      "a mention beside a described one does not make its source's name ambiguous",
      ["?crm:Acme", "crm:Acme", "books:Acme"],
      [["crm:Acme", "?crm:Acme", "books:Acme"]],
    ],
    [
      "a mention alone in its source joins like others",
      ["?crm:Acme", "books:Acme"],
      [["?crm:Acme", "books:Acme"]],
    ],
  ])("%s", (_, texts, expected) => {
    expect(groups(texts)).toEqual(expected);
  });

  test("a rule moves the records of a name, in the same source first", () => {
    const rules = [{ value: "Acmee", standsFor: "Acme" }];
    expect(groups(["crm:Acmee", "crm:Acme"], rules)).toEqual([["crm:Acme", "crm:Acmee"]]);
    expect(groups(["crm:Acmee", "books:Acme"], rules)).toEqual([["books:Acme", "crm:Acmee"]]);
    // "Acme" are two accounts, of which one is in the same source.
    expect(groups(["crm:Acmee", "crm:Acme", "books:Acme", "books:acme"], rules)).toEqual([
      ["crm:Acme", "crm:Acmee"],
    ]);
    expect(groups(["crm:Acmee", "books:Acme", "books:acme"], rules)).toEqual([]);
    expect(groups(["crm:Acmee"], rules)).toEqual([]);
    expect(sameAccounts(["crm:Acmee", "crm:Acme"].map(mention), rules).get("crm:Acmee")).toEqual({
      leader: "crm:Acme",
      byRule: true,
    });
  });

  test("a rule moves whatever its name has joined", () => {
    expect(groups(["crm:Acmee", "books:Acmee", "crm:Acme"], [{ value: "Acmee", standsFor: "Acme" }])).toEqual(
      [["crm:Acme", "crm:Acmee", "books:Acmee"]],
    );
  });
});

const someRecords = fc
  .uniqueArray(
    fc.record({
      sourceId: fc.constantFrom("crm", "books", "pay"),
      described: fc.boolean(),
      byName: fc.boolean(),
      nameKey: fc.constantFrom("", "acme", "beta", "gamma"),
      domain: fc.constantFrom(undefined, "a.example", "b.example"),
      foundedAtMs: fc.constantFrom(undefined, 1, 2),
      id: fc.nat(1_000).map(String),
    }),
    { maxLength: 9, selector: ({ id }) => id },
  )
  .map((records): readonly AccountMention[] => records);
const someRules = fc.constantFrom<readonly NameRule[]>(
  [],
  [{ value: "beta", standsFor: "acme" }],
  [
    { value: "beta", standsFor: "acme" },
    { value: "acme", standsFor: "gamma" },
  ],
);

test("the outcome does not depend on the order of the records, and leaders lead themselves", () => {
  fc.assert(
    fc.property(
      someRecords.chain((records) =>
        fc.tuple(
          fc.constant(records),
          fc.shuffledSubarray([...records], { minLength: records.length, maxLength: records.length }),
        ),
      ),
      someRules,
      ([records, shuffled], rules) => {
        const joined = sameAccounts(Object.freeze(records), rules);
        expect(new Map([...sameAccounts(shuffled, rules)].sort())).toEqual(new Map([...joined].sort()));
        for (const { leader } of joined.values()) expect(joined.get(leader)?.leader).toBe(leader);
      },
    ),
    { seed: 4, numRuns: 2_000 },
  );
});

test("without rules no account has two described records of one source", () => {
  fc.assert(
    fc.property(someRecords, (records) => {
      const joined = sameAccounts(records);
      const places = records
        .filter(({ id, described }) => described && joined.has(id))
        .map(({ id, sourceId }) => `${joined.get(id)?.leader} ${sourceId}`);
      expect(new Set(places).size).toBe(places.length);
    }),
    { seed: 5, numRuns: 2_000 },
  );
});
