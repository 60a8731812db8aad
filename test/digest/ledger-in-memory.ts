import type { DigestDelivery, DigestLedger, DigestSchedule, TakenDelivery } from "../../src/store/digests.ts";

interface Held extends DigestDelivery {
  readonly leaseUntil: Date | undefined;
}

/** A ledger whose rows a test reads, for the one clock that the test has. */
export interface LedgerInMemory extends DigestLedger {
  readonly schedules: Map<number, DigestSchedule>;
  readonly deliveries: Map<number, Held>;
  /** Reserves a run of a schedule, and returns the delivery's id. */
  reserve(schedule: DigestSchedule, at: Date, edition?: number): number;
}

/** The same rules as in the store, for thousands of rows in a moment. `now` is the clock of its leases. */
export function ledgerInMemory(now: () => Date): LedgerInMemory {
  const schedules = new Map<number, DigestSchedule>();
  const deliveries = new Map<number, Held>();

  const isWaiting = ({ status, notBefore, leaseUntil, settledAt }: Held, moment: Date) =>
    status === "sending"
      ? leaseUntil !== undefined && leaseUntil < now()
      : settledAt === undefined && ["reserved", "unconfirmed"].includes(status) && notBefore <= moment;

  function held({ delivery, leaseUntil }: TakenDelivery): Held | undefined {
    const row = deliveries.get(delivery.id);
    return row?.status === "sending" && row.leaseUntil?.getTime() === leaseUntil.getTime() ? row : undefined;
  }

  function reserve(schedule: DigestSchedule, at: Date, edition = 0): number {
    const id = deliveries.size + 1;
    const { workspaceId, id: scheduleId, target } = schedule;
    schedules.set(scheduleId, schedule);
    deliveries.set(id, {
      ...{
        workspaceId,
        id,
        scheduleId,
        target,
        edition,
        runAt: at,
        notBefore: at,
        attempts: 0,
        status: "reserved",
      },
      ...{
        sentAt: undefined,
        channelId: undefined,
        messageTs: undefined,
        fault: undefined,
        content: undefined,
      },
      ...{ settledAt: undefined, leaseUntil: undefined },
    });
    return id;
  }

  return {
    schedules,
    deliveries,
    reserve,
    dueSchedules: async (moment, limit) =>
      [...schedules.values()].filter(({ nextAt }) => nextAt && nextAt <= moment).slice(0, limit),
    async moveOn(schedule, { runAt, zone, nextAt }, moment) {
      const known = schedules.get(schedule.id);
      if (!known || known.nextAt?.getTime() !== schedule.nextAt?.getTime()) return false;
      if (runAt) {
        const id = reserve(known, runAt);
        const row = deliveries.get(id);
        if (row) deliveries.set(id, { ...row, notBefore: moment });
      }
      schedules.set(schedule.id, { ...known, zone, nextAt });
      return true;
    },
    waitingDeliveries: async (moment, limit) =>
      [...deliveries.values()].filter((row) => isWaiting(row, moment)).slice(0, limit),
    async take(_workspaceId, id, moment, leaseMs) {
      const row = deliveries.get(id);
      if (!row || !isWaiting(row, moment)) return undefined;
      const leaseUntil = new Date(now().getTime() + leaseMs);
      const delivery: Held = { ...row, status: "sending", attempts: row.attempts + 1, leaseUntil };
      deliveries.set(id, delivery);
      const schedule = schedules.get(row.scheduleId);
      return schedule && { delivery, schedule, leaseUntil, maybeSent: row.sentAt !== undefined };
    },
    async aboutToSend(taken, content, moment, leaseMs) {
      const row = held(taken);
      if (!row?.leaseUntil || row.leaseUntil <= now()) return undefined;
      if (schedules.get(row.scheduleId)?.paused && row.edition === 0) return undefined;
      const leaseUntil = new Date(now().getTime() + leaseMs);
      const delivery: Held = { ...row, sentAt: moment, content, leaseUntil };
      deliveries.set(row.id, delivery);
      return { ...taken, delivery, leaseUntil };
    },
    async settle(taken, end, moment) {
      const { id, sentAt } = taken.delivery;
      const own = deliveries.get(id);
      const arrived = end.status === "confirmed" && own?.sentAt?.getTime() === sentAt?.getTime();
      const row = arrived ? own : held(taken);
      if (!row) return false;
      const isOpen =
        end.status === "reserved" || (end.status === "unconfirmed" && end.notBefore !== undefined);
      const wasSent = end.status === "confirmed" || end.status === "unconfirmed";
      deliveries.set(id, {
        ...row,
        status: end.status,
        leaseUntil: undefined,
        settledAt: isOpen ? undefined : moment,
        sentAt: wasSent ? row.sentAt : undefined,
        fault: "fault" in end ? end.fault : undefined,
        notBefore: ("notBefore" in end && end.notBefore) || row.notBefore,
        attempts: row.attempts - Number(end.status === "reserved" && !end.isCounted),
        ...(end.status === "confirmed" && { channelId: end.channelId, messageTs: end.messageTs }),
      });
      return true;
    },
    lastConfirmed: async ({ id, scheduleId }) =>
      [...deliveries.values()].findLast(
        (row) => row.scheduleId === scheduleId && row.id < id && row.status === "confirmed",
      ),
    async pause(_workspaceId, id, reason) {
      const schedule = schedules.get(id);
      if (!schedule || schedule.paused) return false;
      schedules.set(id, { ...schedule, paused: reason, nextAt: undefined });
      return true;
    },
    async claimTelling(_workspaceId, id, moment) {
      const schedule = schedules.get(id);
      if (!schedule?.paused || schedule.paused.code === "person" || schedule.paused.toldAt) return false;
      schedules.set(id, { ...schedule, paused: { ...schedule.paused, toldAt: moment.toISOString() } });
      return true;
    },
    untoldPauses: async (limit) =>
      [...schedules.values()]
        .filter(({ paused }) => paused && paused.code !== "person" && paused.toldAt === undefined)
        .slice(0, limit),
  };
}
