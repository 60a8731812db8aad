import fc from "fast-check";
import { expect, test } from "vitest";
import { createRequestSeal } from "../../src/installations/request-seal.ts";

test("opens what it sealed, and nothing of it can be read", () => {
  const seal = createRequestSeal(["a secret"]);
  fc.assert(
    fc.property(fc.string({ unit: "binary", minLength: 8 }), fc.string(), (text, workspaceId) => {
      const sealed = seal.seal(workspaceId, text);
      expect(seal.open(workspaceId, sealed)).toBe(Buffer.from(text).toString());
      expect(Buffer.from(sealed, "base64").includes(Buffer.from(text))).toBe(false);
    }),
    { seed: 1 },
  );
});

test("a new secret before the old one seals, and the old one still opens", () => {
  const before = createRequestSeal(["old"]).seal("w", "text");
  const both = createRequestSeal(["new", "old"]);
  expect(both.open("w", before)).toBe("text");
  expect(createRequestSeal(["new"]).open("w", both.seal("w", "text"))).toBe("text");
});

test.each([
  ["another secret", "w", (sealed: string) => sealed, "another"],
  ["another workspace", "v", (sealed: string) => sealed, "a secret"],
  ["a change", "w", (sealed: string) => `${sealed.slice(0, -8)}AAAAAAA=`, "a secret"],
  ["nothing", "w", () => "", "a secret"],
])("does not open with %s", (_, workspaceId, changed, secret) => {
  const sealed = createRequestSeal(["a secret"]).seal("w", "text of a request");
  expect(() => createRequestSeal([secret]).open(workspaceId, changed(sealed))).toThrow(
    "sealed with another key",
  );
});
