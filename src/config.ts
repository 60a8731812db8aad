import { z } from "zod";

/** What the environment decides, read once at start. */
export interface Config {
  readonly store: { readonly databaseUrl: string } | { readonly dataDir: string };
  /** Undefined: no Slack credentials, so `npm start` opens the playground. */
  readonly slack: SlackConfig | undefined;
  readonly port: number;
  readonly host: string;
  readonly logLevel: string;
  /** The workspace that a terminal asks about and a single-workspace bot serves. */
  readonly workspaceId: string;
}

export interface SlackConfig {
  readonly botToken: string;
  readonly signingSecret: string;
  readonly apiUrl: string | undefined;
}

/** The environment does not make sense; the message says what to set. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
}

const text = z.string().trim().min(1);
const environment = z.object({
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: "must be a postgresql:// address" }).optional(),
  DATA_DIR: text.default(".portfolio"),
  SLACK_BOT_TOKEN: z.string().trim().startsWith("xoxb-", "must start with xoxb-").optional(),
  SLACK_SIGNING_SECRET: text.optional(),
  SLACK_API_URL: z.url().optional(),
  PLAYGROUND: z.enum(["0", "1"]).default("0"),
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  HOST: text.default("0.0.0.0"),
  LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]).default("info"),
  WORKSPACE: z
    .string()
    .regex(/^[\w-]{1,40}$/, "may have letters, digits, - and _")
    .default("main"),
});

/**
 * @throws ConfigError naming every variable that is wrong; values are left out, since they may be secrets.
 */
export function parseConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ""));
  const parsed = environment.safeParse(given);
  if (!parsed.success)
    throw new ConfigError(
      parsed.error.issues.map(({ path, message }) => `${path.join(".")} ${message}`).join("\n"),
    );
  const { data } = parsed;
  return {
    store: data.DATABASE_URL === undefined ? { dataDir: data.DATA_DIR } : { databaseUrl: data.DATABASE_URL },
    slack: slackConfig(data),
    port: data.PORT,
    host: data.HOST,
    logLevel: data.LOG_LEVEL,
    workspaceId: data.WORKSPACE,
  };
}

function slackConfig(env: z.output<typeof environment>): SlackConfig | undefined {
  const { SLACK_BOT_TOKEN: botToken, SLACK_SIGNING_SECRET: signingSecret, PLAYGROUND: playground } = env;
  if (botToken === undefined && signingSecret === undefined) return undefined;
  if (playground === "1")
    throw new ConfigError(
      "The playground does not start beside real Slack credentials. Unset SLACK_BOT_TOKEN and SLACK_SIGNING_SECRET, or PLAYGROUND.",
    );
  if (botToken === undefined)
    throw new ConfigError("SLACK_SIGNING_SECRET is set, but SLACK_BOT_TOKEN is not.");
  if (signingSecret === undefined)
    throw new ConfigError(
      "SLACK_BOT_TOKEN is set, but SLACK_SIGNING_SECRET is not: requests could not be trusted.",
    );
  return { botToken, signingSecret, apiUrl: env.SLACK_API_URL };
}
