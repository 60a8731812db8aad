import type { ConversationKind } from "./conversations.ts";
import { fileTypeOf, isPicture } from "./file-types.ts";
import { homeOf } from "./home.ts";
import type { JsonObject } from "./json.ts";
import { visibleMessages } from "./messages.ts";
import type { Completion, Message, MessageShortcut, PlaygroundUser, View, Violation } from "./model.ts";
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
  /** What the menu of a message offers. */
  readonly shortcuts: readonly MessageShortcut[];
  /** Whether the app has a Home tab; `home` is what it shows, once it was published. */
  readonly hasHome: boolean;
  readonly home: View | null;
  readonly violations: readonly Violation[];
}

export interface PageConversation {
  readonly id: string;
  readonly name: string;
  readonly kind: ConversationKind;
  readonly isShared: boolean;
  readonly memberCount: number;
  readonly messages: readonly PageMessage[];
}

export interface PageMessage extends Message {
  readonly files: readonly PageFile[];
}

export interface PageFile {
  readonly id: string;
  /** Undefined once the file was deleted. */
  readonly about: PageFileAbout | undefined;
}

export interface PageFileAbout {
  readonly title: string;
  readonly size: number;
  readonly prettyType: string;
  readonly isPicture: boolean;
  readonly altText: string;
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
  const home = homeOf(workspace, viewerId) ?? null;
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
      .map(({ id, name, kind, memberIds, connectedTeams }) => ({
        id,
        name,
        kind,
        isShared: connectedTeams.length > 0,
        memberCount: memberIds.length,
        messages: visibleMessages(workspace, { channelId: id, viewerId })
          .slice(-MOST_SHOWN_MESSAGES)
          .map((message) => ({
            ...message,
            files: (message.fileIds ?? []).map((fileId) => pageFile(workspace, fileId)),
          })),
      })),
    modal: modal
      ? {
          view: modal,
          depth: workspace.modals.get(viewerId)?.length ?? 1,
          values: stateValues(workspace, modal.id),
        }
      : null,
    shortcuts: options.messageShortcuts ?? [],
    hasHome: home !== null || (options.events ?? []).includes("app_home_opened"),
    home,
    violations: workspace.violations,
  };
}

function pageFile(workspace: Workspace, id: string): PageFile {
  const file = workspace.files.get(id);
  if (!file) return { id, about: undefined };
  const { mimetype, prettyType } = fileTypeOf(file.name);
  const { title, bytes, altText = "" } = file;
  return { id, about: { title, size: bytes.length, prettyType, isPicture: isPicture(mimetype), altText } };
}
