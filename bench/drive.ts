import { Agent, request } from "node:http";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import type { Inbox } from "./inbox.ts";
import { checkAnswer, type Line, type Sample } from "./samples.ts";
import { arrivals, dueAtMs, type Schedule } from "./schedule.ts";
import type { SlackStub } from "./slack-stub.ts";
import { signSlashRequest } from "./slash-request.ts";

/** An open loop by the clock, or so many people who ask again as soon as they are answered. */
export type Load =
  | ({ readonly kind: "open" } & Schedule)
  | { readonly kind: "closed"; readonly connections: number; readonly forMs: number };

export interface DriveRequest {
  /** Of the bot. */
  readonly url: string;
  readonly signingSecret: string;
  /** Asked one after the other, and again from the first. */
  readonly lines: readonly Line[];
  readonly load: Load;
}

const ANSWERED_WITHIN_MS = 30_000;

/** Sends slash commands and waits for their answers, which the stub hands to the inbox. */
export function createDriver(
  stub: Pick<SlackStub, "responseUrl">,
  inbox: Inbox,
  answeredWithinMs = ANSWERED_WITHIN_MS,
) {
  let sent = 0;

  async function ask(
    { url, signingSecret }: DriveRequest,
    agent: Agent,
    line: Line,
    dueMs: number,
  ): Promise<Sample> {
    sent += 1;
    const id = `${process.pid}-${sent}`;
    const { text: typed, userId } = line;
    const slash = { text: typed, userId, responseUrl: stub.responseUrl(id), triggerId: `trigger.${id}` };
    const answer = inbox.expect(id, answeredWithinMs);
    const signed = signSlashRequest(slash, signingSecret, new Date());
    const failure = await post(url, { agent, signal: AbortSignal.timeout(answeredWithinMs) }, signed);
    const acknowledgedMs = performance.now() - dueMs;
    const arrived = failure === undefined ? await answer : undefined;
    const { label } = line;
    if (arrived === undefined) {
      inbox.forget(id);
      const reason = failure ?? `nothing within ${answeredWithinMs / 1000} s`;
      return { label, answeredMs: performance.now() - dueMs, acknowledgedMs, outcome: "no-answer", reason };
    }
    return {
      label,
      answeredMs: arrived.atMs - dueMs,
      acknowledgedMs,
      ...checkAnswer(arrived.body, line.expects),
    };
  }

  return async (drive: DriveRequest): Promise<readonly Sample[]> => {
    const { lines, load } = drive;
    const lineAt = (index: number) => lines[index % lines.length] as Line;
    const agent = new Agent({
      keepAlive: true,
      ...(load.kind === "closed" && { maxSockets: load.connections }),
    });
    const startMs = performance.now();
    try {
      if (load.kind === "open") {
        const asked: Promise<Sample>[] = [];
        for (let index = 0; index < arrivals(load); index += 1) {
          const dueMs = startMs + dueAtMs(load, index);
          const earlyMs = dueMs - performance.now();
          if (earlyMs > 0) await sleep(earlyMs);
          asked.push(ask(drive, agent, lineAt(index), dueMs));
        }
        return await Promise.all(asked);
      }
      let next = 0;
      const samples: Sample[] = [];
      const person = async () => {
        while (performance.now() - startMs < load.forMs) {
          const line = lineAt(next);
          next += 1;
          samples.push(await ask(drive, agent, line, performance.now()));
        }
      };
      await Promise.all(Array.from({ length: load.connections }, person));
      return samples;
    } finally {
      agent.destroy();
    }
  };
}

/** Resolves with why it was not acknowledged, if it was not. */
function post(
  url: string,
  options: { readonly agent: Agent; readonly signal: AbortSignal },
  { body, headers }: ReturnType<typeof signSlashRequest>,
): Promise<string | undefined> {
  return new Promise((resolve) => {
    const sending = request(url, { method: "POST", headers, ...options }, (response) => {
      text(response).then(
        () => resolve(response.statusCode === 200 ? undefined : `status ${response.statusCode}`),
        (error: Error) => resolve(error.message),
      );
    });
    sending.once("error", (error) =>
      resolve(options.signal.aborted ? "not acknowledged in time" : error.message),
    );
    sending.end(body);
  });
}
