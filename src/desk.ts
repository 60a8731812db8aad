import type { Reply } from "./command.ts";
import type { Day } from "./core/calendar.ts";
import type { ComposedDigest } from "./digest/compose-digest.ts";
import type { DigestAbout } from "./digest/digest-reply.ts";
import type { Home } from "./home/home.ts";
import type { Intake } from "./intake/intake.ts";
import type { PendingRequests } from "./store/pending-requests.ts";
import type { Viewer } from "./store/viewer.ts";

/**
 * Where a line that somebody typed becomes an answer. Slack, the terminal and the playground all come
 * here, so that they cannot differ.
 */
export interface Desk {
  /** Answers a line such as `top A mine`. What the person did wrong is an answer; what we did wrong is thrown. */
  answer(request: Request): Promise<Answer>;
  /** Answers what was asked in words as the line that it means, and says which; asks back where it means none. */
  ask(request: Request): Promise<Answer>;
  /** What a digest says to somebody, or to everybody in a channel; who sees what is decided as for `answer`. */
  digest(request: DigestRequest): Promise<DigestAnswer>;
  /** The same for many at once, in their order, with a few questions to the store for all who have the same rights. */
  digests(requests: readonly DigestRequest[]): Promise<readonly DigestAnswer[]>;
  /** The values a form offers for a filter, those that match what was typed so far; at most 100. */
  choices(viewer: Viewer, filter: ChoiceFilter, typed: string): Promise<readonly string[]>;
  /** What somebody sees in the app's own place; strangers a sentence. */
  home(asked: Omit<Request, "line" | "audience" | "rows">): Promise<Home>;
  /** The accounts that a typed name may mean; the viewer's largest where nothing was typed yet. */
  accounts(viewer: Viewer, typed: string): Promise<readonly { readonly id: string; readonly name: string }[]>;
  /** The day that an instant falls on in a workspace. */
  dayOf(workspaceId: string, instant: Date): Promise<Day>;
  /** The settings as a form shows them; a mistake where the viewer may not change them. */
  settingsForm(viewer: Viewer): Promise<SettingsForm | Mistake>;
  /** Changes settings to what a submitted form says: by field, as typed; what is left out stays. */
  submitSettings(
    viewer: Viewer,
    typed: Readonly<Record<string, string>>,
  ): Promise<SettingsSubmission | Mistake>;
  /** True the first time a key is seen in the workspace, false whenever it comes again but in the same request. */
  once(workspaceId: string, key: string, requestId?: string): Promise<boolean>;
  /** Takes a key back: what it stood for did not happen. */
  forget(workspaceId: string, key: string): Promise<void>;
  /** Does the work of a request; what every answer begins with is got ready meanwhile. */
  foreseeing<Result>(workspaceId: string, work: () => Promise<Result>): Promise<Result>;
  /** Requests that are not answered yet. */
  readonly pendingRequests: PendingRequests;
  /** What an admin does with files. */
  readonly intake: Intake;
  /** Every command with its help, for completion and the manifest's usage hint. */
  readonly help: readonly CommandHelp[];
}

export interface Request {
  readonly viewer: Viewer;
  readonly line: string;
  /** Everybody else who will read the answer: it holds only what each of them may see too. */
  readonly audience?: Audience;
  /** `all` puts every row into the reply's data; what is shown stays one page. */
  readonly rows?: "page" | "all";
  /** Finds the people that a line mentions as `<@U123>`. */
  readonly people?: (userId: string) => Promise<Person | undefined>;
  /** Where it was asked; undefined at a terminal. */
  readonly place?: Place;
  /** Finds the channels that a line mentions as `<#C123>`. */
  readonly channels?: (channelId: string) => Promise<Channel | undefined>;
}

export interface DigestRequest extends Omit<DigestAbout, "isShared"> {
  /** Whose digest it is; for a channel, whoever owns the schedule. */
  readonly viewer: Viewer;
  /** A channel's members. */
  readonly audience?: Audience;
  /** Finds the people that the filters mention as `<@U123>`. */
  readonly people?: (userId: string) => Promise<Person | undefined>;
}

/** A mistake where the filters name nothing, nothing is imported, or nobody may see anything. */
export type DigestAnswer = ({ readonly ok: true } & ComposedDigest) | Mistake;

/** A conversation in Slack. */
export interface Place {
  readonly channelId: string;
  /** Whether it is somebody's direct messages with the app. */
  readonly isDirect: boolean;
}

/** A channel, as digests need to know it. */
export interface Channel {
  readonly id: string;
  /** As people call it: `#sales`. */
  readonly name: string;
  /** Whether the app may post there. */
  readonly isMember: boolean;
  /** Whether people of another company read it. */
  readonly isExternal: boolean;
}

/** Who reads what is shared, and where. */
export interface Audience {
  /** As people call it: `#sales`. */
  readonly place: string;
  readonly members: readonly Viewer[];
}

export interface Person {
  readonly name: string;
  /** Present only where it is known to be theirs. */
  readonly email?: string;
  /** Full membership in the workspace; undefined for guests and people of other companies. */
  readonly standing?: "member" | "workspace-admin";
  readonly isBot?: boolean;
  /** The IANA zone that they set in Slack. */
  readonly timeZone?: string;
}

export type ChoiceFilter = "owner" | "team" | "industry" | "region" | "product";

export type Answer =
  | {
      readonly ok: true;
      /** The subcommand that answered. */
      readonly command: string;
      /** The typed query, as a program reads it. */
      readonly query: unknown;
      /** The typed query as a line that can be typed again, without its page. */
      readonly line: string;
      readonly reply: Reply;
    }
  | Mistake;

export interface Mistake {
  readonly ok: false;
  /** What is wrong and what to do, for the person who typed it. */
  readonly message: string;
  readonly suggestions: readonly { readonly label: string; readonly line: string }[];
  /** Where buttons can be pressed: what to do instead of the sentence. */
  readonly guidance?: Reply;
  /** That the next import mends it. */
  readonly nothingImported?: true;
}

export interface SettingsForm {
  readonly ok: true;
  readonly fields: readonly SettingField[];
  /** What cannot be changed here, and how it can. */
  readonly note: string;
}

export interface SettingField {
  readonly name: string;
  readonly label: string;
  readonly hint: string;
  readonly example: string;
  /** As it could be typed; empty where nothing is set. */
  readonly value: string;
  /** Whether it may be left empty. */
  readonly isOptional: boolean;
  /** The values there are, if they are few. */
  readonly choices?: readonly { readonly value: string; readonly label: string }[];
}

export type SettingsSubmission =
  | { readonly ok: true; readonly reply: Reply }
  /** A sentence for every field at fault; nothing was changed. */
  | { readonly ok: false; readonly faults: Readonly<Record<string, string>> };

export interface CommandHelp {
  readonly name: string;
  readonly summary: string;
  readonly usage: string;
  readonly examples: readonly string[];
  /** One of the handful that people use every day. */
  readonly isDaily: boolean;
}
