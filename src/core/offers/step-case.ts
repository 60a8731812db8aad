import type {
  Actor,
  Exclusion,
  Member,
  OfferTerms,
  StepOutcome,
  StepRefusal,
  WaveStatus,
  Worker,
} from "./offer.ts";

/** What holds when somebody takes a step on an account. */
export interface StepContext {
  readonly actor: Actor;
  readonly now: Date;
  readonly wave: WaveStatus;
  readonly terms: OfferTerms;
  /** As of now. */
  readonly exclusions: readonly Exclusion[];
  /** What a pitch of this account takes where nobody typed it. */
  readonly usualMinutes: number;
  /** What a sale to it brings where nobody typed it, minor units. */
  readonly plannedAmount: number;
}

/** What a step is judged by. */
export interface StepCase extends StepContext {
  readonly member: Member;
  /** Who holds the account or resolved it; nobody once a claim has ended. */
  readonly holder: Worker | undefined;
  readonly isHolder: boolean;
  /** The holder, or a manager, who decides for everybody. */
  readonly mayDecide: boolean;
}

export function caseOf(member: Member, about: StepContext): StepCase {
  const { actor, now } = about;
  const hasEnded = !isResolved(member) && member.heldUntil !== undefined && member.heldUntil <= now;
  const holder = hasEnded ? undefined : member.holder;
  const isHolder = isOneOf(actor, holder);
  return { ...about, member, holder, isHolder, mayDecide: isHolder || actor.isManager };
}

export function isResolved({ status }: Member): boolean {
  return status !== "open" && status !== "held";
}

/** Whether somebody is the actor, by any of their keys. */
export function isOneOf(actor: Actor, worker: Worker | undefined): boolean {
  return worker !== undefined && actor.keys.includes(worker.key);
}

export function claimEnd({ now, terms }: StepContext): Date {
  return new Date(now.getTime() + terms.claimHours * 3_600_000);
}

export function done(member: Member, isCorrection = false): StepOutcome {
  return { kind: "done", member, isCorrection };
}

export function unchanged({ member }: StepCase): StepOutcome {
  return { kind: "unchanged", member };
}

export function refused(why: StepRefusal): StepOutcome {
  return { kind: "refused", why };
}

export function refusedAsHeld(holder: Worker, { member }: StepCase): StepOutcome {
  return refused({ code: "held-by", holder, until: member.heldUntil });
}

export function refusedAsResolved({ member }: StepCase): StepOutcome {
  return refused({ code: "resolved", status: member.status });
}

export function refusedAsNotOpen({ member, wave }: StepCase): StepOutcome {
  return refused({ code: "not-open", wave: member.wave, status: wave });
}

/** The refusal where something holds the account back; otherwise nothing. */
export function refusedIfExcluded({ exclusions: [exclusion] }: StepContext): StepOutcome | undefined {
  return exclusion && refused({ code: "excluded", exclusion });
}
