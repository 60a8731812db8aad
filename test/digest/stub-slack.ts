import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import type { Random } from "../../src/core/random.ts";

/** A message that the stub took. */
export interface Accepted {
  readonly channel: string;
  readonly ts: string;
  readonly key: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

/** What happens to a message: before or after it is taken, and what the app hears of it. */
export const fates = [
  ["taken", 55],
  ["taken, answered too late", 6],
  ["taken late, answered too late", 4],
  ["taken, answered with 500", 6],
  ["taken, answered with internal_error", 4],
  ["taken, connection dropped", 8],
  ["not taken, 429", 2],
  ["not taken, 500", 6],
  ["not taken, connection dropped", 6],
  ["not taken, blocks refused", 3],
] as const;
export type Fate = (typeof fates)[number][0];

export interface StubSlack {
  readonly apiUrl: string;
  readonly accepted: readonly Accepted[];
  /** How often each thing happened. */
  readonly met: ReadonlyMap<Fate, number>;
  readonly historyGranted: boolean;
  close(): Promise<void>;
}

/** Later than the app waits, and sooner than a message that is not there is given up. */
const LATE_MS = 450;
const PAGE = 40;

/** A Slack over HTTP that posts messages and does so badly: slow, refusing, and silent about what it took. */
export async function startStubSlack(options: {
  readonly random: Random;
  /** Whether the history of channels may be read; that of direct messages always may. */
  readonly historyGranted: boolean;
}): Promise<StubSlack> {
  const { random, historyGranted } = options;
  const accepted: Accepted[] = [];
  const met = new Map<Fate, number>();
  let counter = 0;

  function draw(): Fate {
    let at = random() * fates.reduce((sum, [, weight]) => sum + weight, 0);
    for (const [fate, weight] of fates) {
      at -= weight;
      if (at < 0) return fate;
    }
    return "taken";
  }

  function take(args: Arguments): Accepted {
    counter += 1;
    const target = String(args.channel);
    const { event_payload } = JSON.parse(String(args.metadata)) as {
      readonly event_payload: { readonly key: string };
    };
    const message = {
      channel: target.startsWith("U") ? `D${target.slice(1)}` : target,
      ts: `${Math.floor(Date.now() / 1000)}.${String(counter).padStart(6, "0")}`,
      key: event_payload.key,
      payload: args,
    };
    accepted.push(message);
    return message;
  }

  async function post(args: Arguments, answer: Answer): Promise<void> {
    const fate = draw();
    met.set(fate, (met.get(fate) ?? 0) + 1);
    const isLater = fate === "taken late, answered too late";
    if (isLater) await sleep(LATE_MS);
    const message = fate.startsWith("taken") ? take(args) : undefined;
    if (fate === "taken, answered too late") await sleep(LATE_MS);
    if (fate.endsWith("connection dropped")) return answer.drop();
    if (fate.endsWith("500")) return answer.status(500);
    if (fate.endsWith("429")) return answer.status(429, { "retry-after": "1" });
    if (fate.endsWith("internal_error")) return answer.json({ ok: false, error: "internal_error" });
    if (!message) return answer.json({ ok: false, error: "invalid_blocks" });
    answer.json({ ok: true, channel: message.channel, ts: message.ts });
  }

  function history(args: Arguments, answer: Answer): void {
    const channel = String(args.channel);
    if (random() < 0.05) {
      answer.drop();
      return;
    }
    if (random() < 0.05) {
      answer.status(500);
      return;
    }
    if (!historyGranted && !channel.startsWith("D")) {
      answer.json({ ok: false, error: "missing_scope", needed: "channels:history" });
      return;
    }
    const start = Number(args.cursor ?? 0);
    const there = accepted
      .filter((each) => each.channel === channel && Number(each.ts) > Number(args.oldest))
      .toReversed();
    const messages = there.slice(start, start + PAGE).map(({ ts, key }) => ({
      type: "message",
      ts,
      metadata: { event_type: "portfolio_digest", event_payload: { key } },
    }));
    const next_cursor = there.length > start + PAGE ? String(start + PAGE) : "";
    answer.json({ ok: true, messages, has_more: next_cursor !== "", response_metadata: { next_cursor } });
  }

  const server = createServer((request, response) => {
    void serve(request, response);
  });

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const method = request.url?.split("/").at(-1) ?? "";
    const args = await argumentsOf(request);
    const answer = answerTo(response);
    await sleep(random() * 15);
    if (method === "chat.postMessage") return post(args, answer);
    if (method === "conversations.history") return history(args, answer);
    if (method === "conversations.open")
      return answer.json({ ok: true, channel: { id: `D${String(args.users).slice(1)}` } });
    const user = { id: args.user, team_id: "T0PROOF", real_name: "Ann", tz: "Europe/Berlin" };
    return answer.json(method === "users.info" ? { ok: true, user } : { ok: false, error: "unknown_method" });
  }

  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (typeof address !== "object" || !address) throw new Error("no port");
  return {
    apiUrl: `http://127.0.0.1:${address.port}/api/`,
    accepted,
    met,
    historyGranted,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

type Arguments = Readonly<Record<string, unknown>>;
type Answer = ReturnType<typeof answerTo>;

function answerTo(response: ServerResponse) {
  return {
    json: (body: object) => {
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify(body));
    },
    status: (status: number, headers: Readonly<Record<string, string>> = {}) => {
      response.writeHead(status, headers);
      response.end();
    },
    drop: () => void response.socket?.destroy(),
  };
}

async function argumentsOf(request: IncomingMessage): Promise<Arguments> {
  let body = "";
  for await (const chunk of request) body += chunk;
  return Object.fromEntries(new URLSearchParams(body));
}
