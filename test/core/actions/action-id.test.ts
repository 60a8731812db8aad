import fc from "fast-check";
import { validate, version } from "uuid";
import { expect, test } from "vitest";
import { actionKinds } from "../../../src/core/actions/action.ts";
import { actionId } from "../../../src/core/actions/action-id.ts";

const proposal = fc.record({
  kind: fc.constantFrom(...actionKinds),
  accountId: fc.uuid(),
  subject: fc.oneof(fc.constant(""), fc.uuid(), fc.string({ unit: "grapheme" })),
});

// Oracle: Python's `uuid.uuid5` of the namespace and the JSON array.
test("a proposal has the same id for ever: ids are kept with answers, so none may change", () => {
  const accountId = "00000000-0000-4000-8000-000000000001";
  expect(actionId({ kind: "win-back", accountId, subject: "" })).toBe("a693ae7d-7547-52d7-9e7a-6d29735ec729");
  expect(actionId({ kind: "renewal", accountId, subject: "Größe 2027-01-15" })).toBe(
    "6c36ce60-1a46-5053-91a0-9dcaf6a48d23",
  );
});

test("ids are UUIDs that follow from a name", () => {
  fc.assert(
    fc.property(proposal, (one) => {
      const id = actionId(one);
      expect(validate(id)).toBe(true);
      expect(version(id)).toBe(5);
      expect(actionId({ ...one })).toBe(id);
    }),
    { seed: 7 },
  );
});

test("another kind, account or subject is another id, however alike", () => {
  const accounts = Array.from(
    { length: 500 },
    (_, index) => `00000000-0000-4000-8000-${String(index).padStart(12, "0")}`,
  );
  const ids = accounts.flatMap((accountId) =>
    actionKinds.flatMap((kind) =>
      ["", "1", "2", "12"].map((subject) => actionId({ kind, accountId, subject })),
    ),
  );
  expect(new Set(ids).size).toBe(ids.length);
  // Where one part ends and the next begins makes a difference.
  expect(actionId({ kind: "offer", accountId: "a", subject: "bc" })).not.toBe(
    actionId({ kind: "offer", accountId: "ab", subject: "c" }),
  );
});
