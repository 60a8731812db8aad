import type { Member, Step, StepOutcome, Worker } from "./offer.ts";
import { giveOutcome, reopen, skip } from "./resolve-steps.ts";
import {
  caseOf,
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
  type StepContext,
  unchanged,
} from "./step-case.ts";

/**
 * What becomes of an account when somebody takes a step: pure, so that a store which takes one step at a time can be sure
 * that no two people hold it. A claim that has ended is nobody's. `heldUntil` stays with a resolved account, so that one
 * that is reopened is held as it was: for a while where it was claimed, without an end where it was assigned.
 */
export function takeStep(member: Member, about: StepContext & { readonly step: Step }): StepOutcome {
  const { step, ...context } = about;
  const judged = caseOf(member, context);
  if (member.isHoldOut) return refused({ code: "hold-out" });
  if (about.wave === "closed") return refusedAsNotOpen(judged);
  switch (step.kind) {
    case "claim":
      return claim(judged);
    case "release":
      return release(judged);
    case "assign":
      return assign(judged, step.to);
    case "skip":
      return skip(judged, step.reason);
    case "outcome":
      return giveOutcome(judged, step);
    case "reopen":
      return reopen(judged);
  }
}

function claim(about: StepCase): StepOutcome {
  const { member, holder, actor } = about;
  if (isResolved(member)) return refusedAsResolved(about);
  if (holder) return about.isHolder ? unchanged(about) : refusedAsHeld(holder, about);
  if (about.wave !== "open") return refusedAsNotOpen(about);
  return (
    refusedIfExcluded(about) ??
    done({ ...member, status: "held", holder: actor.worker, heldUntil: claimEnd(about) })
  );
}

function release(about: StepCase): StepOutcome {
  const { member, holder } = about;
  if (isResolved(member)) return refusedAsResolved(about);
  if (!holder) return refused({ code: "not-held" });
  if (!about.mayDecide) return refusedAsHeld(holder, about);
  return done({ ...member, status: "open", holder: undefined, heldUntil: undefined });
}

function assign(about: StepCase, to: Worker): StepOutcome {
  const { member, holder, actor } = about;
  if (isResolved(member)) return refusedAsResolved(about);
  if (!about.mayDecide) return holder ? refusedAsHeld(holder, about) : refused({ code: "not-yours" });
  // To oneself is no hand-over: it would only take the end off a claim.
  const isSo = actor.isManager
    ? holder?.key === to.key && member.heldUntil === undefined
    : isOneOf(actor, to);
  if (isSo) return unchanged(about);
  return refusedIfExcluded(about) ?? done({ ...member, status: "held", holder: to, heldUntil: undefined });
}
