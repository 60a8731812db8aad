import { createHmac } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { type Playground, type PlaygroundOptions, startPlayground } from "../../src/playground/server.ts";

export const SIGNING_SECRET = "a-signing-secret";
export const BOT_TOKEN = "xoxb-playground";
export const MANAGER = "U0MARA";
export const REP = "U0JONAS";
export const GUEST = "U0GUEST";
/** Works for another company, with which a channel is shared. */
export const PARTNER = "U0PARTNER";
export const CHANNEL = "C0SALES";
export const SHARED_CHANNEL = "C0HAFEN";

/** What the stub received: the form, and for interactions and events the parsed payload. */
export interface Received {
  readonly headers: IncomingMessage["headers"];
  readonly rawBody: string;
  readonly form: Readonly<Record<string, string>>;
  // biome-ignore lint/suspicious/noExplicitAny: a payload is looked into field by field by the tests
  readonly payload: any;
}

export interface Answer {
  readonly status?: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly delayMs?: number;
}

export interface StubApp {
  readonly playground: Playground;
  readonly received: readonly Received[];
  /** What the app does with the next and every later request. */
  answer: (received: Received) => Answer | Promise<Answer>;
  /** A Web API call with the bot's token. */
  call(method: string, args?: object, token?: string): Promise<Record<string, unknown>>;
  close(): Promise<void>;
}

/** A tiny app behind a playground: it checks signatures and answers as the test says. */
export async function startStubApp(options: Partial<PlaygroundOptions> = {}): Promise<StubApp> {
  const received: Received[] = [];
  const server = createServer(async (request, response) => {
    let rawBody = "";
    for await (const chunk of request) rawBody += chunk;
    if (!isSigned(request, rawBody)) {
      response.writeHead(401).end();
      return;
    }
    const isJson = request.headers["content-type"] === "application/json";
    const form = isJson ? {} : Object.fromEntries(new URLSearchParams(rawBody));
    const json = isJson ? rawBody : form.payload;
    const payload = json === undefined ? undefined : JSON.parse(json);
    const entry = { headers: request.headers, rawBody, form, payload };
    received.push(entry);
    const { status = 200, body, headers, delayMs } = await stub.answer(entry);
    if (delayMs !== undefined) await new Promise((resolve) => setTimeout(resolve, delayMs));
    const isText = typeof body === "string" || body === undefined;
    response.writeHead(status, { "Content-Type": isText ? "text/plain" : "application/json", ...headers });
    response.end(isText ? body : JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const { botToken, ...others } = defaults;
  const playground = await startPlayground({
    ...others,
    // What is to be installed has no token yet.
    ...(options.oauth === undefined ? { botToken } : {}),
    appUrl: () => `http://127.0.0.1:${port}/slack/events`,
    ...options,
  });
  const stub: StubApp = {
    playground,
    received,
    answer: () => ({}),
    async call(method, args = {}, token = BOT_TOKEN) {
      const response = await fetch(`${playground.slackApiUrl}${method}`, {
        method: "POST",
        headers: {
          "Content-Type": "application/json",
          ...(token ? { Authorization: `Bearer ${token}` } : {}),
        },
        body: JSON.stringify(args),
      });
      return response.json();
    },
    async close() {
      await playground.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return stub;
}

/** Slack's own check, written a second time so that it does not depend on the playground's. */
function isSigned(request: IncomingMessage, rawBody: string): boolean {
  const timestamp = request.headers["x-slack-request-timestamp"];
  const expected = createHmac("sha256", SIGNING_SECRET).update(`v0:${timestamp}:${rawBody}`).digest("hex");
  const isFresh = Math.abs(Date.now() / 1000 - Number(timestamp)) < 300;
  return isFresh && request.headers["x-slack-signature"] === `v0=${expected}`;
}

export const defaults: PlaygroundOptions & { readonly botToken: string } = {
  port: 0,
  appUrl: () => "",
  signingSecret: SIGNING_SECRET,
  botToken: BOT_TOKEN,
  team: { id: "T0NORDWIND", name: "Nordwind Industrial" },
  users: [
    {
      id: MANAGER,
      name: "mara",
      realName: "Mara Lindqvist",
      email: "mara@nordwind.example",
      title: "Sales manager",
      isAdmin: true,
      tz: "Europe/Berlin",
    },
    {
      id: REP,
      name: "jonas",
      realName: "Jonas Weber",
      email: "jonas@nordwind.example",
      title: "Account executive",
    },
    {
      id: "U0PRIYA",
      name: "priya",
      realName: "Priya Nair",
      email: "priya@nordwind.example",
      title: "Account executive",
    },
    {
      id: GUEST,
      name: "gita",
      realName: "Gita Anand",
      email: "gita@freelance.example",
      title: "Consultant",
      isRestricted: true,
    },
    {
      id: PARTNER,
      name: "piet",
      realName: "Piet Hansen",
      email: "piet@hafen.example",
      teamId: "T0HAFEN",
    },
  ],
  channels: [
    { id: CHANNEL, name: "sales" },
    { id: "C0LEADERS", name: "sales-leaders", members: [MANAGER] },
    { id: "C0RANDOM", name: "random", appIsMember: false },
    {
      id: SHARED_CHANNEL,
      name: "project-hafen",
      members: [MANAGER, GUEST, PARTNER],
      connectedTeams: ["T0HAFEN"],
    },
  ],
  slashCommand: {
    command: "/portfolio",
    usageHint: "top A | account <name> | why <name> | help",
    shouldEscape: true,
  },
  completions: [
    { text: "top A", summary: "The accounts that make most of the revenue" },
    { text: "top A mine", summary: "The same, only those you own" },
    { text: "mix", summary: "How concentrated the revenue is" },
    { text: "moved 30d", summary: "Accounts that changed their tier" },
    { text: "why Brightwater", summary: "Why an account has its tier" },
    { text: "help", summary: "Everything you can ask" },
  ],
  intro: "Ask which accounts matter, why, and what to do next. Try one of these, or type /portfolio below.",
};
