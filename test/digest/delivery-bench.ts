import type { Reply } from "../../src/command.ts";
import type { Compose, Composed } from "../../src/digest/compose-delivery.ts";
import { createDeliver } from "../../src/digest/deliver.ts";
import type { Messenger, OutgoingDigest, PostOutcome } from "../../src/digest/messenger.ts";
import { usualTimes } from "../../src/digest/times.ts";
import type { DigestContent, DigestSchedule } from "../../src/store/digests.ts";
import { scheduleOf } from "../helpers/digest-schedules.ts";
import { ledgerInMemory } from "./ledger-in-memory.ts";

export const RUN = new Date("2026-11-24T07:30:00Z");
const content: DigestContent = { snapshotId: 1, asOf: "2026-11-23", actions: [], lines: [], told: [] };
export const digest: Composed = {
  kind: "digest",
  reply: { headline: "Three things to do", data: {} },
  content,
};
export const posted = {
  kind: "posted",
  channelId: "C0SALES",
  messageTs: "1795000000.000100",
} as const satisfies PostOutcome;

type Found = Awaited<ReturnType<Messenger["find"]>>;

/** A delivery, a clock, and a Slack that does as a test says. */
export function deliveryBench(options: {
  readonly schedule?: Partial<DigestSchedule>;
  readonly edition?: number;
  readonly compose?: Compose;
  /** How posts go, one after the other; the last of them for all that follow. */
  readonly posts?: readonly (PostOutcome | ((digest: OutgoingDigest) => PostOutcome))[];
  /** What looking for a message finds. */
  readonly find?: () => Found;
  readonly tells?: boolean;
}) {
  const state = { nowMs: RUN.getTime(), heldMs: 0 };
  const now = () => new Date(state.nowMs);
  const ledger = ledgerInMemory(now);
  const schedule = scheduleOf(options.schedule);
  const id = ledger.reserve(schedule, RUN, options.edition);
  const sent: OutgoingDigest[] = [];
  const told: { readonly userId: string; readonly reply: Reply }[] = [];
  const logged: unknown[] = [];
  const outcomes = [...(options.posts ?? [posted])];
  const messenger: Messenger = {
    recipient: async () => undefined,
    readers: async () => ({ ok: false, sentence: "", isLasting: false }),
    async post(_workspaceId, outgoing) {
      sent.push(outgoing);
      const outcome = outcomes.length > 1 ? outcomes.shift() : outcomes[0];
      if (!outcome) throw new RangeError("no outcome");
      return typeof outcome === "function" ? outcome(outgoing) : outcome;
    },
    find: async () => options.find?.() ?? { kind: "absent" },
    async tell(_workspaceId, userId, reply) {
      told.push({ userId, reply });
      return options.tells ?? true;
    },
  };
  const deliver = createDeliver({
    ...{ ledger, messenger, now, times: usualTimes },
    compose: options.compose ?? (async () => digest),
    pace: {
      hold: (_workspaceId, waitMs) => {
        state.heldMs = waitMs;
      },
    },
    sleep: async (milliseconds) => {
      state.nowMs += milliseconds;
    },
    log: { warn: (about: unknown) => logged.push(about), error: (about: unknown) => logged.push(about) },
  });
  return {
    ...{ ledger, messenger, sent, told, logged, state, id },
    row: () => ledger.deliveries.get(id),
    schedule: () => ledger.schedules.get(schedule.id),
    deliver: () => deliver({ workspaceId: schedule.workspaceId, id, target: schedule.target }),
    /** Delivers whenever it is to be looked at, until it is settled; returns the waits in minutes. */
    async toTheEnd(): Promise<readonly number[]> {
      const waits: number[] = [];
      for (;;) {
        const again = await deliver({ workspaceId: schedule.workspaceId, id, target: schedule.target });
        if (!again) return waits;
        waits.push((again.getTime() - state.nowMs) / 60_000);
        state.nowMs = again.getTime();
      }
    },
    /** The process dies here: time passes until somebody else may take over. */
    afterTheLease: () => {
      state.nowMs += usualTimes.leaseMs + 1;
    },
  };
}
