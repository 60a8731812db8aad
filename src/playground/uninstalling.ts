import { announce } from "./event-delivery.ts";
import { revokeBotTokens } from "./tokens.ts";
import type { Workspace } from "./workspace.ts";

export type UninstallEvent = "app_uninstalled" | "tokens_revoked";

/**
 * Removes the app from the workspace: its tokens stop working, then it hears of it, in the order asked for.
 * Slack promises no order. Resolves when each event it has subscribed to was delivered, or was tried once.
 * Messages are not announced any more; what people press still reaches the app, as it may under way.
 */
export async function uninstall(
  workspace: Workspace,
  order: readonly UninstallEvent[] = ["tokens_revoked", "app_uninstalled"],
): Promise<void> {
  revokeBotTokens(workspace.credentials);
  for (const name of order) {
    const event =
      name === "app_uninstalled"
        ? { type: name }
        : { type: name, tokens: { oauth: [], bot: [workspace.app.userId] } };
    await announce(workspace, { name, event: { ...event, event_ts: workspace.nextTs() } });
  }
}
