import { z } from "zod";
import { ConfigError } from "./config-error.ts";

/** How Slack reaches the bot, and whom the bot serves. */
export type SlackConfig = { readonly apiUrl: string | undefined } & (
  | {
      /** One workspace; requests come over HTTP. */
      readonly kind: "http";
      readonly botToken: string;
      readonly signingSecret: string;
    }
  | {
      /** One workspace; requests come through a WebSocket that the bot opens, so that it needs no public address. */
      readonly kind: "socket";
      readonly botToken: string;
      readonly appToken: string;
    }
  | {
      /** Every workspace that installs the app; requests come over HTTP. */
      readonly kind: "oauth";
      readonly clientId: string;
      readonly clientSecret: string;
      readonly signingSecret: string;
      readonly encryptionKeys: EncryptionKeys;
      /** Where browsers reach the bot; undefined leaves the way back from Slack to the app's settings there. */
      readonly publicUrl: string | undefined;
    }
);

/** The first one seals, all of them open. */
type EncryptionKeys = readonly [Uint8Array, ...Uint8Array[]];

const KEY_BYTES = 32;
const howToMakeAKey = "Make one with: openssl rand -base64 32";

const text = z.string().trim().min(1);
const encryptionKeys = z.string().transform((value, context): EncryptionKeys => {
  const [first, ...rest] = value.split(",").map((key) => Buffer.from(key.trim(), "base64"));
  if (first && [first, ...rest].every(({ length }) => length === KEY_BYTES)) return [first, ...rest];
  context.addIssue(`must be ${KEY_BYTES} bytes in base64, several with commas between. ${howToMakeAKey}`);
  return z.NEVER;
});

/** The variables about Slack. */
export const slackEnvironment = z.object({
  SLACK_BOT_TOKEN: z
    .string()
    .trim()
    .regex(/^(xoxb|xoxe\.xoxb)-/, "must start with xoxb-")
    .optional(),
  SLACK_SIGNING_SECRET: text.optional(),
  SLACK_APP_TOKEN: z.string().trim().startsWith("xapp-", "must start with xapp-").optional(),
  SLACK_CLIENT_ID: text.optional(),
  SLACK_CLIENT_SECRET: text.optional(),
  ENCRYPTION_KEY: encryptionKeys.optional(),
  PUBLIC_URL: z
    .url({ protocol: /^https?$/, error: "must be an address such as https://portfolio.example.com" })
    .optional(),
  SLACK_API_URL: z.url().optional(),
  PLAYGROUND: z.enum(["0", "1"]).default("0"),
});
type SlackEnvironment = z.output<typeof slackEnvironment>;

const credentials = [
  "SLACK_BOT_TOKEN",
  "SLACK_SIGNING_SECRET",
  "SLACK_APP_TOKEN",
  "SLACK_CLIENT_ID",
  "SLACK_CLIENT_SECRET",
] as const;

/** @throws ConfigError when the variables do not go together. */
export function slackConfig(env: SlackEnvironment): SlackConfig | undefined {
  const set = credentials.filter((name) => env[name] !== undefined);
  if (set.length === 0) return undefined;
  if (env.PLAYGROUND === "1")
    throw new ConfigError(
      `The playground does not start beside real Slack credentials. Unset ${set.join(", ")}, or PLAYGROUND.`,
    );
  if (env.SLACK_SIGNING_SECRET !== undefined && env.SLACK_APP_TOKEN !== undefined)
    throw new ConfigError(
      "SLACK_SIGNING_SECRET and SLACK_APP_TOKEN are both set. Keep the signing secret for HTTP, or the app token for Socket Mode.",
    );
  return env.SLACK_CLIENT_ID !== undefined || env.SLACK_CLIENT_SECRET !== undefined
    ? severalWorkspaces(env)
    : oneWorkspace(env);
}

function oneWorkspace(env: SlackEnvironment): SlackConfig {
  const { SLACK_SIGNING_SECRET: signingSecret, SLACK_APP_TOKEN: appToken, SLACK_API_URL: apiUrl } = env;
  const botToken = env.SLACK_BOT_TOKEN;
  if (botToken === undefined)
    throw new ConfigError(
      signingSecret === undefined
        ? "SLACK_APP_TOKEN is set, but SLACK_BOT_TOKEN is not."
        : "SLACK_SIGNING_SECRET is set, but SLACK_BOT_TOKEN is not.",
    );
  if (appToken !== undefined) return { kind: "socket", botToken, appToken, apiUrl };
  if (signingSecret !== undefined) return { kind: "http", botToken, signingSecret, apiUrl };
  throw new ConfigError(
    "SLACK_BOT_TOKEN is set, but SLACK_SIGNING_SECRET is not: requests could not be trusted. For Socket Mode, set SLACK_APP_TOKEN instead.",
  );
}

function severalWorkspaces(env: SlackEnvironment): SlackConfig {
  const { SLACK_CLIENT_ID: clientId, SLACK_CLIENT_SECRET: clientSecret, SLACK_API_URL: apiUrl } = env;
  const { SLACK_SIGNING_SECRET: signingSecret, ENCRYPTION_KEY: keys } = env;
  if (env.SLACK_BOT_TOKEN !== undefined)
    throw new ConfigError(
      "SLACK_BOT_TOKEN is for one workspace, SLACK_CLIENT_ID and SLACK_CLIENT_SECRET for all that install the app. Unset the one or the others.",
    );
  if (env.SLACK_APP_TOKEN !== undefined)
    throw new ConfigError(
      "Socket Mode serves one workspace. Unset SLACK_APP_TOKEN, or SLACK_CLIENT_ID and SLACK_CLIENT_SECRET.",
    );
  if (clientId === undefined || clientSecret === undefined)
    throw new ConfigError(
      clientId === undefined
        ? "SLACK_CLIENT_SECRET is set, but SLACK_CLIENT_ID is not."
        : "SLACK_CLIENT_ID is set, but SLACK_CLIENT_SECRET is not.",
    );
  if (signingSecret === undefined)
    throw new ConfigError(
      "SLACK_CLIENT_ID is set, but SLACK_SIGNING_SECRET is not: requests could not be trusted.",
    );
  if (keys === undefined)
    throw new ConfigError(
      `SLACK_CLIENT_ID is set, but ENCRYPTION_KEY is not: the tokens of workspaces could not be kept safe. ${howToMakeAKey}`,
    );
  const publicUrl = env.PUBLIC_URL;
  return { kind: "oauth", clientId, clientSecret, signingSecret, encryptionKeys: keys, publicUrl, apiUrl };
}
