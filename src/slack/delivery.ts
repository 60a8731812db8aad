import type { WebClient } from "@slack/web-api";
import type { Logger } from "pino";
import type { SlackMessage } from "./block-parts.ts";
import { type Descent, descend, type Forms, sendDown } from "./forms.ts";
import { untilKnown } from "./patiently.ts";
import type { Interaction } from "./payloads.ts";
import { renderNotice } from "./render-blocks.ts";
import { postToResponseUrl } from "./response-url.ts";
import { attempt, isLate, isSpentAddress, type Outcome, type SlackFault } from "./slack-fault.ts";

/**
 * How an answer appears: only to the person; the same as the first answer to what they typed; in place of the
 * message they pressed in; or to the channel.
 */
export type Manner = "private" | "first" | "replace" | "channel";

/** Resolves once the message has arrived or no way is left; rejects only when it cannot be made. */
export type Deliver = (to: Interaction, message: SlackMessage | Forms, manner: Manner) => Promise<Outcome>;

type Send = (message: SlackMessage) => Promise<Outcome>;
/** A way a message can take, by its name in the log. */
type Way = readonly [name: string, send: Send];

const UNCONFIRMED = "Slack did not confirm that my answer arrived. If you do not see it, ask once more.";

/**
 * Sends an answer by as many ways as it takes, each of them once. A response URL works five times within half an
 * hour, so a private answer goes on to `chat.postEphemeral` and to direct messages, a post to `chat.postMessage`.
 * What may have arrived is not sent again, except where it replaces itself: the person is told instead. What Slack
 * refuses because of its blocks goes down to its next form.
 */
export function createDelivery(options: {
  readonly client: Pick<WebClient, "chat">;
  readonly log: Pick<Logger, "warn" | "error">;
}): Deliver {
  const { client, log } = options;

  const byResponseUrl = (url: string, manner: Manner): Way => {
    const post = ({ text, blocks }: SlackMessage, replaces: boolean) =>
      postToResponseUrl(url, {
        text,
        ...(blocks.length > 0 && { blocks }),
        response_type: manner === "channel" ? "in_channel" : "ephemeral",
        replace_original: replaces,
      });
    const send: Send = (message) => {
      const first = () => post(message, manner === "replace");
      if (manner !== "replace" && manner !== "first") return first();
      // The first answer to a command is what its response URL replaces: seen once, however often it is sent. One that
      // is late may come after the other, and has nothing to replace then.
      return untilKnown(first, note("response_url", manner), async (fault) =>
        manner === "first" && isLate(fault) ? { ok: false, fault } : post(message, true),
      );
    };
    return ["response_url", send];
  };
  const byEphemeral = (channel: string, user: string, threadTs?: string): Way => [
    "chat.postEphemeral",
    (message) =>
      attempt(client.chat.postEphemeral({ ...written(message), channel, user, ...inThread(threadTs) })),
  ];
  const byMessage = (channel: string, threadTs?: string): Way => [
    "chat.postMessage",
    (message) => attempt(client.chat.postMessage({ ...written(message), channel, ...inThread(threadTs) })),
  ];

  const note = (where: string, manner: Manner) => (fault: SlackFault) =>
    log.warn({ where, manner, ...fault }, "Slack did not take a message");
  const take = ([where, send]: Way, descent: Descent, manner: Manner): Promise<Outcome> =>
    sendDown(descent, send, note(where, manner));

  async function post({ channelId, responseUrl }: Interaction, descent: Descent): Promise<Outcome> {
    let outcome = noWay;
    for (const way of [
      ...(responseUrl === undefined ? [] : [byResponseUrl(responseUrl, "channel")]),
      ...(channelId === undefined ? [] : [byMessage(channelId)]),
    ]) {
      outcome = await take(way, descent, "channel");
      if (outcome.ok || !isSpentAddress(outcome.fault)) return outcome;
    }
    return outcome;
  }

  async function tell(to: Interaction, whole: Descent, manner: Manner): Promise<Outcome> {
    const { channelId, responseUrl, userId, threadTs, isDirect } = to;
    let descent = whole;
    let outcome = noWay;
    for (const way of [
      ...(responseUrl === undefined ? [] : [byResponseUrl(responseUrl, manner)]),
      ...(channelId === undefined
        ? []
        : [isDirect ? byMessage(channelId, threadTs) : byEphemeral(channelId, userId, threadTs)]),
      byMessage(userId),
    ]) {
      outcome = await take(way, descent, manner);
      if (outcome.ok) return outcome;
      if (outcome.fault.fate === "unknown") descent = await descend(renderNotice(UNCONFIRMED));
    }
    if (!outcome.ok) log.error({ ...outcome.fault, channelId, userId }, "an answer was not delivered");
    return outcome;
  }

  return async (to, message, manner) => {
    const descent = await descend(message);
    return manner === "channel" ? post(to, descent) : tell(to, descent, manner);
  };
}

const noWay: Outcome = { ok: false, fault: { error: "no_way_to_answer", fate: "refused" } };

function inThread(threadTs: string | undefined) {
  return threadTs === undefined ? {} : { thread_ts: threadTs };
}

function written({ text, blocks }: SlackMessage) {
  return { text, blocks: [...blocks], parse: "none", link_names: false } as const;
}
