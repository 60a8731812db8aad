import type { WebClient } from "@slack/web-api";
import type { Logger } from "pino";
import { z } from "zod";
import type { Reply } from "../command.ts";
import type { Messenger, OutgoingDigest, PostOutcome } from "../digest/messenger.ts";
import { answerForms } from "./answer-forms.ts";
import type { FindReaders } from "./audience.ts";
import type { ChartPictures } from "./chart-pictures.ts";
import { openDirectMessages } from "./direct-messages.ts";
import { descend } from "./forms.ts";
import { type FindMessage, METADATA_EVENT } from "./look-for-message.ts";
import type { FindPerson } from "./people.ts";
import { attempt, isAboutBlocks, type Outcome, type SlackFault } from "./slack-fault.ts";
import { viewerFrom } from "./viewer-of.ts";

/** What a workspace's digests are sent with. */
export interface MessengerServices {
  readonly workspaceId: string;
  /** For what must not be sent twice: it never repeats a call, and gives up soon. */
  readonly client: Pick<WebClient, "chat" | "conversations">;
  readonly findPerson: FindPerson;
  readonly findReaders: FindReaders;
  readonly findMessage: FindMessage;
  readonly pictures: ChartPictures;
  readonly log: Pick<Logger, "warn">;
}

/** Surely not posted, and not until somebody does something. https://docs.slack.dev/reference/methods/chat.postMessage#errors */
const needsSomebody = new Set([
  ...["not_in_channel", "channel_not_found", "is_archived", "restricted_action", "no_permission"],
  ...["restricted_action_read_only_channel", "restricted_action_thread_only_channel"],
  ...["restricted_action_non_threadable_channel", "posting_to_general_channel_denied", "missing_scope"],
  ...["user_not_found", "user_disabled", "user_not_visible", "cannot_dm_bot", "messages_tab_disabled"],
  ...["account_inactive", "token_revoked", "invalid_auth", "not_authed", "access_denied"],
  "team_access_not_granted",
]);

const NOT_INSTALLED = "not_installed";
/** What a button of a digest asks for again, where it names no line of its own. */
const LINE = "digest";

const posted = z.object({ channel: z.string(), ts: z.string() });

/** Slack as digests need it, for every workspace that the app is in. */
export function createMessenger(
  servicesOf: (workspaceId: string) => Promise<MessengerServices | undefined>,
): Messenger {
  return {
    async recipient(workspaceId, userId) {
      const services = await servicesOf(workspaceId);
      const person = await services?.findPerson(userId);
      return person && { person, viewer: viewerFrom(workspaceId, userId, person) };
    },

    async readers(workspaceId, channelId, { slackConnectAllowed: externalAllowed }) {
      const services = await servicesOf(workspaceId);
      if (!services) return { ok: false, sentence: "Portfolio is not installed here.", isLasting: false };
      const readers = await services.findReaders(channelId, { externalAllowed });
      if (readers.ok) return readers;
      const { reason, remedy, isLasting } = readers;
      const sentence = `${reason}, so no digest is posted there.${remedy === undefined ? "" : ` ${remedy}`}`;
      return { ok: false, sentence, isLasting };
    },

    async post(workspaceId, digest) {
      const services = await servicesOf(workspaceId);
      return services ? post(services, digest) : { kind: "later", fault: NOT_INSTALLED };
    },

    async find(workspaceId, where, key, since) {
      const services = await servicesOf(workspaceId);
      if (!services) return { kind: "later" };
      const channelId = where.channelId ?? (await conversationOf(services, where));
      return channelId === undefined ? { kind: "later" } : services.findMessage(channelId, key, since);
    },

    async tell(workspaceId, userId, reply) {
      const services = await servicesOf(workspaceId);
      return services ? tell(services, userId, reply) : false;
    },
  };
}

async function post(services: MessengerServices, digest: OutgoingDigest): Promise<PostOutcome> {
  const { client, pictures, log, workspaceId } = services;
  const { target: channel, reply, key, isStillOurs } = digest;
  const descent = await descend(answerForms(reply, { line: LINE }, pictures.keep));
  for (;;) {
    // A form may have taken its time to be made, and nothing was posted so far.
    if (!isStillOurs()) return { kind: "later", fault: "out_of_time" };
    const { text, blocks } = descent.message;
    const outcome = await attempt(
      client.chat.postMessage({
        ...{ channel, text, blocks: [...blocks], parse: "none", link_names: false },
        metadata: { event_type: METADATA_EVENT, event_payload: { key } },
      }),
    );
    if (outcome.ok) return postedAs(outcome.value);
    const { fault } = outcome;
    log.warn({ where: "chat.postMessage", workspaceId, ...fault }, "Slack did not take a digest");
    if (!isAboutBlocks(fault) || !(await descent.lower())) return outcomeOf(fault);
  }
}

function postedAs(answer: unknown): PostOutcome {
  const { data } = posted.safeParse(answer);
  return data
    ? { kind: "posted", channelId: data.channel, messageTs: data.ts }
    : { kind: "unknown", fault: "unreadable_answer" };
}

function outcomeOf({ error, fate, retryAfterMs }: SlackFault): PostOutcome {
  if (fate === "unknown") return { kind: "unknown", fault: error };
  if (retryAfterMs !== undefined) return { kind: "limited", fault: error, afterMs: retryAfterMs };
  return { kind: needsSomebody.has(error) ? "refused" : "later", fault: error };
}

/** The conversation that a target names: a person's direct messages have an id of their own. */
async function conversationOf(
  { client, log }: MessengerServices,
  { target, isChannel }: { readonly target: string; readonly isChannel: boolean },
): Promise<string | undefined> {
  if (isChannel) return target;
  const opened = await openDirectMessages({ client, log }, target);
  return opened.ok ? opened.value : undefined;
}

async function tell(
  { client, log, pictures }: MessengerServices,
  userId: string,
  reply: Reply,
): Promise<boolean> {
  const descent = await descend(answerForms(reply, { line: LINE }, pictures.keep));
  for (;;) {
    const { text, blocks } = descent.message;
    const message = { channel: userId, text, blocks: [...blocks], parse: "none", link_names: false } as const;
    const outcome: Outcome = await attempt(client.chat.postMessage(message));
    if (outcome.ok) return true;
    log.warn({ where: "chat.postMessage", userId, ...outcome.fault }, "somebody could not be told");
    if (!isAboutBlocks(outcome.fault) || !(await descent.lower())) return outcome.fault.fate === "unknown";
  }
}
