import type { WebClient } from "@slack/web-api";
import type { Logger } from "pino";
import { z } from "zod";
import { UsageError } from "../usage-error.ts";
import type { SlackMessage } from "./block-parts.ts";
import { descend, sendDown } from "./forms.ts";
import { patiently, untilKnown } from "./patiently.ts";
import { renderNotice } from "./render-blocks.ts";
import { sentenceOf } from "./slack-advice.ts";
import { attempt, type SlackFault } from "./slack-fault.ts";

/** Slack wants about one call a second; progress need not be that quick. */
const UPDATE_EVERY_MS = 2_000;

/** One message in direct messages that is written over while work goes on. */
export interface StatusMessage {
  /** Says how far work is, at most every two seconds: of what comes in between, the last. */
  progress(sentence: string): void;
  /**
   * Shows something that stays. If the message cannot be changed, it comes as a new one, which is written over from
   * then on.
   *
   * @throws UsageError when Slack takes neither.
   */
  show(message: SlackMessage): Promise<void>;
}

interface StatusOptions {
  readonly client: Pick<WebClient, "chat">;
  readonly channelId: string;
  readonly now: () => Date;
  readonly log: Pick<Logger, "warn">;
}

const posted = z.object({ ts: z.string() });

/**
 * Posts the message that is written over later.
 *
 * @throws UsageError that says what to do when Slack does not take it, or may not have.
 */
export async function postStatus(options: StatusOptions, sentence: string): Promise<StatusMessage> {
  const { client, log } = options;
  const note = (fault: SlackFault) =>
    log.warn({ where: "chat.postMessage", ...fault }, "work could not begin");
  const post = () => attempt(client.chat.postMessage(written(options, renderNotice(sentence))));
  const outcome = await patiently(post, note);
  if (outcome.ok) return statusAt(options, posted.parse(outcome.value).ts);
  note(outcome.fault);
  throw new UsageError(`I could not begin. ${sentenceOf(outcome.fault)}`);
}

/** Goes on in a message that is there. */
export function statusAt(options: StatusOptions, ts: string): StatusMessage {
  const { client, now, log, channelId } = options;
  let place = ts;
  let underWay: Promise<unknown> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  let isBusy = false;
  let latest: string | undefined;
  let nextMs = 0;
  const update = (message: SlackMessage) =>
    attempt(client.chat.update({ ...written(options, message), ts: place }));

  const schedule = () => {
    if (isBusy || timer !== undefined || latest === undefined) return;
    timer = setTimeout(send, Math.max(0, nextMs - now().getTime()));
  };
  const send = () => {
    timer = undefined;
    if (latest === undefined) return;
    isBusy = true;
    nextMs = now().getTime() + UPDATE_EVERY_MS;
    underWay = update(renderNotice(latest)).then((outcome) => {
      if (!outcome.ok) log.warn({ where: "chat.update", ...outcome.fault }, "progress could not be shown");
      isBusy = false;
      schedule();
    });
    latest = undefined;
  };

  return {
    progress(sentence) {
      latest = sentence;
      schedule();
    },
    async show(message) {
      // Progress that is late would write over it.
      latest = undefined;
      clearTimeout(timer);
      timer = undefined;
      await underWay;
      const descent = await descend(message);
      const note = (where: string) => (fault: SlackFault) =>
        log.warn({ where, channelId, ...fault }, "Slack did not take a message");
      const updated = await sendDown(
        descent,
        // Written over once more it is the same.
        (form) => untilKnown(() => update(form), note("chat.update")),
        note("chat.update"),
      );
      if (updated.ok) return;
      const another = (form: SlackMessage) => attempt(client.chat.postMessage(written(options, form)));
      const again = await sendDown(descent, another, note("chat.postMessage"));
      if (!again.ok) throw new UsageError(`I could not show what came of it. ${sentenceOf(again.fault)}`);
      place = posted.parse(again.value).ts;
    },
  };
}

function written({ channelId }: StatusOptions, { text, blocks }: SlackMessage) {
  return { channel: channelId, text, blocks: [...blocks], parse: "none", link_names: false } as const;
}
