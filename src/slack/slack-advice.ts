import { isAboutBlocks, type SlackFault } from "./slack-fault.ts";

interface Advice {
  readonly codes: readonly string[];
  readonly says: string;
  readonly todo: string;
}

const advice: readonly Advice[] = [
  {
    codes: ["not_in_channel", "channel_not_found", "user_not_in_channel"],
    says: "Slack does not let me into this conversation.",
    todo: "Type /invite @Portfolio in it, then try again.",
  },
  {
    codes: ["is_archived"],
    says: "Slack takes no messages in a channel that is archived.",
    todo: "Use another channel.",
  },
  {
    codes: [
      "restricted_action",
      "restricted_action_read_only_channel",
      "restricted_action_thread_only_channel",
    ],
    says: "Slack does not let apps post in this channel.",
    todo: "Use another channel, or ask an admin of the workspace.",
  },
  {
    codes: ["account_inactive", "token_revoked", "token_expired", "invalid_auth", "not_authed"],
    says: "Slack does not let Portfolio in any more.",
    todo: "Ask an admin of the workspace to install Portfolio again.",
  },
  {
    codes: ["missing_scope", "no_permission"],
    says: "Slack does not allow Portfolio to do this.",
    todo: "Ask an admin of the workspace to install Portfolio again, with all permissions.",
  },
  {
    codes: ["ratelimited"],
    says: "Slack takes no more from me for a moment.",
    todo: "Try again in a minute.",
  },
  {
    codes: [
      "expired_trigger_id",
      "exchanged_trigger_id",
      "invalid_trigger_id",
      "trigger_expired",
      "trigger_exchanged",
    ],
    says: "Slack waited too long for me to open the form.",
    todo: "Press the button again.",
  },
  {
    codes: ["cannot_dm_bot", "messages_tab_disabled", "user_disabled", "user_not_visible"],
    says: "Slack does not let me write direct messages to you.",
    todo: "Ask an admin of the workspace to allow messages to Portfolio.",
  },
  {
    codes: [
      "file_upload_size_restricted",
      "file_uploads_disabled",
      "storage_limit_reached",
      "posting_to_general_channel_denied",
      "file_uploads_except_images_disabled",
    ],
    says: "Slack takes no such file in this workspace.",
    todo: "Ask an admin of the workspace to allow it.",
  },
];

/** What a person reads about a fault: what Slack says, and what to do about it. */
export function sentenceOf(fault: SlackFault): string {
  const known = adviceOn(fault);
  if (known) return `${known.says} ${known.todo}`;
  if (isAboutBlocks(fault)) return "Slack cannot show this answer. Filter the list so that it is shorter.";
  return fault.fate === "unknown"
    ? "Slack did not say whether it worked. Look first, then try again."
    : "Slack refused this. Try again in a minute; if it happens again, tell an admin of Portfolio.";
}

/** What to do about a fault that has a remedy of its own. */
export function remedyFor(fault: SlackFault): string | undefined {
  return adviceOn(fault)?.todo;
}

function adviceOn({ error }: SlackFault): Advice | undefined {
  return advice.find(({ codes }) => codes.includes(error));
}
