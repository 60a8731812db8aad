import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type Playground, type PlaygroundOptions, startPlayground } from "../../src/playground/server.ts";

/** What a Slack says of credentials that another workspace has given out. */
const notMine = ["invalid_auth", "not_authed", "invalid_code", "invalid_refresh_token"];

/** Two workspaces behind one Web API, as at Slack: the token, code or refresh token says which one is meant. */
export interface TwoSlacks {
  readonly left: Playground;
  readonly right: Playground;
  readonly slackApiUrl: string;
  close(): Promise<void>;
}

export async function startTwoSlacks(
  left: Omit<PlaygroundOptions, "port">,
  right: Omit<PlaygroundOptions, "port">,
): Promise<TwoSlacks> {
  const slacks = await Promise.all([left, right].map((options) => startPlayground({ port: 0, ...options })));
  const [first, second] = slacks;
  if (!first || !second) throw new RangeError("there are two");
  const server = createServer(async (request, response) => {
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece);
    const { authorization, "content-type": contentType } = request.headers;
    const headers = {
      ...(authorization && { authorization }),
      ...(contentType && { "content-type": contentType }),
    };
    for (const slack of slacks) {
      const answer = await fetch(new URL(request.url ?? "/", slack.url), {
        method: request.method ?? "POST",
        headers,
        ...(pieces.length > 0 && { body: Buffer.concat(pieces) }),
      });
      const text = await answer.text();
      const isLast = slack === second;
      if (!isLast && notMine.some((error) => text.includes(`"error":"${error}"`))) continue;
      const retryAfter = answer.headers.get("retry-after");
      response
        .writeHead(answer.status, {
          "Content-Type": "application/json",
          ...(retryAfter !== null && { "Retry-After": retryAfter }),
        })
        .end(text);
      return;
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    left: first,
    right: second,
    slackApiUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await Promise.all(slacks.map((slack) => slack.close()));
    },
  };
}
