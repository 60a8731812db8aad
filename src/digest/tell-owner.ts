import type { Logger } from "pino";
import type { DigestLedger, DigestSchedule, PausedReason } from "../store/digests.ts";
import type { Messenger } from "./messenger.ts";
import { isLockedOut, pausedReply } from "./paused-words.ts";

const AT_ONCE = 100;

export interface TellParts {
  readonly ledger: Pick<DigestLedger, "pause" | "claimTelling" | "untoldPauses">;
  readonly messenger: Pick<Messenger, "tell">;
  readonly now: () => Date;
  readonly log: Pick<Logger, "warn" | "error">;
}

/** Why a schedule cannot work until somebody does something. */
export type Broken = Exclude<PausedReason, { readonly code: "person" }>;

/** Pauses a schedule that cannot work, and tells its owner; whoever finds it paused leaves it at that. */
export async function pauseAndTell(
  parts: TellParts,
  schedule: DigestSchedule,
  reason: Broken,
): Promise<void> {
  if (!(await parts.ledger.pause(schedule.workspaceId, schedule.id, reason))) return;
  await tell(parts, schedule, reason);
}

/** Tells the owners of schedules that a process paused just before it died. */
export async function tellUntold(parts: TellParts, workspaceId: string | undefined): Promise<void> {
  for (const schedule of await parts.ledger.untoldPauses(AT_ONCE, workspaceId))
    if (schedule.paused && schedule.paused.code !== "person") await tell(parts, schedule, schedule.paused);
}

/** Once: a claim that is followed by a crash is worth less than an owner who is told again and again. */
async function tell(parts: TellParts, schedule: DigestSchedule, reason: Broken): Promise<void> {
  const { ledger, messenger, now, log } = parts;
  const { workspaceId, id: scheduleId, ownerId } = schedule;
  if (!(await ledger.claimTelling(workspaceId, scheduleId, now()))) return;
  const about = { workspaceId, scheduleId, reason: reason.code === "slack" ? reason.error : reason.sentence };
  if (reason.code === "slack" && isLockedOut(reason.error)) {
    log.error(about, "a digest was paused and nobody can be told: Slack does not let the app in any more");
    return;
  }
  log.warn(about, "a digest was paused");
  if (!(await messenger.tell(workspaceId, ownerId, pausedReply(schedule, reason))))
    log.error(about, "the owner of a paused digest could not be told");
}
