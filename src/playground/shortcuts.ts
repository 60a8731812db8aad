import { deliverPayload } from "./delivery.ts";
import { issueResponseUrl } from "./interaction-tickets.ts";
import { base, type PressOutcome } from "./interactions.ts";
import { messagePayload } from "./message-payload.ts";
import { visibleMessage } from "./messages.ts";
import { knownConversation, type Workspace } from "./workspace.ts";

/** An entry of a message's menu. */
export interface ShortcutUse {
  readonly userId: string;
  readonly messageTs: string;
  readonly callbackId: string;
}

/**
 * Uses one of the app's shortcuts on a message; resolves when the app has acknowledged it. What only one person sees has no
 * such menu in Slack either.
 * https://docs.slack.dev/reference/interaction-payloads/shortcuts-interaction-payload
 */
export async function takeShortcut(
  workspace: Workspace,
  { userId, messageTs, callbackId }: ShortcutUse,
): Promise<PressOutcome> {
  const { messageShortcuts = [] } = workspace.options;
  if (!messageShortcuts.some((each) => each.callbackId === callbackId))
    throw new Error(`the app has no shortcut ${callbackId} for messages`);
  const message = visibleMessage(workspace, userId, messageTs);
  if (message.ephemeralTo !== undefined) throw new Error("a private message has no menu of shortcuts");
  const { id, name } = knownConversation(workspace, message.channelId);
  const acknowledgement = await deliverPayload(workspace, {
    type: "message_action",
    ...base(workspace, userId),
    callback_id: callbackId,
    action_ts: workspace.nextTs(),
    message_ts: message.ts,
    channel: { id, name },
    message: messagePayload(workspace, message),
    // Nothing of the app's to replace: what it answers is a message of its own.
    response_url: issueResponseUrl(workspace, { userId, channelId: id }).url,
  });
  workspace.changed();
  return acknowledgement.ok ? { ok: true } : { ok: false, error: acknowledgement.error };
}
