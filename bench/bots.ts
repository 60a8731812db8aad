import { startChild } from "./children.ts";

export const signingSecret = "secret of the bench";
export const workspaceId = "bench";

export type Subject = "portfolio" | "no-op";

const scripts: Readonly<Record<Subject, string>> = {
  portfolio: "src/main.ts",
  "no-op": "bench/noop-bot.ts",
};

/** A bot that answers slash commands, in a process of its own. */
export interface Bot {
  readonly subject: Subject;
  /** Where Slack's requests go. */
  readonly url: string;
  stop(): Promise<void>;
}

/** Resolves once it says that it answers. */
export async function startBot(
  subject: Subject,
  slackApiUrl: string,
  storeEnv: Readonly<Record<string, string>>,
): Promise<Bot> {
  const child = startChild(scripts[subject], [], {
    ...storeEnv,
    // As in `npm start`; the peer has it too.
    NODE_OPTIONS: "--max-semi-space-size=32",
    SLACK_BOT_TOKEN: "xoxb-bench",
    SLACK_SIGNING_SECRET: signingSecret,
    SLACK_API_URL: slackApiUrl,
    WORKSPACE: workspaceId,
    HOST: "127.0.0.1",
    PORT: "0",
  });
  try {
    const port = await child.line(/answers Slack on port (\d+)/);
    return { subject, url: `http://127.0.0.1:${port}/slack/events`, stop: child.stop };
  } catch (error) {
    await child.stop();
    throw error;
  }
}
