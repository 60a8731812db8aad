import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { directMessageId } from "./conversations.ts";
import type { FaultQueue } from "./faults.ts";
import { storeFile } from "./files.ts";
import { type AppTab, homeOf, openAppTab } from "./home.ts";
import { type Press, type PressOutcome, press, suggest, type Target } from "./interactions.ts";
import type { JsonObject } from "./json.ts";
import { visibleMessages } from "./messages.ts";
import { type Submission, uploadToModal } from "./modal-entries.ts";
import { closeView, type SubmissionOutcome, submitView } from "./modals.ts";
import type {
  CallRecord,
  DeliveryRecord,
  EventRecord,
  FileDraft,
  Message,
  PlaygroundOptions,
  StoredFile,
  View,
  Violation,
} from "./model.ts";
import { authorize, type Consent } from "./oauth-page.ts";
import { serve } from "./routes.ts";
import { type Saying, say } from "./saying.ts";
import { faultsOfSubscriptions } from "./scopes.ts";
import { type ShortcutUse, takeShortcut } from "./shortcuts.ts";
import { runSlashCommand, type SlashOutcome, type SlashRequest } from "./slash-command.ts";
import { closeSockets, disconnectSockets, dropSockets } from "./socket-mode.ts";
import { acceptSocket } from "./socket-server.ts";
import { type UninstallEvent, uninstall } from "./uninstalling.ts";
import { frontModal } from "./views.ts";
import { waitFor } from "./wait-for.ts";
import { createWorkspace, type Workspace } from "./workspace.ts";

export type { EventRecord, Message, PlaygroundOptions, StoredFile, Violation } from "./model.ts";

/** A running local Slack: its addresses, and everything a test can do and see in it. */
export interface Playground {
  /** The page for people. */
  readonly url: string;
  /** For the Web API client's `slackApiUrl`; ends in `/api/`. */
  readonly slackApiUrl: string;
  close(): Promise<void>;
  /** Types a slash command; resolves when the app has acknowledged it. */
  slash(request: SlashRequest): Promise<SlashOutcome>;
  /** Presses a button or chooses in a menu. */
  press(request: Press): Promise<PressOutcome>;
  /** Types into an external select; resolves with the options the app offers. */
  suggest(request: Target & { readonly value: string }): Promise<readonly JsonObject[]>;
  /** Uses a shortcut in the menu of a message. */
  takeShortcut(request: ShortcutUse): Promise<PressOutcome>;
  /** Looks at one of the app's tabs, of which it hears where it subscribed to that. */
  openAppTab(request: { readonly userId: string; readonly tab: AppTab }): Promise<void>;
  /** What the app has published for somebody's Home tab. */
  home(userId: string): View | undefined;
  submitView(request: Submission): Promise<SubmissionOutcome>;
  /** Chooses files for a `file_input`, before the modal is submitted; the app hears of them with the modal. */
  uploadToModal(request: {
    readonly userId: string;
    readonly viewId: string;
    /** An action id or block id. */
    readonly input: string;
    readonly files: readonly FileDraft[];
  }): readonly StoredFile[];
  closeView(request: {
    readonly userId: string;
    readonly viewId: string;
    readonly all?: boolean;
  }): Promise<void>;
  /** What the viewer sees in a channel, oldest first; typed command lines are left out. */
  messages(view: { readonly channelId: string; readonly viewerId: string }): readonly Message[];
  /** Says something as a person; an app that has subscribed to it receives the event. */
  say(request: Saying): Message;
  /** Posts a file as a person, to the app's direct messages unless a channel is named. */
  giveFile(
    userId: string,
    file: FileDraft & { readonly text?: string; readonly channelId?: string },
  ): Message;
  /** Every file there is, oldest first. */
  files(): readonly StoredFile[];
  /** One file, with its `bytes`; throws when there is none. */
  file(id: string): StoredFile;
  /** Every event the app was subscribed to, with how its deliveries went; oldest first. */
  events(): readonly EventRecord[];
  /** The id of a user's direct messages with the app. */
  directMessages(userId: string): string;
  /** Every invalid thing the app has sent so far. */
  readonly violations: readonly Violation[];
  /** Every open modal, with whose it is; the last one of a user is in front. */
  readonly views: readonly { readonly userId: string; readonly view: View }[];
  frontModal(userId: string): View | undefined;
  /** What was delivered to the app, and how it answered. */
  readonly deliveries: readonly DeliveryRecord[];
  /** What the app has called: Web API methods, and `response_url`. */
  readonly calls: readonly CallRecord[];
  /** Makes the next calls of a method fail or wait. */
  readonly faults: Pick<FaultQueue, "next">;
  /** Answers the app's request to be added, as a person; returns the address the browser is sent to next. */
  authorize(consent: Consent): string;
  /**
   * Removes the app: its tokens stop working, then the events named are delivered in this order. Resolves when
   * each was delivered, or was tried once.
   */
  uninstall(request?: { readonly order?: readonly UninstallEvent[] }): Promise<void>;
  /** Revokes the bot's tokens without removing the app; only `tokens_revoked` follows. */
  revokeToken(): Promise<void>;
  /** How many connections the app has open in Socket Mode. */
  readonly openSockets: number;
  /**
   * Asks the app to connect anew, as Slack does every few hours. The old connections work until a new one is
   * there, ten seconds at most.
   */
  disconnectSockets(request: { readonly reason: "refresh_requested" | "warning" }): void;
  /** Cuts the app's connections without a word. */
  dropSockets(): void;
  /** Resolves with the first value that is neither undefined, null nor false. */
  waitFor<T>(look: () => T | undefined | null | false, timeoutMs?: number): Promise<T>;
}

/** Starts a local Slack on 127.0.0.1. */
export async function startPlayground(options: PlaygroundOptions): Promise<Playground> {
  const workspace = createWorkspace(options);
  const faults = faultsOfSubscriptions(workspace);
  if (faults.length > 0) throw new Error(faults.join(" "));
  let port = options.port;
  const server = createServer((request, response) => {
    void serve(workspace, request, response, port);
  });
  server.on("upgrade", (request, stream, head) => acceptSocket(workspace, request, stream, head, port));
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port, "127.0.0.1", resolve);
  });
  port = (server.address() as AddressInfo).port;
  workspace.origin = `http://127.0.0.1:${port}`;
  return {
    url: `${workspace.origin}/`,
    slackApiUrl: `${workspace.origin}/api/`,
    close: () =>
      new Promise((resolve) => {
        workspace.closing.abort();
        closeSockets(workspace);
        server.close(() => resolve());
        server.closeAllConnections();
      }),
    slash: (request) => runSlashCommand(workspace, request),
    press: (request) => press(workspace, request),
    suggest: (request) => suggest(workspace, request),
    takeShortcut: (request) => takeShortcut(workspace, request),
    openAppTab: (request) => openAppTab(workspace, request),
    home: (userId) => homeOf(workspace, userId),
    submitView: (request) => submitView(workspace, request),
    uploadToModal: (request) => uploadToModal(workspace, request),
    closeView: (request) => closeView(workspace, request),
    messages: (view) => visibleMessages(workspace, view).filter((message) => !message.isCommandLine),
    say: (request) => say(workspace, request),
    giveFile: (userId, { text = "", channelId = directMessageId(userId), ...draft }) =>
      say(workspace, { userId, channelId, text, fileIds: [storeFile(workspace, userId, draft).id] }),
    files: () => [...workspace.files.values()],
    file: (id) => knownFile(workspace, id),
    events: () => workspace.events,
    directMessages: directMessageId,
    violations: workspace.violations,
    get views() {
      return [...workspace.modals].flatMap(([userId, stack]) =>
        stack.flatMap((id) => {
          const found = workspace.views.get(id);
          return found ? [{ userId, view: found.view }] : [];
        }),
      );
    },
    frontModal: (userId) => frontModal(workspace, userId),
    deliveries: workspace.deliveries,
    calls: workspace.calls,
    faults: workspace.faults,
    authorize: (consent) => authorize(workspace, consent),
    uninstall: (request) => uninstall(workspace, request?.order),
    revokeToken: () => uninstall(workspace, ["tokens_revoked"]),
    get openSockets() {
      return workspace.sockets.open.length;
    },
    disconnectSockets: (request) => disconnectSockets(workspace, request),
    dropSockets: () => dropSockets(workspace),
    waitFor: (look, timeoutMs) => waitFor(workspace, look, timeoutMs),
  };
}

function knownFile(workspace: Workspace, id: string): StoredFile {
  const file = workspace.files.get(id);
  if (file) return file;
  const known = [...workspace.files.values()].map((each) => `${each.id} (${each.name})`).join(", ");
  throw new Error(`no file ${id} in the playground; there is: ${known || "none"}`);
}
