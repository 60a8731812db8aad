import type { WebClient } from "@slack/web-api";
import type { Logger } from "pino";
import { z } from "zod";
import type { SlackMessage } from "./block-parts.ts";
import { renderNotice } from "./render-blocks.ts";

/** Slack wants about one call a second; progress need not be that quick. */
const UPDATE_EVERY_MS = 2_000;

/** One message in direct messages that is written over while work goes on. */
export interface StatusMessage {
  readonly ts: string;
  /** Says how far work is, at most every two seconds: of what comes in between, the last. */
  progress(sentence: string): void;
  /** Shows something that stays. If the message cannot be changed, it comes as a new one. */
  show(message: SlackMessage): Promise<void>;
}

interface StatusOptions {
  readonly client: Pick<WebClient, "chat">;
  readonly channelId: string;
  readonly now: () => Date;
  readonly log: Pick<Logger, "warn">;
}

const posted = z.object({ ts: z.string() });

/** Posts the message that is written over later. */
export async function postStatus(options: StatusOptions, sentence: string): Promise<StatusMessage> {
  const { ts } = posted.parse(
    await options.client.chat.postMessage(written(options, renderNotice(sentence))),
  );
  return statusAt(options, ts);
}

/** Goes on in a message that is there. */
export function statusAt(options: StatusOptions, ts: string): StatusMessage {
  const { client, now, log, channelId } = options;
  let underWay: Promise<unknown> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  let isBusy = false;
  let latest: string | undefined;
  let nextMs = 0;
  const update = (message: SlackMessage) => client.chat.update({ ...written(options, message), ts });

  const schedule = () => {
    if (isBusy || timer !== undefined || latest === undefined) return;
    timer = setTimeout(send, Math.max(0, nextMs - now().getTime()));
  };
  const send = () => {
    timer = undefined;
    if (latest === undefined) return;
    isBusy = true;
    nextMs = now().getTime() + UPDATE_EVERY_MS;
    underWay = update(renderNotice(latest))
      .catch((err: unknown) => log.warn({ err }, "progress could not be shown"))
      .finally(() => {
        isBusy = false;
        schedule();
      });
    latest = undefined;
  };

  return {
    ts,
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
      try {
        await update(message);
      } catch (err) {
        log.warn({ err, channelId }, "a message could not be updated, so another one is posted");
        await client.chat.postMessage(written(options, message));
      }
    },
  };
}

function written({ channelId }: StatusOptions, { text, blocks }: SlackMessage) {
  return { channel: channelId, text, blocks: [...blocks], parse: "none", link_names: false } as const;
}
