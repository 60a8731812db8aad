import type { Reply } from "../command.ts";
import type { DigestSchedule, PausedReason } from "../store/digests.ts";

interface Advice {
  readonly errors: readonly string[];
  readonly says: string;
  /** What to do about it, where the digest goes to. */
  readonly todo: (target: string) => string;
}

const inChannels: readonly Advice[] = [
  {
    errors: ["not_in_channel", "channel_not_found"],
    says: "Slack does not let me into this channel",
    todo: (target) => `Type /invite @Portfolio in ${target}, then press Resume.`,
  },
  {
    errors: ["is_archived"],
    says: "the channel is archived",
    todo: () => "Set up a digest in another channel, or have this one restored and press Resume.",
  },
  {
    errors: [
      ...[
        "restricted_action",
        "restricted_action_read_only_channel",
        "restricted_action_thread_only_channel",
      ],
      ...["restricted_action_non_threadable_channel", "posting_to_general_channel_denied"],
    ],
    says: "Slack does not let apps post in this channel",
    todo: (target) => `Ask an admin of the workspace to let Portfolio post in ${target}, then press Resume.`,
  },
];

const toPeople: readonly Advice[] = [
  {
    errors: ["channel_not_found", "user_not_found", "user_disabled", "user_not_visible", "cannot_dm_bot"],
    says: "Slack takes no direct messages for this person any more",
    todo: (target) => `If ${target} is back, press Resume.`,
  },
  {
    errors: ["messages_tab_disabled", "not_in_channel", "restricted_action"],
    says: "Slack does not let me write direct messages",
    todo: () => "Ask an admin of the workspace to allow messages to Portfolio, then press Resume.",
  },
];

const anywhere: readonly Advice[] = [
  {
    errors: ["missing_scope", "no_permission", "access_denied"],
    says: "Slack does not allow Portfolio to post",
    todo: () =>
      "Ask an admin of the workspace to install Portfolio again, with all permissions, then press Resume.",
  },
  {
    errors: ["account_inactive", "token_revoked", "invalid_auth", "not_authed", "team_access_not_granted"],
    says: "Slack does not let Portfolio in any more",
    todo: () => "Ask an admin of the workspace to install Portfolio again, then press Resume.",
  },
];

/** Whether Slack's word for a fault says that nobody can be told of it either. */
export function isLockedOut(error: string): boolean {
  return anywhere[1]?.errors.includes(error) ?? false;
}

/** Why a digest stopped and what to do about it, in two sentences. */
export function pausedSentence(
  { isChannel, targetName }: Pick<DigestSchedule, "isChannel" | "targetName">,
  reason: Exclude<PausedReason, { readonly code: "person" }>,
): string {
  if (reason.code === "readers") return reason.sentence;
  const known = [...(isChannel ? inChannels : toPeople), ...anywhere].find(({ errors }) =>
    errors.includes(reason.error),
  );
  return known
    ? `It stopped because ${known.says}. ${known.todo(targetName)}`
    : `It stopped because Slack refuses it (${reason.error}). Tell an admin of Portfolio, then press Resume.`;
}

/** What the owner of a digest is told once when it stops working. */
export function pausedReply(
  schedule: DigestSchedule,
  reason: Exclude<PausedReason, { readonly code: "person" }>,
): Reply {
  const where = schedule.isChannel ? `in ${schedule.targetName}` : `to ${schedule.targetName}`;
  return {
    headline: `The digest ${where} is paused`,
    lines: [[pausedSentence(schedule, reason)]],
    actions: [
      { kind: "run", label: "Resume", line: `digest resume "id:${schedule.id}"`, style: "primary" },
      { kind: "run", label: "My digests", line: "digest status" },
    ],
    data: { schedule: schedule.id, reason: reason.code },
  };
}
