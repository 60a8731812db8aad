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
}

export interface PlaygroundChannel {
  readonly id: string;
  readonly name: string;
  /** Ids of its members; everybody when left out. */
  readonly members?: readonly string[];
  /** Whether the app was invited; `false` makes posting fail with `not_in_channel`. */
  readonly appIsMember?: boolean;
}

export interface PlaygroundOptions {
  /** 0 takes any free port. */
  readonly port: number;
  /** Where requests are delivered; asked at each delivery, because the app may start later. */
  appUrl(): string;
  readonly signingSecret: string;
  readonly botToken: string;
  readonly team: { readonly id: string; readonly name: string };
  readonly users: readonly PlaygroundUser[];
  readonly channels: readonly PlaygroundChannel[];
  readonly slashCommand: {
    readonly command: string;
    readonly usageHint: string;
    readonly shouldEscape: true;
  };
  /** Lines the composer completes, without the slash command. */
  readonly completions: readonly Completion[];
  /** The first thing a newcomer reads. */
  readonly intro?: string;
  /** The clock of messages, trigger ids and response URLs; signatures use the real one, as the app checks them. */
  now?(): Date;
  /** How long the app may take to acknowledge; Slack allows 3 seconds. */
  readonly acknowledgeWithinMs?: number;
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
