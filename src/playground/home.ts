import { directMessageId } from "./conversations.ts";
import { announce } from "./event-delivery.ts";
import type { View } from "./model.ts";
import { knownUser, type Workspace } from "./workspace.ts";

/** The tabs of an app's own place in Slack. */
export type AppTab = "home" | "messages";

/** What the app has published for somebody. */
export function homeOf(workspace: Workspace, userId: string): View | undefined {
  return workspace.views.get(workspace.homes.get(userId) ?? "")?.view;
}

/**
 * Tells the app that somebody looks at one of its tabs; resolves after it was told once.
 * https://docs.slack.dev/reference/events/app_home_opened
 */
export async function openAppTab(
  workspace: Workspace,
  { userId, tab }: { readonly userId: string; readonly tab: AppTab },
): Promise<void> {
  const { id } = knownUser(workspace, userId);
  const view = tab === "home" ? homeOf(workspace, id) : undefined;
  await announce(workspace, {
    name: "app_home_opened",
    event: {
      type: "app_home_opened",
      user: id,
      channel: directMessageId(id),
      event_ts: workspace.nextTs(),
      tab,
      ...(view && { view }),
    },
  });
}
