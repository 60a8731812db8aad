import type { Reply } from "../command.ts";
import type { DigestSettings } from "../core/settings.ts";
import type { Desk } from "../desk.ts";
import type { DigestContent, DigestLedger, TakenDelivery } from "../store/digests.ts";
import type { Messenger } from "./messenger.ts";

/** What a delivery is to show. */
export type Composed =
  | { readonly kind: "digest"; readonly reply: Reply; readonly content: DigestContent }
  /** Nothing is new, and nothing is wanted then, or there is no data to tell anything of. */
  | { readonly kind: "nothing" }
  /** Slack does not say who reads it: again after a while. */
  | { readonly kind: "later"; readonly fault: string }
  /** It may not be shown there, until somebody changes something. */
  | { readonly kind: "not-allowed"; readonly sentence: string };

export type Compose = (taken: TakenDelivery) => Promise<Composed>;

/** Composes a delivery as it is to be shown now: by whoever may see what today, since the last one that surely arrived. */
export function createCompose(parts: {
  readonly desk: Pick<Desk, "digest">;
  readonly ledger: Pick<DigestLedger, "lastConfirmed">;
  readonly messenger: Pick<Messenger, "recipient" | "readers">;
  readonly settingsOf: (workspaceId: string) => Promise<DigestSettings>;
}): Compose {
  const { desk, ledger, messenger, settingsOf } = parts;

  return async ({ delivery, schedule }) => {
    const { workspaceId, isChannel, ownerId, target, filters, saysNothing } = schedule;
    const recipient = await messenger.recipient(workspaceId, isChannel ? ownerId : target);
    if (!recipient) return { kind: "later", fault: "recipient_unknown" };
    const readers = isChannel ? await readersOf(workspaceId, target) : undefined;
    if (readers && !readers.ok)
      return readers.isLasting
        ? { kind: "not-allowed", sentence: readers.sentence }
        : { kind: "later", fault: "readers_unknown" };
    const last = await ledger.lastConfirmed(delivery);
    const answer = await desk.digest({
      viewer: recipient.viewer,
      filters,
      last: last?.content,
      lastAt: last?.sentAt ?? last?.settledAt,
      people: async (userId) => (await messenger.recipient(workspaceId, userId))?.person,
      ...(readers && { audience: readers.audience }),
    });
    if (!answer.ok)
      return answer.nothingImported ? { kind: "nothing" } : { kind: "not-allowed", sentence: answer.message };
    const { reply, isNew, content } = answer;
    return isNew || saysNothing ? { kind: "digest", reply, content } : { kind: "nothing" };
  };

  async function readersOf(workspaceId: string, channelId: string) {
    const { slackConnect } = await settingsOf(workspaceId);
    return messenger.readers(workspaceId, channelId, { slackConnectAllowed: slackConnect });
  }
}
