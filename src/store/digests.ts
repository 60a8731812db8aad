import type { ProposedAction } from "../core/actions/action.ts";
import type { Access } from "./access.ts";

/** When a digest goes out, to whom. */
export interface DigestSchedule {
  readonly workspaceId: string;
  readonly id: number;
  /** A Slack user for direct messages, or a channel. */
  readonly target: string;
  /** As people call it: a person's name, `#sales`. */
  readonly targetName: string;
  readonly isChannel: boolean;
  /** The Slack user in whose name a channel's digest looks, and who is told when it stops working. */
  readonly ownerId: string;
  /** Five fields: minute, hour, day of the month, month, day of the week. */
  readonly cron: string;
  /** Undefined where it goes by the recipient's own zone. */
  readonly fixedZone: string | undefined;
  /** The IANA zone that `nextAt` was computed in. */
  readonly zone: string;
  /** Filters of what it tells, as they are typed; empty for none. */
  readonly filters: string;
  /** Whether one line comes when nothing is new, or nothing. */
  readonly saysNothing: boolean;
  readonly paused: PausedReason | undefined;
  /** The next run; undefined while it is paused. */
  readonly nextAt: Date | undefined;
  readonly createdAt: Date;
}

/** Why a schedule does not run. */
export type PausedReason =
  | { readonly code: "person"; readonly by: string; readonly at: string }
  /** Slack will not take it until somebody does something: its word for it, such as `not_in_channel`. */
  | { readonly code: "slack"; readonly error: string; readonly at: string; readonly toldAt?: string }
  /** People of another company read the channel, or a guest does. */
  | { readonly code: "readers"; readonly sentence: string; readonly at: string; readonly toldAt?: string };

/** A schedule as somebody wants it. */
export interface ScheduleDraft
  extends Pick<
    DigestSchedule,
    | "target"
    | "targetName"
    | "isChannel"
    | "ownerId"
    | "cron"
    | "fixedZone"
    | "zone"
    | "filters"
    | "saysNothing"
  > {
  readonly nextAt: Date;
}

export type DeliveryStatus = "reserved" | "sending" | "confirmed" | "unconfirmed" | "failed" | "silent";

/** A digest for one schedule, one run and one target. */
export interface DigestDelivery {
  readonly workspaceId: string;
  readonly id: number;
  readonly scheduleId: number;
  readonly runAt: Date;
  readonly target: string;
  /** Counts what somebody asked to be sent again, from 0. */
  readonly edition: number;
  readonly status: DeliveryStatus;
  readonly attempts: number;
  readonly notBefore: Date;
  /** When the last attempt that may have reached Slack began. */
  readonly sentAt: Date | undefined;
  readonly channelId: string | undefined;
  readonly messageTs: string | undefined;
  /** Slack's word for what went wrong last. */
  readonly fault: string | undefined;
  readonly content: DigestContent | undefined;
  readonly settledAt: Date | undefined;
}

/** What a digest showed, to compare the next one with and to measure what came of it. */
export interface DigestContent {
  readonly snapshotId: number;
  readonly asOf: string;
  readonly actions: readonly {
    readonly id: string;
    readonly valueMinor: number;
    readonly currency: string;
  }[];
  /** The lines without markup, for `digest status` and for whoever asks what was said. */
  readonly lines: readonly string[];
  /** Codes of what was told that is told once, such as a warning or a proposal. */
  readonly told: readonly string[];
  /** The actions of the last digests of the schedule, the oldest first and this one last: what came of them is asked again. */
  readonly shown?: readonly ShownActions[];
}

/** The actions of one digest, and when it was composed. */
export interface ShownActions {
  readonly at: string;
  readonly actions: readonly Pick<ProposedAction, "id" | "accountId" | "kind" | "subject">[];
}

/** What people may ask and change about schedules: their own, and an admin everybody's. */
export interface DigestDecisions {
  digestSchedules(which: { readonly everybodys: boolean }): Promise<readonly DigestSchedule[]>;
  /** Makes one, or changes the one of that target and filters; it runs again if it was paused. */
  setDigest(
    draft: ScheduleDraft,
    now: Date,
  ): Promise<{ readonly schedule: DigestSchedule; readonly isNew: boolean }>;
  /** False where it is so already. @throws NotAllowed, Refused for one that is not there to see. */
  pauseDigest(id: number, now: Date): Promise<boolean>;
  /** @throws NotAllowed, Refused */
  resumeDigest(
    id: number,
    next: { readonly zone: string; readonly nextAt: Date },
    now: Date,
  ): Promise<boolean>;
  removeDigest(id: number): Promise<boolean>;
  /** The newest first. */
  digestDeliveries(scheduleId: number, limit: number): Promise<readonly DigestDelivery[]>;
  /** Another edition of one that failed, is unconfirmed or was said to be lost; undefined where one is under way already. */
  resendDigest(deliveryId: number, now: Date): Promise<DigestDelivery | undefined>;
}

/**
 * What the workers ask, over every workspace or one; nothing of it is shown to people. Leases go by the database's own
 * clock, so that the clocks of replicas need not agree; everything else goes by the `now` that is given.
 */
export interface DigestLedger {
  /** Schedules whose next run has come, the longest due first. */
  dueSchedules(now: Date, limit: number, workspaceId?: string): Promise<readonly DigestSchedule[]>;
  /**
   * Moves a schedule on from the run that was due to its next one, and reserves a delivery for `runAt`, at once;
   * `runAt` undefined skips what was missed. False where somebody else did it first.
   */
  moveOn(
    schedule: DigestSchedule,
    next: { readonly runAt: Date | undefined; readonly zone: string; readonly nextAt: Date | undefined },
    now: Date,
  ): Promise<boolean>;
  /** Deliveries somebody must see to: reserved or to be looked for, and not before now, or left behind by a process that died. */
  waitingDeliveries(now: Date, limit: number, workspaceId?: string): Promise<readonly DigestDelivery[]>;
  /** Takes one for so long; undefined where it is not to be sent, or somebody is at it. */
  take(workspaceId: string, id: number, now: Date, leaseMs: number): Promise<TakenDelivery | undefined>;
  /**
   * Says, before Slack is asked, that it may be sent from now on, and what it shows; the lease begins anew. Undefined
   * where the lease was lost, or the schedule paused or removed meanwhile: nothing may be sent then.
   */
  aboutToSend(
    taken: TakenDelivery,
    content: DigestContent,
    now: Date,
    leaseMs: number,
  ): Promise<TakenDelivery | undefined>;
  /** Says how it ended: whoever holds the lease, or, that it arrived, whoever sent it last. False for anybody else. */
  settle(taken: TakenDelivery, end: DeliveryEnd, now: Date): Promise<boolean>;
  /** The newest confirmed delivery before this one, of the same schedule. */
  lastConfirmed(delivery: DigestDelivery): Promise<DigestDelivery | undefined>;
  /** Pauses a schedule that cannot work; false where it is paused already. */
  pause(workspaceId: string, scheduleId: number, reason: PausedReason): Promise<boolean>;
  /** True for the one who is to tell the owner. */
  claimTelling(workspaceId: string, scheduleId: number, now: Date): Promise<boolean>;
  /** Schedules that cannot work and whose owners were not told yet. */
  untoldPauses(limit: number, workspaceId?: string): Promise<readonly DigestSchedule[]>;
}

export interface TakenDelivery {
  readonly delivery: DigestDelivery;
  readonly schedule: DigestSchedule;
  /** What the row says of the lease, so that only its holder writes. */
  readonly leaseUntil: Date;
  /** Whether an attempt before this one may have reached Slack: look for it before anything is sent. */
  readonly maybeSent: boolean;
}

export type DeliveryEnd =
  | { readonly status: "confirmed"; readonly channelId: string; readonly messageTs: string }
  | { readonly status: "silent" }
  /** Surely not sent: again after a while. A rate limit is no attempt that counts. */
  | {
      readonly status: "reserved";
      readonly notBefore: Date;
      readonly fault: string;
      readonly isCounted: boolean;
    }
  /** It may have arrived; looked for again from `notBefore` on, and for good without one. */
  | {
      readonly status: "unconfirmed";
      readonly fault: string;
      readonly notBefore?: Date;
      readonly channelId?: string;
    }
  | { readonly status: "failed"; readonly fault: string };

/** Who asks, for `DigestDecisions`. */
export type DigestAccess = Pick<Access, "workspaceId" | "role" | "signature" | "userId">;
