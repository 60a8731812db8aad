import type { JsonObject } from "./json.ts";
import { visibleMessages } from "./messages.ts";
import type { Completion, Message, PlaygroundUser, View, Violation } from "./model.ts";
import { frontModal, stateValues } from "./views.ts";
import { knownUser, type Workspace } from "./workspace.ts";

/** Enough to scroll back; a longer history would only slow the page. */
const MOST_SHOWN_MESSAGES = 200;

/** Everything the page shows to one user. */
export interface PageState {
  readonly team: { readonly id: string; readonly name: string };
  readonly app: { readonly name: string; readonly userId: string };
  readonly command: string;
  readonly usageHint: string;
  readonly completions: readonly Completion[];
  readonly intro: string | null;
  readonly viewer: PlaygroundUser;
  readonly users: readonly PlaygroundUser[];
  readonly conversations: readonly PageConversation[];
  readonly modal: PageModal | null;
  readonly home: View | null;
  readonly violations: readonly Violation[];
}

export interface PageConversation {
  readonly id: string;
  readonly name: string;
  readonly kind: "channel" | "im";
  readonly memberCount: number;
  readonly messages: readonly Message[];
}

export interface PageModal {
  readonly view: View;
  readonly depth: number;
  readonly values: JsonObject;
}

/** What the viewer sees now. */
export function pageState(workspace: Workspace, viewerId: string): PageState {
  const { options, app } = workspace;
  const modal = frontModal(workspace, viewerId);
  const home = workspace.views.get(workspace.homes.get(viewerId) ?? "");
  return {
    team: options.team,
    app: { name: app.name, userId: app.userId },
    command: options.slashCommand.command,
    usageHint: options.slashCommand.usageHint,
    completions: options.completions,
    intro: options.intro ?? null,
    viewer: knownUser(workspace, viewerId),
    users: options.users,
    conversations: [...workspace.conversations.values()]
      .filter((conversation) => conversation.memberIds.includes(viewerId))
      .map(({ id, name, kind, memberIds }) => ({
        id,
        name,
        kind,
        memberCount: memberIds.length,
        messages: visibleMessages(workspace, { channelId: id, viewerId }).slice(-MOST_SHOWN_MESSAGES),
      })),
    modal: modal
      ? {
          view: modal,
          depth: workspace.modals.get(viewerId)?.length ?? 1,
          values: stateValues(workspace, modal.id),
        }
      : null,
    home: home?.view ?? null,
    violations: workspace.violations,
  };
}
