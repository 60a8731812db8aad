import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cleanText, isolateDirection, matchNames, nameKey, stemKey } from "../../src/core/names.ts";

const text = fc.oneof(fc.string({ unit: "binary", maxLength: 60 }), fc.string({ unit: "grapheme" }));

describe("what two spellings have in common", () => {
  test.each([
    ["GTX Pro", "gtxpro"],
    ["GTX-Pro", "GTXPRO"],
    ["Müller & Söhne", "muller sohne"],
    ["Mu\u0308ller", "M\u00fcller"],
    ["Ａcme　１", "acme1"],
    ["ﬁnance", "FINANCE"],
    ["ΟΔΟΣ", "οδοσ"],
    ["İstanbul", "istanbul"],
    ["شركة النور", "شركةالنور"],
  ])("%s and %s are one name", (left, right) => {
    expect(nameKey(left)).toBe(nameKey(right));
  });

  test.each([
    ["Acme 1", "Acme 2"],
    ["GTX Pro", "GTX Prod"],
    ["東京", "京都"],
    ["राम", "रमा"],
  ])("%s and %s are two", (left, right) => {
    expect(nameKey(left)).not.toBe(nameKey(right));
  });

  test.each(["☃", "--", "", " "])("%j has neither letter nor digit", (name) => {
    expect(nameKey(name)).toBe("");
  });

  test("a key holds letters and digits only, is its own key, and does not mind spaces and signs", () => {
    fc.assert(
      fc.property(text, (name) => {
        const key = nameKey(name);
        expect(key).toMatch(/^[\p{L}\p{N}\p{M}]*$/u);
        expect(nameKey(key)).toBe(key);
        expect(nameKey(` -${name}!`)).toBe(key);
      }),
    );
  });
});

describe("clean text", () => {
  test.each([
    ["line\nbreak\ttab", "line break tab"],
    ["\r\n", ""],
    ["a\u0000b\u0007c", "a b c"],
    ["\u001b[31mred\u001b[0m", "[31mred [0m"],
    ["\u009b31mred", "31mred"],
    ["para\u2029graph\u2028s", "para graph s"],
    ["\u202eevil\u202c", "evil"],
    ["\u2066a\u2069 \u200eb\u200f", "a b"],
    ["\u061cمرحبا", "مرحبا"],
    ["\ufeffname", "name"],
    ["  too   many\u00a0spaces ", "too many spaces"],
    ["👩‍👩‍👧 می‌خواهم", "👩‍👩‍👧 می‌خواهم"],
  ])("%j becomes %j", (typed, expected) => {
    expect(cleanText(typed)).toBe(expected);
  });

  test("no control, line-breaking or direction-changing character is left in any text", () => {
    fc.assert(
      fc.property(text, (typed) => {
        const clean = cleanText(typed);
        expect(clean).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/u);
        expect(clean).not.toMatch(/^\s|\s$|\s\s/u);
        expect(cleanText(clean)).toBe(clean);
      }),
    );
    const controls = Array.from({ length: 0x11_0000 }, (_, code) => code)
      .filter((code) => code < 0xd800 || code > 0xdfff)
      .map((code) => String.fromCodePoint(code))
      .filter((character) => /[\p{Cc}\p{Bidi_Control}]/u.test(character));
    expect(controls.length).toBeGreaterThan(70);
    expect(cleanText(`a${controls.join("")}b`)).toMatch(/^a ?b$/);
  });

  test("what people can read stays", () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[\p{L}\p{N}\p{P}]{1,8}$/u), { minLength: 1 }), (words) => {
        expect(cleanText(words.join(" \t\n"))).toBe(words.join(" "));
      }),
    );
  });
});

test.each([
  ["Manufacturing", "manufacturers", true],
  ["Retail", "retailers", true],
  ["Banking", "banks", true],
  ["Retail", "Real estate", false],
  // Too short to tell.
  ["Air", "airy", false],
  ["IT", "its", false],
])("those who are in %s may be called %s: %s", (industry, members, isSame) => {
  expect(stemKey(industry) === stemKey(members)).toBe(isSame);
});

describe("matching typed names", () => {
  const names = ["Acme", "ACME Inc", "Acme Holding", "Holding Acme", "Plan B", "Plan-B Extra", "☃"];
  const match = (typed: string, values: readonly string[] = names) =>
    matchNames(typed, values, (value) => value);

  test.each([
    // Equal, but for case and surrounding spaces, before everything else.
    ["acme", ["Acme"]],
    [" ACME inc ", ["ACME Inc"]],
    ["☃", ["☃"]],
    // Then equal but for spaces, signs and accents.
    ["plan-b", ["Plan B"]],
    ["àcme", ["Acme"]],
    // Then starting with it, then containing it; several are ambiguous.
    ["acme h", ["Acme Holding"]],
    ["acm", ["Acme", "ACME Inc", "Acme Holding"]],
    ["holding", ["Holding Acme"]],
    ["extra", ["Plan-B Extra"]],
    ["gadget", []],
    ["", []],
    ["!!", []],
  ])("%j means %j", (typed, expected) => {
    expect(match(typed)).toEqual(expected);
  });

  test("two that are equal but for case are both meant", () => {
    expect(match("acme", ["Acme", "ACME", "Acme Inc"])).toEqual(["Acme", "ACME"]);
  });

  test("a name that is typed as it stands always means itself, whatever else there is", () => {
    fc.assert(
      fc.property(fc.array(text.map(cleanText), { minLength: 1 }), fc.nat(), (values, index) => {
        const typed = values[index % values.length] ?? "";
        expect(match(typed, Object.freeze(values))).toContain(typed);
      }),
    );
  });
});

describe("direction", () => {
  test.each(["שלום", "شركة النور", "Acme שלום", "ܫܠܡܐ", "ދިވެހި", "ߒߞߏ", "𞤀𞤣𞤤𞤢𞤥"])("%s is isolated", (name) => {
    expect(isolateDirection(name)).toBe(`\u2068${name}\u2069`);
  });
  test.each(["Acme", "東京 1", "Ünïcödé 🎉", ""])("%j needs no isolation", (name) => {
    expect(isolateDirection(name)).toBe(name);
  });
});
