import { expect, test } from "vitest";
import type { NameRule } from "../../src/core/same-accounts.ts";
import { type Named, standIns } from "../../src/core/stand-ins.ts";

/** A record `source:name`, or `source:name <address>`; with a `?` before it one that only facts mention. */
function named(text: string): Named {
  const [, unsure, sourceId = "", name = "", email] = /^(\?)?(\w+):([^<]*?)(?: <(.*)>)?$/.exec(text) ?? [];
  return { id: text, sourceId, described: unsure === undefined, name, email };
}

function stand(texts: readonly string[], rules: readonly NameRule[] = []) {
  const forward = standIns(texts.map(named), rules);
  expect(standIns(texts.toReversed().map(named), rules)).toEqual(forward);
  return Object.fromEntries(forward);
}

test("people with one address are one person, the described one first", () => {
  expect(
    stand(["?books:A <ann@example.com>", "crm:Ann <Ann@example.com>", "zen:Ann A. <ANN@example.com>"]),
  ).toEqual({
    "?books:A <ann@example.com>": "crm:Ann <Ann@example.com>",
    "zen:Ann A. <ANN@example.com>": "crm:Ann <Ann@example.com>",
  });
});

test("people without an address are not one person", () => {
  expect(stand(["books:Ann", "crm:Ann", "crm:Bob"])).toEqual({});
});

test("a mention is the one described namesake of its source", () => {
  expect(stand(["?crm:ann archer", "crm:Ann Archer"])).toEqual({ "?crm:ann archer": "crm:Ann Archer" });
  expect(stand(["?books:Ann Archer", "crm:Ann Archer"])).toEqual({});
  expect(stand(["?crm:ann archer", "crm:Ann Archer <a@b.c>", "crm:Ann Archer <d@e.f>"])).toEqual({});
});

test("a mention follows the described one to who they are elsewhere", () => {
  expect(stand(["?crm:ann", "crm:Ann <ann@example.com>", "books:Ann <ann@example.com>"])).toEqual({
    "?crm:ann": "books:Ann <ann@example.com>",
    "crm:Ann <ann@example.com>": "books:Ann <ann@example.com>",
  });
});

test("a rule comes first, and means the same source if it can", () => {
  const rules = [{ value: "GTXPro", standsFor: "GTX Pro" }];
  expect(stand(["crm:gtxpro", "books:GTX Pro", "crm:GTX Pro"], rules)).toEqual({
    "crm:gtxpro": "crm:GTX Pro",
  });
  expect(stand(["crm:GTXPro", "books:GTX Pro"], rules)).toEqual({ "crm:GTXPro": "books:GTX Pro" });
  expect(stand(["crm:GTXPro"], rules)).toEqual({});
});

test("rules lead on, and a circle ends somewhere", () => {
  const rules = [
    { value: "a", standsFor: "b" },
    { value: "b", standsFor: "c" },
  ];
  expect(stand(["crm:a", "crm:b", "crm:c"], rules)).toEqual({ "crm:a": "crm:c", "crm:b": "crm:c" });
  expect(stand(["crm:a", "crm:b", "crm:c"], [...rules, { value: "c", standsFor: "a" }])).toEqual({
    "crm:b": "crm:a",
    "crm:c": "crm:a",
  });
});
