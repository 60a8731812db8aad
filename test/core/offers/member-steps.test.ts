import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { takeStep } from "../../../src/core/offers/member-steps.ts";
import type { Actor, Exclusion, Member, Step, WaveStatus } from "../../../src/core/offers/offer.ts";
import { terms } from "../../helpers/candidates.ts";

const at = (hours: number) => new Date(Date.UTC(2026, 4, 5, hours));
const actor = (name: string, isManager = false): Actor => ({
  worker: { key: `rep:${name}`, name },
  keys: [`rep:${name}`, `mail:${name}@acme.test`],
  isManager,
});
const [ann, ben, cat, boss] = [actor("ann"), actor("ben"), actor("cat"), actor("boss", true)];
const complaint: Exclusion = { code: "complaint", reason: "late delivery" };

const open: Member = {
  ...{ accountId: "acme", wave: "A", isHoldOut: false, status: "open", holder: undefined },
  ...{ heldUntil: undefined, amount: undefined, minutes: undefined, minutesKnown: false },
  ...{ reason: undefined, resolvedAt: undefined },
};
/** Ann's from the start, as its owner. */
const assigned: Member = { ...open, status: "held", holder: ann.worker };
/** Ann's by a claim that ends after 72 hours. */
const claimed: Member = { ...assigned, heldUntil: at(72) };
const won: Member = {
  ...{ ...claimed, status: "won", amount: 50_000, minutes: 90, resolvedAt: at(1) },
};
const skipped: Member = { ...claimed, status: "skipped", reason: "moved away", resolvedAt: at(1) };

interface Given {
  readonly hours?: number;
  readonly wave?: WaveStatus;
  readonly exclusions?: readonly Exclusion[];
}

function take(
  member: Member,
  by: Actor,
  step: Step,
  { hours = 2, wave = "open", exclusions = [] }: Given = {},
) {
  const planned = { terms: terms(), usualMinutes: 90, plannedAmount: 50_000 };
  return takeStep(member, { actor: by, step, now: at(hours), wave, exclusions, ...planned });
}
const done = (member: Partial<Member>, isCorrection = false) => ({ kind: "done", member, isCorrection });
const refused = (why: object) => ({ kind: "refused", why });
const heldByAnn = refused({ code: "held-by", holder: ann.worker, until: at(72) });

const claim: Step = { kind: "claim" };
const release: Step = { kind: "release" };
const toBen: Step = { kind: "assign", to: ben.worker };
const skip: Step = { kind: "skip", reason: "moved away" };
const win: Step = { kind: "outcome", outcome: "won" };
const lose: Step = { kind: "outcome", outcome: "lost", reason: "price" };
const reopen: Step = { kind: "reopen", reason: "wrong account" };

describe("claim", () => {
  test("holds for as long as claims last", () => {
    expect(take(open, ann, claim)).toEqual(
      done({ ...open, status: "held", holder: ann.worker, heldUntil: at(74) }),
    );
  });

  test("of one's own changes nothing, by any of one's keys", () => {
    expect(take(claimed, ann, claim)).toEqual({ kind: "unchanged", member: claimed });
    expect(take(assigned, ann, claim)).toEqual({ kind: "unchanged", member: assigned });
    const byMail = { ...claimed, holder: { key: "mail:ann@acme.test", name: "Ann" } };
    expect(take(byMail, ann, claim)).toEqual({ kind: "unchanged", member: byMail });
  });

  test("waits for the end of somebody else's, a manager's too", () => {
    expect(take(claimed, ben, claim, { hours: 71 })).toEqual(heldByAnn);
    expect(take(claimed, boss, claim, { hours: 71 })).toEqual(heldByAnn);
    const [bens, anew] = [ben, ann].map((by) => take(claimed, by, claim, { hours: 72 }));
    expect(bens).toMatchObject(done({ holder: ben.worker, heldUntil: at(144) }));
    expect(anew).toMatchObject(done({ holder: ann.worker, heldUntil: at(144) }));
    expect(take(assigned, ben, claim, { hours: 9_000 })).toMatchObject({ kind: "refused" });
  });

  test.each(["planned", "paused", "closed"] as const)("not in a %s wave", (wave) => {
    expect(take(open, ann, claim, { wave })).toEqual(refused({ code: "not-open", wave: "A", status: wave }));
  });

  test("not of what is resolved", () => {
    expect(take(won, ann, claim)).toEqual(refused({ code: "resolved", status: "won" }));
  });
});

describe("release", () => {
  test.each([
    ["its holder", ann],
    ["a manager", boss],
  ])("by %s", (_, by) => {
    expect(take(claimed, by, release)).toEqual(done(open));
  });

  test("by nobody else, and of nothing that nobody holds", () => {
    expect(take(claimed, ben, release)).toEqual(heldByAnn);
    expect(take(open, ann, release)).toEqual(refused({ code: "not-held" }));
    expect(take(claimed, ann, release, { hours: 72 })).toEqual(refused({ code: "not-held" }));
  });
});

describe("assign", () => {
  test("by a manager to anybody, by the holder to a colleague: without an end", () => {
    const bens = { ...open, status: "held", holder: ben.worker } as const;
    expect(take(open, boss, toBen)).toEqual(done(bens));
    expect(take(claimed, boss, toBen)).toEqual(done(bens));
    expect(take(claimed, ann, toBen)).toEqual(done(bens));
    expect(take(bens, boss, toBen)).toEqual({ kind: "unchanged", member: bens });
  });

  test("by nobody else", () => {
    expect(take(claimed, cat, toBen)).toEqual(heldByAnn);
    expect(take(open, cat, toBen)).toEqual(refused({ code: "not-yours" }));
  });

  test("to oneself does not take the end off a claim, unless a manager says so", () => {
    const toAnn: Step = { kind: "assign", to: ann.worker };
    expect(take(claimed, ann, toAnn)).toEqual({ kind: "unchanged", member: claimed });
    expect(take(claimed, boss, toAnn)).toEqual(done(assigned));
  });
});

describe("skip", () => {
  test("by the holder, a manager, or anybody when nobody holds it", () => {
    const known = { status: "skipped", reason: "moved away", resolvedAt: at(2) } as const;
    expect(take(claimed, ann, skip)).toEqual(done({ ...claimed, ...known }));
    expect(take(claimed, boss, skip)).toEqual(done({ ...claimed, ...known }));
    expect(take(open, ben, skip)).toEqual(done({ ...open, ...known, holder: ben.worker, heldUntil: at(74) }));
    expect(take(claimed, ben, skip)).toEqual(heldByAnn);
  });

  test("again changes nothing; with another reason it is a correction by whoever skipped it", () => {
    const other: Step = { kind: "skip", reason: "bankrupt" };
    expect(take(skipped, ben, skip)).toEqual({ kind: "unchanged", member: skipped });
    expect(take(skipped, ann, other)).toEqual(done({ ...skipped, reason: "bankrupt" }, true));
    expect(take(skipped, ben, other)).toEqual(refused({ code: "resolved", status: "skipped" }));
    expect(take(won, ann, skip)).toEqual(refused({ code: "resolved", status: "won" }));
  });
});

describe("outcome", () => {
  test("counts with the planned amount and the usual minutes until somebody types them", () => {
    expect(take(claimed, ann, win)).toEqual(
      done({ ...claimed, status: "won", amount: 50_000, minutes: 90, resolvedAt: at(2) }),
    );
    expect(take(claimed, ann, { ...win, amount: 70_000, minutes: 30 })).toMatchObject(
      done({ amount: 70_000, minutes: 30, minutesKnown: true }),
    );
    expect(take(claimed, ann, { ...lose, amount: 70_000 })).toMatchObject(
      done({ status: "lost", amount: undefined, reason: "price", minutes: 90, minutesKnown: false }),
    );
  });

  test("of what nobody holds makes it one's own; of what somebody holds it stays theirs", () => {
    expect(take(open, ben, win)).toMatchObject(done({ status: "won", holder: ben.worker }));
    expect(take(claimed, ben, win, { hours: 80 })).toMatchObject(done({ holder: ben.worker }));
    expect(take(claimed, boss, win)).toMatchObject(done({ holder: ann.worker }));
    expect(take(claimed, ben, win)).toEqual(heldByAnn);
  });

  test("while the wave is open, or paused with work under way", () => {
    expect(take(claimed, ann, win, { wave: "paused" })).toMatchObject({ kind: "done" });
    for (const wave of ["planned", "closed"] as const)
      expect(take(claimed, ann, win, { wave })).toEqual(
        refused({ code: "not-open", wave: "A", status: wave }),
      );
  });

  test("the very same again changes nothing", () => {
    expect(take(won, ann, win)).toEqual({ kind: "unchanged", member: won });
    expect(take(won, boss, { ...win, amount: 50_000 })).toEqual({ kind: "unchanged", member: won });
  });

  test("another one is a correction by whoever gave it or a manager, and keeps when it was resolved", () => {
    expect(take(won, ann, { ...win, amount: 60_000 })).toEqual(done({ ...won, amount: 60_000 }, true));
    expect(take(won, boss, { ...win, minutes: 90 })).toEqual(done({ ...won, minutesKnown: true }, true));
    expect(take(won, ann, lose)).toEqual(
      done({ ...won, status: "lost", amount: undefined, reason: "price" }, true),
    );
    expect(take(won, ben, lose)).toEqual(refused({ code: "resolved", status: "won" }));
    expect(take(won, ben, win)).toEqual(refused({ code: "resolved", status: "won" }));
  });

  test("a correction keeps what it leaves out, except a reason and an amount of another outcome", () => {
    const typed = { ...won, amount: 70_000, minutes: 30, minutesKnown: true, reason: "new plant" };
    expect(take(typed, ann, win)).toEqual({ kind: "unchanged", member: typed });
    expect(take(typed, ann, { kind: "outcome", outcome: "no-reply" })).toEqual(
      done({ ...typed, status: "no-reply", amount: undefined, reason: undefined }, true),
    );
  });

  test("of what was skipped is resolved anew", () => {
    expect(take(skipped, ann, win)).toMatchObject(
      done({ status: "won", reason: undefined, resolvedAt: at(2) }, true),
    );
  });
});

describe("reopen", () => {
  test("gives it back to its holder: for a while where it was claimed, without an end where it was assigned", () => {
    expect(take(won, ann, reopen)).toEqual(done({ ...claimed, heldUntil: at(74) }));
    expect(take({ ...won, heldUntil: undefined }, boss, reopen)).toEqual(done(assigned));
    expect(take({ ...won, holder: undefined }, boss, reopen)).toEqual(done(open));
  });

  test("not by others, and not of what is open", () => {
    expect(take(won, ben, reopen)).toEqual(refused({ code: "not-yours" }));
    expect(take(claimed, ann, reopen)).toEqual({ kind: "unchanged", member: claimed });
  });
});

describe("held back", () => {
  const exclusions = [complaint];
  const excluded = refused({ code: "excluded", exclusion: complaint });

  test("nobody takes it, gets it or resolves it", () => {
    expect(take(open, ann, claim, { exclusions })).toEqual(excluded);
    expect(take(open, boss, toBen, { exclusions })).toEqual(excluded);
    expect(take(claimed, ann, toBen, { exclusions })).toEqual(excluded);
    expect(take(open, boss, win, { exclusions })).toEqual(excluded);
    expect(take(claimed, ben, win, { exclusions, hours: 80 })).toEqual(excluded);
  });

  test("what is under way ends", () => {
    expect(take(claimed, ann, win, { exclusions })).toMatchObject(done({ status: "won" }));
    expect(take(claimed, ann, win, { exclusions, hours: 80 })).toMatchObject(done({ holder: ann.worker }));
    expect(take(claimed, ann, release, { exclusions })).toMatchObject(done({ status: "open" }));
    expect(take(claimed, ann, skip, { exclusions })).toMatchObject(done({ status: "skipped" }));
    expect(take(won, ann, lose, { exclusions })).toMatchObject(done({ status: "lost" }, true));
  });

  test("skipping it is no way around", () => {
    expect(take(skipped, ann, win, { exclusions })).toEqual(excluded);
    expect(take(skipped, ann, reopen, { exclusions })).toEqual(excluded);
  });
});

test.each([claim, release, toBen, skip, win, reopen])(
  "nothing is done with a held-out account: $kind",
  (step) => {
    expect(take({ ...open, isHoldOut: true }, boss, step)).toEqual(refused({ code: "hold-out" }));
  },
);

describe("whatever three reps and a manager do", () => {
  const who = fc.constantFrom(ann, ben, cat, boss);
  const minutes = fc.option(fc.constantFrom(15, 90), { nil: undefined });
  const step: fc.Arbitrary<Step> = fc.oneof(
    ...[fc.constant(claim), fc.constant(release), fc.constant(reopen)],
    who.map(({ worker }): Step => ({ kind: "assign", to: worker })),
    fc.constantFrom("moved away", "bankrupt").map((reason): Step => ({ kind: "skip", reason })),
    fc.tuple(fc.constantFrom("won", "lost", "no-reply"), minutes).map(
      ([outcome, typed]): Step => ({
        ...{ kind: "outcome", outcome },
        ...(typed === undefined ? {} : { minutes: typed }),
      }),
    ),
  );
  const given = fc.record({
    wave: fc.constantFrom<WaveStatus>("open", "open", "open", "paused", "planned"),
    exclusions: fc.constantFrom<readonly Exclusion[]>([], [], [], [complaint]),
  });
  const turn = fc.tuple(who, step, fc.nat({ max: 50 }), given);
  const turns = fc.tuple(fc.constantFrom(open, assigned), fc.array(turn, { minLength: 1, maxLength: 40 }));

  /** Who alone may work on it, by the contract's words. */
  const holderAt = ({ status, holder, heldUntil }: Member, now: Date) =>
    status === "held" && (heldUntil === undefined || heldUntil > now) ? holder : undefined;

  test("only its holder or a manager takes an account from its holder, and what is resolved has a resolver", () => {
    fc.assert(
      fc.property(turns, ([first, sequence]) => {
        let [member, hours] = [first, 0];
        for (const [by, taken, wait, about] of sequence) {
          hours += wait;
          const outcome = take(Object.freeze(member), by, taken, { ...about, hours });
          if (outcome.kind !== "done") continue;
          const before = holderAt(member, at(hours));
          if (before && before.key !== by.worker.key) expect(by.isManager).toBe(true);
          const resolver = member.resolvedAt && member.holder;
          if (resolver && resolver.key !== by.worker.key) expect(by.isManager).toBe(true);
          member = outcome.member;
          const isAtWork = member.status === "open" || member.status === "held";
          expect(member.holder === undefined).toBe(member.status === "open");
          expect(member.resolvedAt === undefined).toBe(isAtWork);
          expect(member.amount === undefined).toBe(member.status !== "won");
          expect(member.minutes === undefined).toBe(isAtWork || member.status === "skipped");
          if (taken.kind === "claim") expect(holderAt(member, at(hours))).toEqual(by.worker);
        }
      }),
      { seed: 24, numRuns: 1_000 },
    );
  });

  test("the same step again, at once or later by a retry, changes nothing", () => {
    fc.assert(
      fc.property(turns, ([first, sequence]) => {
        let [member, hours] = [first, 0];
        for (const [by, taken, wait, about] of sequence) {
          hours += wait;
          const outcome = take(member, by, taken, { ...about, hours });
          if (outcome.kind !== "done") continue;
          member = outcome.member;
          expect(take(member, by, taken, { ...about, hours }).kind).not.toBe("done");
          expect(take(member, by, taken, { ...about, hours: hours + 1 }).kind).not.toBe("done");
        }
      }),
      { seed: 24, numRuns: 1_000 },
    );
  });
});
