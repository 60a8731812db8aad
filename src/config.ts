import { z } from "zod";
import { ConfigError } from "./config-error.ts";
import { type SlackConfig, slackConfig, slackEnvironment } from "./slack-config.ts";

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
  /** How long the data of a workspace is kept after it has uninstalled the app. */
  readonly deleteAfterDays: number;
}

const text = z.string().trim().min(1);
const environment = slackEnvironment.extend({
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: "must be a postgresql:// address" }).optional(),
  DATA_DIR: text.default(".portfolio"),
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  HOST: text.default("0.0.0.0"),
  LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]).default("info"),
  WORKSPACE: z
    .string()
    .regex(/^[\w-]{1,40}$/, "may have letters, digits, - and _")
    .default("main"),
  DELETE_AFTER_DAYS: z.coerce.number().int().min(0).max(3650).default(30),
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
    deleteAfterDays: data.DELETE_AFTER_DAYS,
  };
}
