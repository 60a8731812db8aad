import fc from "fast-check";
import { expect, test } from "vitest";
import { runningText, shortText, truncate } from "../../src/slack/readable-text.ts";
import { nastyText } from "./nasty-text.ts";

test("text is cut between what people see as characters", () => {
  expect(truncate("👍🏽👍🏽👍🏽", 12)).toBe("👍🏽👍🏽👍🏽");
  expect(truncate("👍🏽👍🏽👍🏽", 11)).toBe("👍🏽👍🏽…");
  expect(truncate("Café au lait", 5)).toBe("Café…");
});

test("right-to-left names are isolated, the figures beside them are not", () => {
  expect(runningText("שלום עולם 41", 100)).toBe("\u2068שלום עולם\u2069 41");
  expect(runningText("Acme (שלום) 3", 100)).toBe("Acme (\u2068שלום\u2069) 3");
});

test("nothing to read is shown as a dash", () => {
  expect(shortText(" \u0000\u202e ", 10)).toBe("–");
});

test("no text is longer than it may be, and none is empty", () => {
  fc.assert(
    fc.property(nastyText, fc.integer({ min: 1, max: 400 }), (text, most) => {
      for (const short of [shortText(text, most), runningText(text, most)]) {
        expect(short.length).toBeLessThanOrEqual(most);
        expect(short).not.toBe("");
      }
    }),
  );
});
