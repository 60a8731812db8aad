import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

export const teamId = "T0BENCH";
export const channelId = "C0BENCH";

export interface StubPerson {
  readonly id: string;
  readonly email: string;
}

/** As much of Slack as a bot needs to answer. */
export interface SlackStub {
  readonly apiUrl: string;
  /** A response URL; what is posted to it is given to `onAnswer` with the same id. */
  responseUrl(id: string): string;
  /** Who the users are; anybody else is a member whom no data knows. */
  setPeople(people: readonly StubPerson[]): void;
  /** Files that were uploaded. */
  readonly uploads: () => number;
  readonly server: Server;
}

/**
 * Takes everything and answers at once. The playground would not do: it checks every block against Slack's rules and
 * keeps every message, so that it and not the bot would be measured.
 */
export async function startSlackStub(onAnswer: (id: string, body: string) => void): Promise<SlackStub> {
  let people: readonly StubPerson[] = [];
  let uploads = 0;
  let origin = "";
  const server = createServer((request, response) => {
    void handle(request).then((body) => {
      response.setHeader("content-type", typeof body === "string" ? "text/plain" : "application/json");
      response.end(typeof body === "string" ? body : JSON.stringify({ ok: true, ...body }));
    });
  });

  async function handle(request: IncomingMessage): Promise<string | object> {
    const [, area, name = ""] = new URL(request.url ?? "/", "http://stub").pathname.split("/");
    const body = await text(request);
    if (area === "response") onAnswer(name, body);
    if (area === "upload") uploads += 1;
    return area === "api" ? answerOf(name, body) : "ok";
  }

  function answerOf(method: string, body: string): object {
    const named = new URLSearchParams(body);
    switch (method) {
      case "auth.test":
        return {
          team_id: teamId,
          team: "Bench",
          user_id: "U0BOT",
          user: "portfolio",
          bot_id: "B0BOT",
          url: origin,
        };
      case "users.info":
        return { user: personOf(people, named.get("user") ?? "") };
      case "conversations.info":
      case "conversations.open":
        return { channel: { id: channelId, name: "sales" } };
      case "conversations.members":
        return { members: people.map(({ id }) => id) };
      case "files.getUploadURLExternal":
        return { upload_url: `${origin}/upload/F0BENCH`, file_id: "F0BENCH" };
      case "files.completeUploadExternal":
        return { files: [fileOf(origin)] };
      case "files.info":
        return { file: fileOf(origin) };
      default:
        return { channel: channelId, ts: "1700000000.000100", message_ts: "1700000000.000100" };
    }
  }

  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    apiUrl: `${origin}/api/`,
    responseUrl: (id) => `${origin}/response/${id}`,
    setPeople: (known) => {
      people = known;
    },
    uploads: () => uploads,
    server,
  };
}

function personOf(people: readonly StubPerson[], id: string) {
  const email = people.find((person) => person.id === id)?.email ?? `${id.toLowerCase()}@example.com`;
  return {
    id,
    team_id: teamId,
    name: id.toLowerCase(),
    is_admin: false,
    is_email_confirmed: true,
    profile: { real_name: id, email },
  };
}

function fileOf(origin: string) {
  return { id: "F0BENCH", mimetype: "image/png", filetype: "png", url_private: `${origin}/upload/F0BENCH` };
}
