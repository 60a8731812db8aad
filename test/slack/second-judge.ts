import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createEmulator } from "emulate";
import { createChartPainter } from "../../src/charts/png.ts";
import { createCheckToken } from "../../src/installations/check-token.ts";
import { createInstallations } from "../../src/installations/installations.ts";
import { createRefreshToken } from "../../src/installations/refresh-token.ts";
import { createRequestSeal } from "../../src/installations/request-seal.ts";
import { createSeal } from "../../src/installations/seal.ts";
import { createLog } from "../../src/log.ts";
import { slackSignature } from "../../src/playground/signature.ts";
import { createSlackApp } from "../../src/slack/app.ts";
import { createInstall } from "../../src/slack/oauth.ts";
import { scopes } from "../../src/slack/scopes.ts";
import { chartOf } from "../charts/sample-charts.ts";
import { freePort } from "../helpers/bot-process.ts";
import { type Asked, openSmallPortfolio } from "../helpers/small-portfolio.ts";

const signingSecret = "secret of the second judge";
/** Of a person who looks around before the app is installed. */
const LOOKER = "xoxp-looker";
const client = { clientId: "987.654", clientSecret: "client-secret-of-the-second-judge" };

/** What the app posts to a response URL. */
export interface Posted {
  readonly text: string;
  readonly response_type: string;
  readonly blocks?: readonly Block[];
}
export interface Block {
  readonly type: string;
  readonly elements?: readonly {
    readonly action_id?: string;
    readonly text?: { readonly text: string };
    readonly value?: string;
    readonly options?: readonly { readonly value: string }[];
  }[];
  readonly [field: string]: unknown;
}

type Json = Readonly<Record<string, unknown>>;

/**
 * Slack's Web API as somebody else understands it: the emulator of the `emulate` package, which knows nothing of this
 * repository. It delivers neither commands nor presses, so these are sent to the app as Slack signs them, with a
 * response URL of ours.
 */
export interface SecondJudge {
  readonly portfolio: Asked;
  readonly teamId: string;
  readonly channelId: string;
  /** Ids by handle. */
  readonly users: Readonly<Record<string, string>>;
  /** Warnings and worse. */
  readonly logged: readonly Json[];
  /** Installs the app by its link, as a browser does, and returns the last page. */
  install(as: string): Promise<string>;
  /** Calls a method as the installed app. */
  call(method: string, args?: Readonly<Record<string, string>>): Promise<Json>;
  /** A file's bytes, as the installed app may read them. */
  download(address: string): Promise<Buffer>;
  slash(userId: string, text: string): Promise<readonly Posted[]>;
  /** Presses the element of an answer whose id begins with `kind`; `value` is the choice of a menu. */
  press(userId: string, on: Posted, kind: string, value?: string): Promise<readonly Posted[]>;
  /** Presses what opens a form, and resolves once the emulator shows one with this title. */
  pressForForm(userId: string, on: Posted, kind: string, title: string): Promise<void>;
  sendEvent(event: Json): Promise<void>;
  /** The next response URLs answer that they are used up. */
  breakResponseUrls(): void;
  stop(): Promise<void>;
}

export async function startSecondJudge(): Promise<SecondJudge> {
  const portfolio = await openSmallPortfolio();
  await portfolio.reply("settings person ann@example.com admin");
  const port = await freePort();
  const appUrl = `http://127.0.0.1:${port}`;
  const names = [...new Set(scopes.map(({ scope }) => scope))];
  const emulator = await createEmulator({
    service: "slack",
    port: 0,
    seed: {
      slack: {
        team: { name: "Second judge", domain: "second-judge" },
        strict_scopes: true,
        users: [
          { name: "ann", real_name: "Ann Archer", email: "ann@example.com" },
          { name: "bob", real_name: "Bob Baker", email: "bob@example.com" },
        ],
        channels: [{ name: "sales" }],
        tokens: [{ token: LOOKER, user: "ann", scopes: ["users:read", "channels:read"] }],
        oauth_apps: [
          {
            client_id: client.clientId,
            client_secret: client.clientSecret,
            name: "Portfolio",
            bot_name: "portfolio",
            redirect_uris: [`${appUrl}/slack/oauth_redirect`],
            scopes: names,
          },
        ],
      },
    },
  });
  const slackApiUrl = `${emulator.url}/api/`;

  const posts = new Map<string, Posted[]>();
  let isBroken = false;
  const mailbox = createServer(async (request, response) => {
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece);
    if (isBroken) {
      response.writeHead(404, { "Content-Type": "application/json" }).end('{"ok":false,"error":"used_url"}');
      return;
    }
    posts.get(request.url ?? "")?.push(JSON.parse(Buffer.concat(pieces).toString()));
    response.end("ok");
  });
  await new Promise<void>((resolve) => mailbox.listen(0, "127.0.0.1", resolve));
  const mailboxUrl = `http://127.0.0.1:${(mailbox.address() as AddressInfo).port}`;

  const logged: Json[] = [];
  const log = createLog("warn", { write: (line) => void logged.push(JSON.parse(line)) });
  const now = () => new Date();
  const seal = createSeal([new Uint8Array(32).fill(7)]);
  const { store } = portfolio;
  const installations = createInstallations({
    rows: store.installations,
    deleteWorkspace: store.deleteWorkspace,
    seal,
    refresh: createRefreshToken({ ...client, clientOptions: { slackApiUrl } }),
    check: createCheckToken({ slackApiUrl }),
    now,
    log,
  });
  const painter = createChartPainter({ drawingMs: 60_000 });
  // A message waits 15 s for its picture; on a busy machine the drawing library alone may take that long to load.
  await painter.draw(chartOf("bar", ["A"], [1]));
  const app = createSlackApp({
    transport: {
      kind: "http",
      signingSecret,
      port,
      host: "127.0.0.1",
      install: createInstall({ ...client, publicUrl: appUrl, slackApiUrl, installations, now }),
    },
    installations: {
      ...installations,
      // The emulator's team has a fixed id; its data are those of a workspace that no other test uses.
      of: async (teamId) => {
        const installed = await installations.of(teamId);
        return installed && { ...installed, workspaceId: portfolio.id };
      },
    },
    slackApiUrl,
    desk: portfolio.desk,
    requestSeal: createRequestSeal([signingSecret]),
    onlyWorkspaceId: portfolio.id,
    drawChart: painter.draw,
    pingStore: store.ping,
    log,
    now,
  });
  await app.start();

  const directory = await lookAround(slackApiUrl);
  const { teamId, channelId, users } = directory;
  const tokenOf = async () => (await installations.of(teamId))?.token ?? "";

  async function send(body: string, contentType: string): Promise<void> {
    const timestamp = String(Math.floor(Date.now() / 1_000));
    const { status } = await fetch(`${appUrl}/slack/events`, {
      method: "POST",
      body,
      headers: {
        "Content-Type": contentType,
        "X-Slack-Request-Timestamp": timestamp,
        "X-Slack-Signature": slackSignature(signingSecret, timestamp, body),
      },
    });
    if (status !== 200) throw new Error(`the app answered ${status}`);
  }

  /** Sends a request with a response URL, and returns what is posted there once nothing more comes. */
  async function ask(sendWith: (responseUrl: string) => Promise<void>): Promise<readonly Posted[]> {
    const path = `/${randomUUID()}`;
    const mine: Posted[] = [];
    posts.set(path, mine);
    await sendWith(`${mailboxUrl}${path}`);
    for (let quietMs = 0, seen = 0; quietMs < (seen === 0 ? 45_000 : 400); quietMs += 50) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      if (mine.length > seen) quietMs = 0;
      seen = mine.length;
      if (isBroken && quietMs >= 1_000) break;
    }
    return mine;
  }

  const form = "application/x-www-form-urlencoded";
  async function sendPress(press: {
    readonly userId: string;
    readonly on: Posted;
    readonly kind: string;
    readonly value: string | undefined;
    readonly responseUrl: string;
  }): Promise<void> {
    const { userId, on, kind, value } = press;
    const element = on.blocks
      ?.flatMap(({ elements = [] }) => elements)
      .find(({ action_id: id }) => id?.startsWith(kind));
    if (!element) throw new Error(`nothing to press begins with ${kind}`);
    const { trigger_id } = await callMethod(slackApiUrl, await tokenOf(), "views.generateTriggerId", {
      user_id: userId,
    });
    const payload = {
      type: "block_actions",
      team: { id: teamId },
      user: { id: userId, team_id: teamId },
      channel: { id: channelId },
      container: { message_ts: "1.000001", is_ephemeral: on.response_type === "ephemeral" },
      trigger_id,
      response_url: press.responseUrl,
      actions: [
        {
          action_id: element.action_id,
          ...(value === undefined ? { value: element.value } : { selected_option: { value } }),
        },
      ],
    };
    await send(String(new URLSearchParams({ payload: JSON.stringify(payload) })), form);
  }

  return {
    portfolio,
    ...directory,
    logged,
    install: (as) => installAs(appUrl, emulator.url, users[as] ?? ""),
    call: async (method, args = {}) => callMethod(slackApiUrl, await tokenOf(), method, args),
    download: async (address) => {
      const response = await fetch(address, { headers: { Authorization: `Bearer ${await tokenOf()}` } });
      return Buffer.from(await response.arrayBuffer());
    },
    slash: (userId, text) =>
      ask((responseUrl) =>
        send(
          String(
            new URLSearchParams({
              command: "/portfolio",
              text,
              team_id: teamId,
              channel_id: channelId,
              user_id: userId,
              trigger_id: randomUUID(),
              response_url: responseUrl,
            }),
          ),
          form,
        ),
      ),
    press: (userId, on, kind, value) =>
      ask((responseUrl) => sendPress({ userId, on, kind, value, responseUrl })),
    pressForForm: async (userId, on, kind, title) => {
      await sendPress({ userId, on, kind, value: undefined, responseUrl: `${mailboxUrl}/none` });
      for (const deadline = Date.now() + 10_000; Date.now() < deadline; ) {
        if ((await (await fetch(`${emulator.url}/?tab=views`)).text()).includes(title)) return;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      throw new Error(`no form is called ${title}; the log has ${JSON.stringify(logged)}`);
    },
    sendEvent: (event) =>
      send(
        JSON.stringify({
          type: "event_callback",
          team_id: teamId,
          event_id: randomUUID(),
          event_time: Math.floor(Date.now() / 1_000),
          event,
        }),
        "application/json",
      ),
    breakResponseUrls: () => {
      isBroken = true;
    },
    stop: async () => {
      await app.stop();
      await painter.close();
      mailbox.closeAllConnections();
      await new Promise((resolve) => mailbox.close(resolve));
      await emulator.close();
    },
  };
}

async function callMethod(
  apiUrl: string,
  token: string,
  method: string,
  args: Readonly<Record<string, string>>,
): Promise<Json> {
  const response = await fetch(`${apiUrl}${method}`, {
    method: "POST",
    headers: { Authorization: `Bearer ${token}` },
    body: new URLSearchParams(args),
  });
  return (await response.json()) as Json;
}

/** Who and what there is. */
async function lookAround(apiUrl: string) {
  const { members } = (await callMethod(apiUrl, LOOKER, "users.list", {})) as {
    members: readonly { readonly id: string; readonly name: string; readonly team_id: string }[];
  };
  const { channels } = (await callMethod(apiUrl, LOOKER, "conversations.list", {})) as {
    channels: readonly { readonly id: string; readonly name: string }[];
  };
  return {
    teamId: members[0]?.team_id ?? "",
    users: Object.fromEntries(members.map(({ id, name }) => [name, id])),
    channelId: channels.find(({ name }) => name === "sales")?.id ?? "",
  };
}

/** The way of a browser: the link, the choice of a person, and back. */
async function installAs(appUrl: string, slackUrl: string, userId: string): Promise<string> {
  const begun = await fetch(`${appUrl}/slack/install`, { redirect: "manual" });
  const cookie = begun.headers.get("set-cookie")?.split(";")[0] ?? "";
  const asked = new URL(begun.headers.get("location") ?? "");
  const chosen = await fetch(`${slackUrl}/oauth/v2/authorize/callback`, {
    method: "POST",
    redirect: "manual",
    body: new URLSearchParams({ ...Object.fromEntries(asked.searchParams), user_id: userId }),
  });
  const back = await fetch(chosen.headers.get("location") ?? "", { headers: { cookie } });
  return back.text();
}
