import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type ActionKind, actionKinds } from "../../../src/core/actions/action.ts";
import { type GivenAnswer, neverCooling, opennessOf } from "../../../src/core/actions/suppress.ts";
import { addDays } from "../../../src/core/calendar.ts";

const proposal = (kind: ActionKind, id: string = kind) => ({ id, accountId: "acme", kind });
const answer = (kind: ActionKind, given: Partial<GivenAnswer> = {}): GivenAnswer => ({
  ...{
    actionId: kind,
    accountId: "acme",
    kind,
    subject: "",
    answer: "done",
    on: "2026-01-01",
    isEnded: false,
  },
  ...given,
});
const terms = (today: string, coolDownDays = 14) => ({ today, coolDownDays });

describe("what is held back until when", () => {
  test.each<[what: string, ActionKind, GivenAnswer, kind: string, reopensOn: string | undefined]>([
    ["done, for 90 days", "win-back", answer("win-back"), "done", "2026-04-01"],
    ["a renewal that is done, for ever", "renewal", answer("renewal"), "done", undefined],
    ["a complaint that is done, for ever", "complaint", answer("complaint"), "done", undefined],
    [
      "snoozed, its last day included",
      "win-back",
      answer("win-back", { answer: "snoozed", until: "2026-01-20" }),
      "snoozed",
      "2026-01-21",
    ],
    [
      "not relevant, for 180 days",
      "win-back",
      answer("win-back", { answer: "not-relevant" }),
      "not-relevant",
      "2026-06-30",
    ],
    [
      "not relevant, said of another product",
      "cross-sell",
      answer("cross-sell", { actionId: "other", answer: "not-relevant" }),
      "not-relevant",
      "2026-06-30",
    ],
    ["cooling down after something else", "cross-sell", answer("check-in"), "cool-down", "2026-01-15"],
  ])("%s", (_, kind, given, held, reopensOn) => {
    const opennessAt = (today: string) => opennessOf(proposal(kind), [given], terms(today));
    expect(opennessAt("2026-01-02")).toEqual({ kind: held, reopensOn });
    if (reopensOn === undefined) return expect(opennessAt("2099-01-01")).toMatchObject({ kind: held });
    expect(opennessAt(addDays(reopensOn, -1))).toMatchObject({ kind: held });
    expect(opennessAt(reopensOn)).toEqual({ kind: "open" });
  });

  test.each<[what: string, ActionKind, GivenAnswer]>([
    ["an answer that was taken back", "win-back", answer("win-back", { isEnded: true })],
    ["being given to somebody", "win-back", answer("win-back", { answer: "reassigned" })],
    ["another account", "win-back", answer("win-back", { accountId: "beta" })],
    [
      "a snooze of another",
      "cross-sell",
      answer("cross-sell", { actionId: "other", answer: "snoozed", until: "2027-01-01" }),
    ],
    ["another kind that is not relevant", "up-sell", answer("cross-sell", { answer: "not-relevant" })],
    ["an earlier complaint", "complaint", answer("complaint", { actionId: "other", answer: "not-relevant" })],
    ["the renewal of before", "renewal", answer("renewal", { actionId: "other" })],
  ])("nothing is held back by %s", (_, kind, given) => {
    expect(opennessOf(proposal(kind), [given], terms("2026-01-02"))).toEqual({ kind: "open" });
  });

  test("cooling down holds back all kinds but complaints, renewals and offers", () => {
    const open = actionKinds.filter(
      (kind) =>
        opennessOf(proposal(kind, "other"), [answer("check-in", { actionId: "x" })], terms("2026-01-02"))
          .kind === "open",
    );
    expect(open).toEqual(["complaint", "renewal", "offer"]);
    expect(opennessOf(proposal("up-sell"), [answer("check-in")], terms("2026-01-01", 0)).kind).toBe("open");
  });

  test("the newest answer to one holds, and what holds longest is told", () => {
    const given = [
      answer("win-back", { on: "2026-01-01", answer: "not-relevant" }),
      answer("win-back", { on: "2026-01-05", answer: "snoozed", until: "2026-01-09" }),
      answer("check-in", { on: "2026-01-01" }),
    ];
    expect(opennessOf(proposal("win-back"), given, terms("2026-01-06"))).toEqual({
      kind: "cool-down",
      reopensOn: "2026-01-15",
    });
  });
});

const day = fc.integer({ min: 0, max: 400 }).map((days) => addDays("2026-01-01", days));
const anyAnswer: fc.Arbitrary<GivenAnswer> = fc
  .record({
    kind: fc.constantFrom(...actionKinds),
    subject: fc.constantFrom("1", "2"),
    accountId: fc.constantFrom("acme", "beta"),
    answer: fc.constantFrom("done", "snoozed", "reassigned", "not-relevant"),
    on: day,
    snooze: fc.integer({ min: 0, max: 60 }),
    isEnded: fc.boolean(),
  })
  .map(({ snooze, ...given }) => ({
    ...given,
    actionId: `${given.accountId} ${given.kind} ${given.subject}`,
    until: addDays(given.on, snooze),
  }));
const given = fc.array(anyAnswer, { maxLength: 12 });
const anyProposal = fc
  .record({ kind: fc.constantFrom(...actionKinds), subject: fc.constantFrom("1", "2") })
  .map(({ kind, subject }) => ({ id: `acme ${kind} ${subject}`, accountId: "acme", kind }));
const coolDown = fc.integer({ min: 0, max: 365 });

describe("whatever was answered", () => {
  test("what was answered last is not shown while that holds", () => {
    fc.assert(
      fc.property(
        anyProposal,
        given,
        coolDown,
        fc.integer({ min: 0, max: 89 }),
        (own, answers, days, later) => {
          const today = addDays("2027-03-01", later);
          for (const last of ["done", "snoozed", "not-relevant"] as const) {
            const all = [
              ...answers,
              answer(own.kind, { actionId: own.id, answer: last, on: "2027-03-01", until: today }),
            ];
            expect(opennessOf(own, all, terms(today, days)).kind).not.toBe("open");
          }
        },
      ),
      { seed: 11 },
    );
  });

  test("everything comes back on the day that is told and not before, but for what is done for good", () => {
    fc.assert(
      fc.property(anyProposal, given, coolDown, day, (own, answers, days, today) => {
        const openness = opennessOf(own, answers, terms(today, days));
        if (openness.kind === "open") return;
        if (openness.reopensOn === undefined) {
          expect(openness.kind).toBe("done");
          expect(["complaint", "renewal"]).toContain(own.kind);
          return;
        }
        expect(openness.reopensOn > today).toBe(true);
        expect(opennessOf(own, answers, terms(openness.reopensOn, days))).toEqual({ kind: "open" });
        expect(opennessOf(own, answers, terms(addDays(openness.reopensOn, -1), days)).kind).not.toBe("open");
      }),
      { seed: 12, numRuns: 300 },
    );
  });

  test("the order in which answers come makes no difference", () => {
    const shuffled = given.chain((answers) =>
      fc.tuple(fc.constant(answers), fc.shuffledSubarray(answers, { minLength: answers.length })),
    );
    fc.assert(
      fc.property(anyProposal, shuffled, coolDown, day, (own, [answers, others], days, today) => {
        expect(opennessOf(own, others, terms(today, days))).toEqual(
          opennessOf(own, answers, terms(today, days)),
        );
      }),
      { seed: 13, numRuns: 300 },
    );
  });

  test("complaints, renewals and offers never wait for an account to cool down", () => {
    fc.assert(
      fc.property(anyProposal, given, day, (own, answers, today) => {
        fc.pre(neverCooling.includes(own.kind));
        expect(opennessOf(own, answers, terms(today, 365))).toEqual(
          opennessOf(own, answers, terms(today, 0)),
        );
      }),
      { seed: 14 },
    );
  });
});
