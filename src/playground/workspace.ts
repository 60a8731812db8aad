import { randomBytes } from "node:crypto";
import { type Conversation, conversationsOf } from "./conversations.ts";
import type { FaultQueue } from "./faults.ts";
import { createFaultQueue } from "./faults.ts";
import type { JsonObject } from "./json.ts";
import type {
  CallRecord,
  DeliveryRecord,
  EventRecord,
  Message,
  PlaygroundOptions,
  PlaygroundUser,
  StoredFile,
  View,
  Violation,
} from "./model.ts";
import { createSockets, type Sockets } from "./socket-mode.ts";
import { type Credentials, createCredentials } from "./tokens.ts";

export interface Trigger {
  readonly userId: string;
  readonly issuedAt: number;
  /** The view the interaction happened in; `views.push` needs it. */
  readonly viewId: string | undefined;
  exchanged: boolean;
}

export interface ResponseUrl {
  readonly userId: string;
  readonly channelId: string;
  readonly issuedAt: number;
  uses: number;
  /** What `replace_original` replaces; for a slash command the first answer becomes it. */
  original: string | undefined;
}

/** A file that `files.getUploadURLExternal` made room for. */
export interface Upload {
  readonly fileId: string;
  readonly name: string;
  readonly length: number;
  readonly altText: string | undefined;
  bytes: Buffer | undefined;
}

/** Everything the local Slack remembers; it lives as long as the process. */
export interface Workspace {
  readonly options: PlaygroundOptions;
  readonly app: {
    readonly id: string;
    readonly name: string;
    readonly botId: string;
    readonly userId: string;
  };
  readonly credentials: Credentials;
  readonly conversations: Map<string, Conversation>;
  readonly messages: Map<string, Message[]>;
  /** Values chosen in a message or view, by its ts or id, then by block, then by action. */
  readonly states: Map<string, Map<string, Map<string, JsonObject>>>;
  readonly views: Map<string, { readonly view: View; readonly userId: string }>;
  /** The stack of open modals of each user; the last one is in front. */
  readonly modals: Map<string, readonly string[]>;
  readonly homes: Map<string, string>;
  readonly triggers: Map<string, Trigger>;
  readonly responseUrls: Map<string, ResponseUrl>;
  /** Options the app has suggested, by user and action, so that a chosen one can be sent back whole. */
  readonly suggested: Map<string, readonly JsonObject[]>;
  /** Upload addresses that were asked for and wait for bytes or completion, by the last part of the address. */
  readonly uploads: Map<string, Upload>;
  readonly files: Map<string, StoredFile>;
  /** Ids of files that are gone; Slack still knows them. */
  readonly deletedFiles: Set<string>;
  /** The app's connections in Socket Mode. */
  readonly sockets: Sockets;
  readonly events: EventRecord[];
  readonly violations: Violation[];
  readonly deliveries: DeliveryRecord[];
  readonly calls: CallRecord[];
  readonly faults: FaultQueue;
  /** Known once the server listens. */
  origin: string;
  /** Aborts once the playground closes; what still waits gives up. */
  readonly closing: AbortController;
  nowMs(): number;
  nextTs(): string;
  nextId(prefix: string): string;
  changed(): void;
  onChange(listener: () => void): () => void;
}

/** An empty workspace with its people and channels. */
export function createWorkspace(options: PlaygroundOptions): Workspace {
  const listeners = new Set<() => void>();
  const nowMs = () => (options.now?.() ?? new Date()).getTime();
  let lastTs = 0;
  return {
    options,
    app: {
      id: "A0PLAYGROUND",
      name: appName(options.slashCommand.command),
      botId: "B0PLAYGROUND",
      userId: "U0PLAYGROUND",
    },
    credentials: createCredentials(options),
    conversations: conversationsOf(options),
    messages: new Map(),
    states: new Map(),
    views: new Map(),
    modals: new Map(),
    homes: new Map(),
    triggers: new Map(),
    responseUrls: new Map(),
    suggested: new Map(),
    uploads: new Map(),
    files: new Map(),
    deletedFiles: new Set(),
    sockets: createSockets(),
    events: [],
    violations: [],
    deliveries: [],
    calls: [],
    faults: createFaultQueue(),
    origin: "",
    closing: new AbortController(),
    nowMs,
    nextTs() {
      // A ts identifies its message, so two messages of one millisecond must differ.
      lastTs = Math.max(lastTs + 1, nowMs() * 1000);
      const microseconds = String(lastTs);
      return `${microseconds.slice(0, -6)}.${microseconds.slice(-6)}`;
    },
    nextId: (prefix) => `${prefix}${randomBytes(6).toString("hex").toUpperCase()}`,
    changed() {
      for (const listener of listeners) listener();
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

export function userById(workspace: Workspace, userId: string): PlaygroundUser | undefined {
  return workspace.options.users.find((user) => user.id === userId);
}

/** The user, or an error that says who is known; a test that misspells an id should read why. */
export function knownUser(workspace: Workspace, userId: string): PlaygroundUser {
  const user = userById(workspace, userId);
  if (user) return user;
  const known = workspace.options.users.map((each) => each.id).join(", ");
  throw new Error(`no user ${userId} in the playground; known: ${known}`);
}

/** The conversation, or an error that says which are known. */
export function knownConversation(workspace: Workspace, channelId: string): Conversation {
  const conversation = workspace.conversations.get(channelId);
  if (conversation) return conversation;
  const known = [...workspace.conversations.keys()].join(", ");
  throw new Error(`no channel ${channelId} in the playground; known: ${known}`);
}

function appName(command: string): string {
  const word = command.replace(/^\//, "");
  return word.charAt(0).toUpperCase() + word.slice(1);
}
