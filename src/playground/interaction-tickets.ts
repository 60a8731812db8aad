import type { Workspace } from "./workspace.ts";

/** A trigger id: three seconds and one modal, https://docs.slack.dev/interactivity/handling-user-interaction. */
export function issueTrigger(workspace: Workspace, userId: string, viewId?: string): string {
  const id = `${workspace.nextId("")}.${workspace.options.team.id}.trigger`;
  workspace.triggers.set(id, { userId, viewId, issuedAt: workspace.nowMs(), exchanged: false });
  return id;
}

/** A response URL for five answers within half an hour. */
export function issueResponseUrl(
  workspace: Workspace,
  source: { readonly userId: string; readonly channelId: string; readonly original?: string },
): { readonly id: string; readonly url: string } {
  const id = workspace.nextId("R");
  workspace.responseUrls.set(id, {
    userId: source.userId,
    channelId: source.channelId,
    issuedAt: workspace.nowMs(),
    uses: 0,
    original: source.original,
  });
  return { id, url: `${workspace.origin}/response/${id}` };
}
