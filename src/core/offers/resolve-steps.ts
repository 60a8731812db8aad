import type { Member, Step, StepOutcome } from "./offer.ts";
import {
  claimEnd,
  done,
  isOneOf,
  isResolved,
  refused,
  refusedAsHeld,
  refusedAsNotOpen,
  refusedAsResolved,
  refusedIfExcluded,
  type StepCase,
  unchanged,
} from "./step-case.ts";

const nothingKnown = {
  ...{ amount: undefined, minutes: undefined, minutesKnown: false },
  ...{ reason: undefined, resolvedAt: undefined },
};

export function skip(about: StepCase, reason: string): StepOutcome {
  const { member, holder, mayDecide } = about;
  const wasSkipped = member.status === "skipped";
  if (wasSkipped && member.reason === reason) return unchanged(about);
  if (isResolved(member) && !(wasSkipped && mayDecide)) return refusedAsResolved(about);
  if (holder && !mayDecide) return refusedAsHeld(holder, about);
  const resolvedAt = member.resolvedAt ?? about.now;
  return done(
    { ...member, ...resolver(about), ...nothingKnown, status: "skipped", reason, resolvedAt },
    wasSkipped,
  );
}

/** What a correction leaves out stays: minutes always, amount and reason with the outcome that they are of. */
export function giveOutcome(about: StepCase, step: Extract<Step, { kind: "outcome" }>): StepOutcome {
  const { member, holder, mayDecide } = about;
  const wasResolved = isResolved(member);
  if (about.wave === "planned") return refusedAsNotOpen(about);
  if (wasResolved && !mayDecide) return refusedAsResolved(about);
  if (holder && !mayDecide) return refusedAsHeld(holder, about);
  const excluded = isUnderWay(about) ? undefined : refusedIfExcluded(about);
  if (excluded) return excluded;
  const same = member.status === step.outcome ? member : undefined;
  const pitched = member.status === "skipped" ? undefined : member;
  const next: Member = {
    ...{ ...member, ...resolver(about), status: step.outcome },
    amount: step.outcome === "won" ? (step.amount ?? same?.amount ?? about.plannedAmount) : undefined,
    minutes: step.minutes ?? member.minutes ?? about.usualMinutes,
    minutesKnown: step.minutes !== undefined || member.minutesKnown,
    reason: step.reason ?? same?.reason,
    resolvedAt: pitched?.resolvedAt ?? about.now,
  };
  return same && isSameOutcome(same, next) ? unchanged(about) : done(next, wasResolved);
}

/** To the one who resolved it; a claim runs anew. */
export function reopen(about: StepCase): StepOutcome {
  const { member, holder, mayDecide } = about;
  if (!isResolved(member)) return unchanged(about);
  if (!mayDecide) return refused({ code: "not-yours" });
  const excluded = isUnderWay(about) ? undefined : refusedIfExcluded(about);
  if (excluded) return excluded;
  return done({
    ...{ ...member, ...nothingKnown, status: holder ? "held" : "open" },
    heldUntil: holder && member.heldUntil && claimEnd(about),
  });
}

/** What nobody holds becomes the actor's, as by a claim. */
function resolver(about: StepCase): Pick<Member, "holder" | "heldUntil"> {
  return about.holder
    ? { holder: about.holder, heldUntil: about.member.heldUntil }
    : { holder: about.actor.worker, heldUntil: claimEnd(about) };
}

/** Whether the account was being pitched before something held it back; whose claim has ended may have pitched it too. */
function isUnderWay({ member, actor }: StepCase): boolean {
  if (member.status === "skipped" || !member.holder) return false;
  return actor.isManager || isOneOf(actor, member.holder);
}

function isSameOutcome(left: Member, right: Member): boolean {
  return (
    left.amount === right.amount &&
    left.minutes === right.minutes &&
    left.minutesKnown === right.minutesKnown &&
    left.reason === right.reason
  );
}
