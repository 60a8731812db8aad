import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { WebSocketServer } from "ws";
import { ApiError, type Method } from "./api-error.ts";
import { isLocalHost } from "./http.ts";
import { greet } from "./socket-mode.ts";
import type { Workspace } from "./workspace.ts";

/** https://docs.slack.dev/reference/methods/apps.connections.open */
export const socketMethods: Readonly<Record<string, Method>> = {
  "apps.connections.open": (workspace) => {
    const ticket = workspace.nextId("");
    workspace.sockets.tickets.add(ticket);
    const address = new URL(`/link/?ticket=${ticket}&app_id=${workspace.app.id}`, workspace.origin);
    address.protocol = "ws:";
    return { url: address.href };
  },
};

/** Refuses whatever is not the app's own token. */
export function requireAppToken({ options }: Workspace, token: string): void {
  if (!token.startsWith("xapp-")) throw new ApiError("not_allowed_token_type");
  if (token !== options.socketMode?.appToken) throw new ApiError("invalid_auth");
}

/** Turns a request for a WebSocket into a connection of the app; each address works once. */
export function acceptSocket(
  workspace: Workspace,
  request: IncomingMessage,
  stream: Duplex,
  head: Buffer,
  port: number,
): void {
  if (!isInvited(workspace, request, port)) {
    stream.end("HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n");
    return;
  }
  const server = new WebSocketServer({ noServer: true, clientTracking: false });
  server.handleUpgrade(request, stream, head, (socket) => greet(workspace, socket));
}

function isInvited(workspace: Workspace, request: IncomingMessage, port: number): boolean {
  const { pathname, searchParams } = new URL(request.url ?? "/", workspace.origin);
  const isTicket =
    pathname === "/link/" && workspace.sockets.tickets.delete(searchParams.get("ticket") ?? "");
  return isTicket && isLocalHost(request, port);
}
