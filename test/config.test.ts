import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseConfig } from "../src/config.ts";
import { ConfigError } from "../src/config-error.ts";

const slack = { SLACK_BOT_TOKEN: "xoxb-1-secret", SLACK_SIGNING_SECRET: "0123456789abcdef" };
const key = Buffer.alloc(32, 7).toString("base64");
const many = {
  SLACK_CLIENT_ID: "1.2",
  SLACK_CLIENT_SECRET: "c1ient",
  SLACK_SIGNING_SECRET: "s1gning",
  ENCRYPTION_KEY: key,
};

/** What an environment is refused with. */
function refusal(env: Readonly<Record<string, string | undefined>>): string {
  try {
    parseConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  throw new Error("nothing was refused");
}

test("an empty environment is the local playground", () => {
  const local = {
    store: { dataDir: ".portfolio" },
    slack: undefined,
    port: 3000,
    host: "0.0.0.0",
    logLevel: "info",
    workspaceId: "main",
    deleteAfterDays: 30,
  };
  expect(parseConfig({})).toEqual(local);
  expect(parseConfig({ PLAYGROUND: "1" })).toEqual(local);
  expect(parseConfig({ PATH: "/bin", UNKNOWN: "x" })).toEqual(local);
});

test("everything set", () => {
  expect(
    parseConfig({
      ...slack,
      DATABASE_URL: "postgresql://portfolio:pw@db:5432/portfolio",
      DATA_DIR: "/ignored/beside/a/database",
      SLACK_API_URL: "http://127.0.0.1:4000/api/",
      PLAYGROUND: "0",
      PORT: "8080",
      HOST: "127.0.0.1",
      LOG_LEVEL: "debug",
      WORKSPACE: "acme_1-x",
      DELETE_AFTER_DAYS: "7",
    }),
  ).toEqual({
    store: { databaseUrl: "postgresql://portfolio:pw@db:5432/portfolio" },
    slack: {
      kind: "http",
      botToken: slack.SLACK_BOT_TOKEN,
      signingSecret: slack.SLACK_SIGNING_SECRET,
      apiUrl: "http://127.0.0.1:4000/api/",
    },
    port: 8080,
    host: "127.0.0.1",
    logLevel: "debug",
    workspaceId: "acme_1-x",
    deleteAfterDays: 7,
  });
});

test("a variable set to nothing is not set, and space around a secret does not belong to it", () => {
  const empty = Object.fromEntries(
    ["DATABASE_URL", "DATA_DIR", "SLACK_BOT_TOKEN", "PLAYGROUND", "PORT", "HOST", "WORKSPACE"].map((name) => [
      name,
      "",
    ]),
  );
  expect(parseConfig(empty)).toEqual(parseConfig({}));
  const config = parseConfig({ SLACK_BOT_TOKEN: "xoxb-1\n", SLACK_SIGNING_SECRET: " abc\n" });
  expect(config.slack).toEqual({
    kind: "http",
    botToken: "xoxb-1",
    signingSecret: "abc",
    apiUrl: undefined,
  });
});

describe("refused, with the variable's name", () => {
  test.each([
    ["DATABASE_URL", "mysql://db/x"],
    ["DATABASE_URL", "db:5432"],
    ["SLACK_BOT_TOKEN", "xoxp-user-token"],
    ["SLACK_SIGNING_SECRET", "   "],
    ["SLACK_API_URL", "slack"],
    ["PLAYGROUND", "yes"],
    ["PORT", "http"],
    ["PORT", "-1"],
    ["PORT", "65536"],
    ["PORT", "80.5"],
    ["LOG_LEVEL", "loud"],
    ["HOST", "  "],
    ["DATA_DIR", "  "],
    ["WORKSPACE", "a b"],
    ["WORKSPACE", "x".repeat(41)],
    ["WORKSPACE", "a/b"],
    ["SLACK_APP_TOKEN", "xoxb-no-app-token"],
    ["DELETE_AFTER_DAYS", "soon"],
    ["DELETE_AFTER_DAYS", "-1"],
    ["PUBLIC_URL", "portfolio.example.com"],
    ["ENCRYPTION_KEY", "short"],
    ["ENCRYPTION_KEY", `${key},short`],
    ["ENCRYPTION_KEY", `${key},`],
  ])("%s=%j", (name, value) => {
    const message = refusal({ ...slack, [name]: value });
    expect(message).toMatch(new RegExp(`^${name} .+$`));
  });

  test("all that is wrong is named at once", () => {
    const message = refusal({ PORT: "x", LOG_LEVEL: "y", WORKSPACE: "a b" });
    expect(message.split("\n").map((line) => line.split(" ")[0])).toEqual(["PORT", "LOG_LEVEL", "WORKSPACE"]);
  });

  test.each(["0", "65535"])("port %s is one", (port) => {
    expect(parseConfig({ PORT: port }).port).toBe(Number(port));
  });
});

describe("Slack's credentials", () => {
  test("one of the two is not enough", () => {
    expect(refusal({ SLACK_BOT_TOKEN: slack.SLACK_BOT_TOKEN })).toContain("SLACK_SIGNING_SECRET is not");
    expect(refusal({ SLACK_SIGNING_SECRET: slack.SLACK_SIGNING_SECRET })).toContain("SLACK_BOT_TOKEN is not");
    expect(refusal({ ...slack, SLACK_SIGNING_SECRET: "" })).toContain("SLACK_SIGNING_SECRET is not");
  });

  test.each([
    ["both", slack],
    ["the token", { SLACK_BOT_TOKEN: slack.SLACK_BOT_TOKEN }],
    ["the signing secret", { SLACK_SIGNING_SECRET: slack.SLACK_SIGNING_SECRET }],
  ])("the playground does not start beside %s", (_, credentials) => {
    expect(refusal({ ...credentials, PLAYGROUND: "1" })).toMatch(
      /^The playground does not start beside real Slack/,
    );
  });
});

describe("how Slack reaches the bot", () => {
  test("through a socket with an app token", () => {
    const { slack: socket } = parseConfig({ SLACK_BOT_TOKEN: "xoxb-1", SLACK_APP_TOKEN: " xapp-1\n" });
    expect(socket).toEqual({ kind: "socket", botToken: "xoxb-1", appToken: "xapp-1", apiUrl: undefined });
  });

  test("from every workspace that installs the app, with the keys that its tokens are kept with", () => {
    const older = Buffer.alloc(32, 8).toString("base64");
    expect(parseConfig({ ...many, ENCRYPTION_KEY: `${key}, ${older}` }).slack).toEqual({
      kind: "oauth",
      clientId: "1.2",
      clientSecret: "c1ient",
      signingSecret: "s1gning",
      encryptionKeys: [Buffer.alloc(32, 7), Buffer.alloc(32, 8)],
      publicUrl: undefined,
      apiUrl: undefined,
    });
  });

  test.each([
    [
      "both ways at once",
      { ...slack, SLACK_APP_TOKEN: "xapp-1" },
      "SLACK_SIGNING_SECRET and SLACK_APP_TOKEN are both",
    ],
    ["no signing secret", { SLACK_BOT_TOKEN: "xoxb-1" }, "SLACK_SIGNING_SECRET is not"],
    [
      "an app token alone",
      { SLACK_APP_TOKEN: "xapp-1" },
      "SLACK_APP_TOKEN is set, but SLACK_BOT_TOKEN is not",
    ],
    [
      "one workspace and many",
      { ...many, SLACK_BOT_TOKEN: "xoxb-1" },
      "SLACK_BOT_TOKEN is for one workspace",
    ],
    [
      "many workspaces through a socket",
      { ...many, SLACK_SIGNING_SECRET: undefined, SLACK_APP_TOKEN: "xapp-1" },
      "Socket Mode serves one workspace",
    ],
    ["no client secret", { ...many, SLACK_CLIENT_SECRET: "" }, "SLACK_CLIENT_SECRET is not"],
    ["no client id", { ...many, SLACK_CLIENT_ID: "" }, "SLACK_CLIENT_ID is not"],
    ["no signing secret for many", { ...many, SLACK_SIGNING_SECRET: "" }, "SLACK_SIGNING_SECRET is not"],
    ["no key", { ...many, ENCRYPTION_KEY: "" }, "Make one with: openssl rand -base64 32"],
    ["a short key", { ...many, ENCRYPTION_KEY: "c2hvcnQ=" }, "Make one with: openssl rand -base64 32"],
    [
      "the playground beside it",
      { ...many, PLAYGROUND: "1" },
      "The playground does not start beside real Slack",
    ],
  ])("not with %s", (_, env, sentence) => {
    expect(refusal(env)).toContain(sentence);
  });
});

test("no message holds a value, since any of them may be a secret", () => {
  // A value that no message holds by chance.
  const secret = fc.stringMatching(/^[a-z0-9]{12,20}$/).map((random) => `s3cr3t${random}`);
  const name = fc.constantFrom(
    ...["DATABASE_URL", "SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET", "SLACK_API_URL", "PLAYGROUND", "PORT"],
    ...["LOG_LEVEL", "WORKSPACE", "DATA_DIR", "HOST", "SLACK_APP_TOKEN", "SLACK_CLIENT_ID"],
    ...["SLACK_CLIENT_SECRET", "ENCRYPTION_KEY", "PUBLIC_URL", "DELETE_AFTER_DAYS"],
  );
  const shape = fc.constantFrom(
    (value: string) => value,
    (value: string) => `xoxb-${value}`,
    (value: string) => `xapp-${value}`,
    (value: string) => `postgresql://u:${value}@db/x`,
    (value: string) => `mysql://u:${value}@db/x`,
    (value: string) => `${value} with spaces`,
  );
  let refused = 0;
  fc.assert(
    fc.property(fc.dictionary(name, fc.tuple(shape, secret)), (given) => {
      const env = Object.fromEntries(Object.entries(given).map(([key, [make, value]]) => [key, make(value)]));
      try {
        parseConfig(env);
      } catch (error) {
        refused += 1;
        expect(error).toBeInstanceOf(ConfigError);
        expect(String(error)).not.toContain("s3cr3t");
        expect(JSON.stringify(error)).not.toContain("s3cr3t");
      }
    }),
    { numRuns: 300 },
  );
  expect(refused).toBeGreaterThan(100);
});
