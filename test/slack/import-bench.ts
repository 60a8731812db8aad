import { readFileSync } from "node:fs";
import { basename } from "node:path";
import type { FileDraft, Message } from "../../src/playground/model.ts";
import { slackSignature } from "../../src/playground/signature.ts";
import { type Asked, openAsked } from "../helpers/small-portfolio.ts";
import { type Exports, writeExports } from "../helpers/workspace.ts";
import { ANN, type Bench, CHANNEL, SIGNING_SECRET, startBench, TEAM } from "./slack-bench.ts";

/** The real desk of an empty workspace behind a local Slack, of which Ann is admin and Bob is not. */
export interface ImportBench extends Bench {
  readonly asked: Bench["asked"];
  readonly portfolio: Asked;
  /** The id of somebody's direct messages with the app. */
  dm(userId: string): string;
  /** What somebody reads in their direct messages, oldest first; what they said themselves is left out. */
  inDm(userId: string): readonly Message[];
  /** The newest message in direct messages that has this text in it. */
  waitInDm(userId: string, text: string): Promise<Message>;
  /** Types a line in the channel and returns the answer. */
  type(userId: string, text: string): Promise<Message>;
  /** Presses the button with this label. */
  pressLabel(userId: string, message: Message, label: string): Promise<void>;
  /** Sends a press that no message of the person offers. */
  forge(userId: string, message: Message, channelId: string, action: ForgedAction): Promise<number>;
  /** Sends a body as Slack does, with a signature of now. */
  send(body: string, contentType: string): Promise<number>;
}

export interface ForgedAction {
  readonly action_id: string;
  readonly value: string;
}

interface Element {
  readonly type: string;
  readonly action_id: string;
  readonly value?: string;
  readonly text?: { readonly text: string };
  readonly options?: readonly { readonly value: string; readonly text: { readonly text: string } }[];
}

export async function startImportBench(): Promise<ImportBench> {
  const portfolio = await openAsked();
  await portfolio.reply("settings person ann@example.com admin");
  const slack = await startBench({ desk: portfolio.desk, workspaceId: portfolio.id });

  async function send(body: string, contentType: string): Promise<number> {
    const timestamp = String(Math.floor(Date.now() / 1000));
    const headers = {
      "Content-Type": contentType,
      "X-Slack-Request-Timestamp": timestamp,
      "X-Slack-Signature": slackSignature(SIGNING_SECRET, timestamp, body),
    };
    return (await fetch(slack.appUrl, { method: "POST", body, headers })).status;
  }

  const inDm = (userId: string) =>
    slack
      .messages({ channelId: slack.directMessages(userId), viewerId: userId })
      .filter(({ from }) => from !== "user");
  let forged = 0;

  return Object.assign(slack, {
    portfolio,
    send,
    inDm,
    dm: (userId: string) => slack.directMessages(userId),
    waitInDm: (userId: string, text: string) =>
      slack.waitFor(() => inDm(userId).findLast((message) => textOf(message).includes(text)), 20_000),
    async type(userId: string, text: string) {
      const visible = () => slack.messages({ channelId: CHANNEL, viewerId: userId });
      const before = new Set(visible().map(({ ts }) => ts));
      await slack.slash({ userId, channelId: CHANNEL, text });
      return slack.waitFor(() => visible().find(({ ts }) => !before.has(ts)));
    },
    async pressLabel(userId: string, message: Message, label: string) {
      const { action_id: actionId } = elementOf(message, label);
      const outcome = await slack.press({ userId, messageTs: message.ts, actionId });
      if (!outcome.ok) throw new Error(outcome.error);
    },
    forge(userId: string, message: Message, channelId: string, action: ForgedAction) {
      forged += 1;
      const payload = {
        type: "block_actions",
        user: { id: userId, name: "forger", team_id: TEAM },
        team: { id: TEAM },
        trigger_id: `forged.${forged}.${message.ts}`,
        container: { type: "message", message_ts: message.ts, channel_id: channelId },
        channel: { id: channelId },
        actions: [{ type: "button", block_id: "b", action_ts: "1.2", ...action }],
      };
      const body = new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
      return send(body, "application/x-www-form-urlencoded");
    },
  });
}

/** Everything that is read in a message. */
export function textOf({ text, blocks }: Pick<Message, "text" | "blocks">): string {
  return `${text} ${JSON.stringify(blocks)}`;
}

/** The button or menu with this label or placeholder. */
export function elementOf(message: Message, label: string): Element {
  const elements = message.blocks.flatMap((block) =>
    block.type === "actions" ? (block.elements as readonly Element[]) : [],
  );
  const found = elements.find(({ text }) => text?.text === label);
  if (found) return found;
  throw new Error(`no button ${label}; there is ${elements.map(({ text }) => text?.text).join(", ")}`);
}

/** Rows as the files somebody would upload. */
export function drafts(exports: Exports): readonly FileDraft[] {
  return writeExports(exports).map((path) => ({ name: basename(path), bytes: readFileSync(path) }));
}

/** Uploads files with the form that `import` offers. */
export async function uploadByForm(
  bench: ImportBench,
  files: readonly FileDraft[],
  values: Readonly<Record<string, string>> = {},
) {
  const offer = await bench.type(ANN, "import");
  await bench.pressLabel(ANN, offer, "Upload files");
  const view = await bench.waitFor(() => bench.frontModal(ANN));
  return bench.submitView({ userId: ANN, viewId: view.id, values, files: { "import-files": files } });
}
