import type { Reply } from "../command.ts";
import type { Audience, Person } from "../desk.ts";
import type { Viewer } from "../store/viewer.ts";

/** What digests need of Slack. None of it rejects: what Slack does not do is an outcome. */
export interface Messenger {
  /** Somebody of the workspace and how they see it; undefined while Slack does not say. */
  recipient(
    workspaceId: string,
    userId: string,
  ): Promise<{ readonly person: Person; readonly viewer: Viewer } | undefined>;
  /** Who reads a channel; a sentence where nothing may be posted there. `isLasting` where waiting does not help. */
  readers(
    workspaceId: string,
    channelId: string,
    rules: { readonly slackConnectAllowed: boolean },
  ): Promise<
    | { readonly ok: true; readonly audience: Audience }
    | { readonly ok: false; readonly sentence: string; readonly isLasting: boolean }
  >;
  /** Posts once; `key` goes along as metadata that people do not see. */
  post(workspaceId: string, digest: OutgoingDigest): Promise<PostOutcome>;
  /** Looks for a message with that key; `unable` without the scope for it. */
  find(
    workspaceId: string,
    where: { readonly target: string; readonly isChannel: boolean; readonly channelId?: string },
    key: string,
    since: Date,
  ): Promise<
    | { readonly kind: "found"; readonly channelId: string; readonly messageTs: string }
    | { readonly kind: "absent" | "unable" | "later" }
  >;
  /** Tells somebody in direct messages; false where it surely did not arrive. */
  tell(workspaceId: string, userId: string, reply: Reply): Promise<boolean>;
}

export interface OutgoingDigest {
  readonly target: string;
  readonly isChannel: boolean;
  readonly reply: Reply;
  readonly key: string;
  /** Asked right before every call: false once somebody else may have taken the delivery over. */
  readonly isStillOurs: () => boolean;
}

export type PostOutcome =
  | { readonly kind: "posted"; readonly channelId: string; readonly messageTs: string }
  /** Surely not posted; again after a while. */
  | { readonly kind: "later"; readonly fault: string }
  /** Surely not posted: Slack wants the whole workspace to wait so long. */
  | { readonly kind: "limited"; readonly fault: string; readonly afterMs: number }
  /** Surely not posted, and not until somebody does something. */
  | { readonly kind: "refused"; readonly fault: string }
  /** Nobody knows. */
  | { readonly kind: "unknown"; readonly fault: string; readonly channelId?: string };
