import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { within } from "./time-limit.ts";

/** Where whoever watches over the bot asks how it is. */
export const HEALTH_PATH = "/health";

const ANSWERED_WITHIN_MS = 2_000;

/** What the bot cannot do without; each says whether it is there. */
export type Needs = Readonly<Record<string, () => Promise<boolean>>>;

/** Answers 200 while nothing is missing, and 503 with what is, within two seconds. */
export function createHealth(needs: Needs): (response: ServerResponse) => Promise<void> {
  let asked: Promise<readonly string[]> | undefined;
  const missing = async () => {
    const found = await Promise.all(
      Object.entries(needs).map(async ([name, isThere]) => {
        const answer = await within(ANSWERED_WITHIN_MS, isThere(), false).catch(() => false);
        return answer ? [] : [name];
      }),
    );
    return found.flat();
  };
  return async (response) => {
    // Whoever asks at the same time hears the same: the store is not asked for each of them.
    asked ??= missing().finally(() => {
      asked = undefined;
    });
    const names = await asked;
    response.writeHead(names.length === 0 ? 200 : 503, {
      "Content-Type": "application/json",
      "Cache-Control": "no-store",
    });
    response.end(JSON.stringify(names.length === 0 ? { status: "ok" } : { status: "down", missing: names }));
  };
}

/** A server for nothing else, where requests do not come over HTTP. */
export async function serveHealth(
  health: (response: ServerResponse) => Promise<void>,
  { port, host }: { readonly port: number; readonly host?: string },
): Promise<Server> {
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    if (request.method === "GET" && pathname === HEALTH_PATH) void health(response);
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
  return server;
}
