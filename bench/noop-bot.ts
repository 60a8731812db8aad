// The peer: a Bolt app of the same versions that acknowledges and answers with a fixed text. What Portfolio takes
// longer than this is Portfolio's own.
import type { AddressInfo } from "node:net";
import { App, HTTPReceiver, LogLevel } from "@slack/bolt";

const {
  SLACK_BOT_TOKEN: botToken = "",
  SLACK_SIGNING_SECRET: signingSecret = "",
  SLACK_API_URL,
} = process.env;
const logLevel = LogLevel.ERROR;

const app = new App({
  receiver: new HTTPReceiver({ signingSecret, processBeforeResponse: false, logLevel }),
  authorize: async () => ({ botToken }),
  clientOptions: SLACK_API_URL === undefined ? {} : { slackApiUrl: SLACK_API_URL },
  convoStore: false,
  ignoreSelf: false,
  logLevel,
});
app.command("/portfolio", async ({ ack, respond }) => {
  await ack();
  await respond({
    text: "Nothing to say",
    blocks: [{ type: "section", text: { type: "mrkdwn", text: "Nothing to say" } }],
  });
});
const server = await app.start({ port: 0, host: "127.0.0.1" });
process.once("SIGTERM", () => process.exit(0));
process.stdout.write(`The no-op app answers Slack on port ${(server.address() as AddressInfo).port}.\n`);
