import fc from "fast-check";
import { expect, test } from "vitest";
import { capActions } from "../../../src/core/actions/cap.ts";
import { action, anyActions } from "./actions.ts";

test("by hand: the best of each account, at most two for each, and every complaint", () => {
  const { shown, heldBack } = capActions(
    [
      action({ id: "1", accountId: "acme" }),
      action({ id: "2", accountId: "acme", kind: "renewal" }),
      action({ id: "3", accountId: "beta" }),
      action({ id: "4", accountId: "gamma" }),
      action({ id: "5", accountId: "delta", holderKey: "rep:bob" }),
      action({ id: "6", accountId: "delta", holderKey: "rep:bob", kind: "complaint" }),
      action({ id: "7", accountId: "eta", holderKey: undefined }),
    ],
    2,
  );
  expect(shown.map(({ id }) => id)).toEqual(["1", "3", "6", "7"]);
  // Acme's renewal and what Delta could be sold; Gamma's is one too many for Ada.
  expect(heldBack).toEqual({ byAccount: 2, byCap: 1 });
});

test("a complaint counts for the cap, and is shown beyond it", () => {
  const complaints = ["acme", "beta"].map((accountId) =>
    action({ id: accountId, accountId, kind: "complaint" }),
  );
  const { shown, heldBack } = capActions([action({ accountId: "gamma" }), ...complaints], 1);
  expect(shown).toEqual(complaints);
  expect(heldBack).toEqual({ byAccount: 0, byCap: 1 });
});

test("whatever is open", () => {
  fc.assert(
    fc.property(anyActions, fc.integer({ min: 1, max: 5 }), (ranked, perHolder) => {
      const { shown, heldBack } = capActions(Object.freeze(ranked), perHolder);
      const isComplaint = ({ kind }: { readonly kind: string }) => kind === "complaint";
      // The order stays, every complaint is shown, and what is not shown is counted once.
      expect(shown).toEqual(ranked.filter((each) => shown.includes(each)));
      expect(shown.filter(isComplaint)).toEqual(ranked.filter(isComplaint));
      expect(shown.length + heldBack.byAccount + heldBack.byCap).toBe(ranked.length);
      // An account with a complaint has nothing else, any other one action at most.
      for (const { accountId } of shown) {
        const own = shown.filter((each) => each.accountId === accountId);
        expect(own.every(isComplaint) || own.length === 1).toBe(true);
      }
      for (const holder of ["rep:ada", "rep:bob"]) {
        const held = shown.filter(({ holderKey }) => holderKey === holder);
        expect(held.length).toBeLessThanOrEqual(Math.max(perHolder, held.filter(isComplaint).length));
      }
      // With room for all, every account has something.
      const roomy = capActions(ranked, 1_000);
      expect(roomy.heldBack.byCap).toBe(0);
      expect(new Set(roomy.shown.map(({ accountId }) => accountId))).toEqual(
        new Set(ranked.map(({ accountId }) => accountId)),
      );
    }),
    { seed: 41 },
  );
});
