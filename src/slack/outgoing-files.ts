import { setTimeout as pause } from "node:timers/promises";
import type { WebClient } from "@slack/web-api";
import type { Logger } from "pino";
import { z } from "zod";
import { UsageError } from "../usage-error.ts";
import { openDirectMessages } from "./direct-messages.ts";
import { patiently, untilKnown } from "./patiently.ts";
import { sentenceOf } from "./slack-advice.ts";
import { attempt, type SlackFault } from "./slack-fault.ts";

/** Slack looks a file over before it shows it; most pictures take a second. */
const FIRST_LOOK_MS = 100;
const SHOWN_WITHIN_MS = 10_000;

export interface OutgoingFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** What is said of a picture to who does not see it; where it is posted, the comment has to say it. */
  readonly altText?: string;
}

/** Files from us to Slack. */
export interface OutgoingFiles {
  /**
   * Posts a file into a person's direct messages with the app: it cannot be part of a private answer.
   *
   * @param comment what stands above it.
   * @throws UsageError that says what to do when Slack does not take it, or may not have.
   */
  send(userId: string, file: OutgoingFile, comment: string): Promise<void>;
  /** Keeps a picture at Slack for messages to show, and returns its id; undefined when Slack does not show it in time. */
  keep(file: OutgoingFile): Promise<string | undefined>;
}

interface OutgoingOptions {
  readonly client: Pick<WebClient, "conversations" | "files" | "filesUploadV2">;
  readonly log: Pick<Logger, "warn">;
}

const uploadAnswer = z.object({
  files: z.tuple([z.object({ files: z.tuple([z.object({ id: z.string() })]) })]),
});
/** What kind of file it is, Slack says once it has looked it over. */
const shownAnswer = z.object({ file: z.object({ mimetype: z.string().optional() }) });

export function createOutgoingFiles({ client, log }: OutgoingOptions): OutgoingFiles {
  /** Calls Slack; again, once, where it asks to wait a little, or where nobody can see what is done twice. */
  async function call<Value>(where: string, work: () => Promise<Value>, canRepeat: boolean) {
    const note = (fault: SlackFault) => log.warn({ where, ...fault }, "Slack did not take a file");
    const once = () => patiently(() => attempt(work()), note);
    const outcome = await (canRepeat ? untilKnown(once, note) : once());
    if (!outcome.ok) note(outcome.fault);
    return outcome;
  }

  async function upload(file: OutgoingFile): Promise<string | undefined> {
    const outcome = await call("filesUploadV2", () => client.filesUploadV2(written(file)), true);
    return outcome.ok ? uploadAnswer.parse(outcome.value).files[0].files[0].id : undefined;
  }

  /** Whether Slack can show it by now; undefined where it does not tell. */
  async function isShown(file: string): Promise<boolean | undefined> {
    const outcome = await call("files.info", () => client.files.info({ file }), true);
    return outcome.ok ? (shownAnswer.parse(outcome.value).file.mimetype ?? "") !== "" : undefined;
  }

  return {
    async send(userId, file, comment) {
      const opened = await openDirectMessages({ client, log }, userId);
      if (!opened.ok) throw notSent(file.name, opened.fault, "refused");
      // Described with an alternative text, a file may never be posted: slackapi/python-slack-sdk issue 1818.
      const { altText: _, ...plain } = file;
      const post = { ...written(plain), channel_id: opened.value, initial_comment: comment };
      const sent = await call("filesUploadV2", () => client.filesUploadV2(post), false);
      if (!sent.ok) throw notSent(file.name, sent.fault, sent.fault.fate);
    },

    async keep(file) {
      const id = await upload(file);
      if (id === undefined) return undefined;
      for (let [wait, waited] = [FIRST_LOOK_MS, 0]; waited <= SHOWN_WITHIN_MS; wait *= 2) {
        const isReady = await isShown(id);
        if (isReady !== false) return isReady ? id : undefined;
        await pause(wait);
        waited += wait;
      }
      log.warn({ where: "files.info", error: "not_processed", fileId: id }, "a picture took too long");
      return undefined;
    },
  };
}

function written({ name, bytes, altText }: OutgoingFile) {
  const described = altText !== undefined && { alt_text: altText };
  return { filename: name, title: name, file: Buffer.from(bytes), ...described };
}

function notSent(name: string, fault: SlackFault, fate: SlackFault["fate"]): UsageError {
  return new UsageError(
    fate === "unknown"
      ? `Slack did not confirm ${name}. Look into our direct messages; if it is not there in a minute, ask for it again.`
      : `${name} was not sent. ${sentenceOf({ ...fault, fate })}`,
  );
}
