import type { JsonObject } from "./json.ts";

export interface PlaygroundUser {
  readonly id: string;
  /** The handle, as typed after `@`. */
  readonly name: string;
  readonly realName: string;
  readonly email: string;
  readonly title?: string;
  readonly isAdmin?: boolean;
  readonly tz?: string;
  /** A guest: sees only channels that name them as a member. */
  readonly isRestricted?: boolean;
  /** A guest of one channel; Slack then sets `is_restricted` too. */
  readonly isUltraRestricted?: boolean;
  /** Somebody of another company, known through a shared channel; this workspace's own id when left out. */
  readonly teamId?: string;
  /** What `is_stranger` says; worked out when left out: of another company, and in no channel the app is in. */
  readonly isStranger?: boolean;
  readonly isBot?: boolean;
  readonly isDeleted?: boolean;
}

export interface PlaygroundChannel {
  readonly id: string;
  readonly name: string;
  /** Ids of its members; everybody who is neither guest, outsider, bot nor gone when left out. */
  readonly members?: readonly string[];
  readonly isPrivate?: boolean;
  /** Direct messages of several people. */
  readonly isMpim?: boolean;
  /** Ids of the other companies it is shared with through Slack Connect. */
  readonly connectedTeams?: readonly string[];
  /** Whether the app was invited; `false` makes posting fail with `not_in_channel`, in private with `channel_not_found`. */
  readonly appIsMember?: boolean;
  /** Nobody can post there any more. */
  readonly isArchived?: boolean;
}

export interface PlaygroundOptions {
  /** 0 takes any free port. */
  readonly port: number;
  /** Where requests are delivered; asked at each delivery, because the app may start later. */
  appUrl(): string;
  readonly signingSecret: string;
  /** A bot token that works from the start; without it the app has to be installed through `oauth`. */
  readonly botToken?: string;
  /** Lets the app be installed with OAuth; its tokens work beside `botToken`. */
  readonly oauth?: {
    readonly clientId: string;
    readonly clientSecret: string;
    /** Turns token rotation on; Slack's tokens live 12 hours. */
    readonly tokenExpiresInSeconds?: number;
  };
  readonly team: { readonly id: string; readonly name: string };
  readonly users: readonly PlaygroundUser[];
  readonly channels: readonly PlaygroundChannel[];
  readonly slashCommand: {
    readonly command: string;
    readonly usageHint: string;
    readonly shouldEscape: true;
  };
  /** What the menu of a message offers, as in the manifest. */
  readonly messageShortcuts?: readonly MessageShortcut[];
  /** Lines the composer completes, without the slash command. */
  readonly completions: readonly Completion[];
  /** The first thing a newcomer reads. */
  readonly intro?: string;
  /** The clock of messages, trigger ids and response URLs; signatures use the real one, as the app checks them. */
  now?(): Date;
  /** How long the app may take to acknowledge; Slack allows 3 seconds. */
  readonly acknowledgeWithinMs?: number;
  /** The scopes of `botToken`, as in the manifest; all of them when left out. An installation brings its own. */
  readonly scopes?: readonly string[];
  /** The bot events the manifest subscribes to, such as `message.im` and `app_mention`; none when left out. */
  readonly events?: readonly string[];
  /** Delivers through WebSockets that the app opens with this token, instead of to `appUrl`. */
  readonly socketMode?: {
    /** Starts with `xapp-`. */
    readonly appToken: string;
    /** How often each connection is pinged; 10 seconds when left out. */
    readonly pingIntervalMs?: number;
  };
  /**
   * How long a file that the app has uploaded is looked into, by `now`: until then it has no type and cannot be
   * shown in an image block. 0 when left out.
   */
  readonly fileProcessingMs?: number;
  /** When an event that was not acknowledged is sent again; Slack waits 0, 60 and 300 seconds. */
  readonly eventRetryDelaysMs?: readonly number[];
}

export interface MessageShortcut {
  readonly callbackId: string;
  readonly name: string;
}

export interface Completion {
  readonly text: string;
  readonly summary: string;
}

export type Block = JsonObject & { readonly type: string; readonly block_id: string };

export interface Message {
  readonly ts: string;
  readonly channelId: string;
  readonly from: "app" | "slackbot" | "user";
  /** The author's user id. */
  readonly userId: string;
  readonly text: string;
  readonly blocks: readonly Block[];
  /** Present on an ephemeral message: the one user who sees it. */
  readonly ephemeralTo?: string;
  readonly threadTs?: string;
  /** What the app said of it for programs alone. */
  readonly metadata?: { readonly event_type: string; readonly event_payload: JsonObject };
  /** Ids of the files it carries. */
  readonly fileIds?: readonly string[];
  /** How often it was replaced or updated. */
  readonly version: number;
  /** A line typed by the user, shown so that a conversation can be followed; Slack shows it only in part. */
  readonly isCommandLine?: true;
}

export interface View extends JsonObject {
  readonly id: string;
  readonly type: string;
  readonly hash: string;
  readonly blocks: readonly Block[];
  readonly callback_id: string;
  readonly private_metadata: string;
  readonly root_view_id: string;
  readonly previous_view_id: string | null;
}

/** A file somebody or the app has uploaded. */
export interface StoredFile {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  readonly bytes: Buffer;
  /** Who uploaded it; the app's own user id for a file of the app. */
  readonly userId: string;
  readonly createdMs: number;
  readonly altText?: string;
  /** Where it was posted. */
  readonly shares: readonly FileShare[];
  /** Handed to the app in a modal, so that the app may read it without a conversation in common. */
  readonly isGivenToApp: boolean;
}

export interface FileShare {
  readonly channelId: string;
  readonly ts: string;
}

/** A file that a test hands in. */
export interface FileDraft {
  readonly name: string;
  readonly bytes: Uint8Array | string;
}

/** One event of the Events API, and how its deliveries went. */
export interface EventRecord {
  readonly id: string;
  /** As subscribed to: `message.im`, `app_mention` … */
  readonly name: string;
  /** The inner event, as the app receives it. */
  readonly event: JsonObject;
  readonly attempts: readonly EventAttempt[];
}

export interface EventAttempt {
  /** 0 for the first delivery, then 1 to 3, as in `X-Slack-Retry-Num`. */
  readonly retry: number;
  /** Undefined when the app acknowledged; otherwise the retry reason of the next attempt, `timeout` in Socket Mode. */
  readonly failure: "http_timeout" | "http_error" | "connection_failed" | "timeout" | undefined;
}

/** Something invalid the app has sent. */
export interface Violation {
  /** Web API method, `response_url` or the delivery that was answered. */
  readonly where: string;
  readonly rule: string;
  /** JSON pointer into what was sent. */
  readonly path: string;
  readonly docs: string;
}

/** One request delivered to the app. */
export interface DeliveryRecord {
  readonly kind: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly milliseconds: number;
  readonly status: number | undefined;
  readonly error: string | undefined;
}

/** One Web API or response_url call by the app. */
export interface CallRecord {
  readonly method: string;
  readonly args: JsonObject;
  readonly response: JsonObject;
}
