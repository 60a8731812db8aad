import { randomUUID } from "node:crypto";
import type { WebSocket } from "ws";
import type { Reply } from "./delivery.ts";
import { isObject, type JsonObject, objectOf, parseJson } from "./json.ts";
import type { Workspace } from "./workspace.ts";

/** Slack pings more often than the 30 seconds after which its own client gives a silent connection up. */
const PING_EVERY_MS = 10_000;
/** How long a connection that is to be replaced goes on working. */
const RETIREMENT_MS = 10_000;
/** https://docs.slack.dev/apis/events-api/using-socket-mode#multiple */
const MOST_SOCKETS = 10;

/** What an envelope carries; its id and its retries are added when it is sent. */
export interface EnvelopeContent {
  readonly type: "slash_commands" | "interactive" | "events_api";
  readonly payload: JsonObject;
  readonly accepts_response_payload: boolean;
  readonly retry_attempt?: number;
  readonly retry_reason?: string;
}

/** One connection of the app. */
export interface AppSocket {
  readonly socket: WebSocket;
  /** It was asked to go and is used only while there is no other. */
  isRetiring: boolean;
}

export interface Sockets {
  /** Connections in the order they were opened. */
  open: readonly AppSocket[];
  /** Addresses that were given out and not yet used, by their ticket. */
  readonly tickets: Set<string>;
  /** Who waits for the acknowledgement of an envelope, by its id. */
  readonly waiting: Map<string, (payload: JsonObject) => void>;
  /** How many envelopes were sent, so that the connections take turns. */
  sent: number;
}

export function createSockets(): Sockets {
  return { open: [], tickets: new Set(), waiting: new Map(), sent: 0 };
}

/** Takes up a new connection: greets it, listens for acknowledgements and keeps it alive. */
export function greet(workspace: Workspace, socket: WebSocket): void {
  const { sockets } = workspace;
  if (sockets.open.length >= MOST_SOCKETS) {
    tell(socket, { type: "disconnect", reason: "too_many_websockets", debug_info: debugInfo });
    socket.close();
    return;
  }
  const replaced = sockets.open.filter((each) => each.isRetiring);
  sockets.open = [...sockets.open, { socket, isRetiring: false }];
  socket.on("message", (data) => acknowledge(workspace, String(data)));
  socket.on("error", () => socket.terminate());
  const stopPinging = keepAlive(socket, workspace.options.socketMode?.pingIntervalMs ?? PING_EVERY_MS);
  socket.on("close", () => {
    stopPinging();
    sockets.open = sockets.open.filter((each) => each.socket !== socket);
    workspace.changed();
  });
  tell(socket, {
    type: "hello",
    connection_info: { app_id: workspace.app.id },
    num_connections: sockets.open.length,
    debug_info: { ...debugInfo, approximate_connection_time: 18_060 },
  });
  for (const each of replaced) each.socket.close();
  workspace.changed();
}

const debugInfo = { host: "applink-playground" };

/** Sends one envelope to the connection whose turn it is, and waits for its acknowledgement. */
export async function sendEnvelope(
  workspace: Workspace,
  content: EnvelopeContent,
  timeoutMs: number,
): Promise<Reply> {
  const { sockets, closing } = workspace;
  const alive = sockets.open.filter(({ socket }) => socket.readyState === socket.OPEN);
  const staying = alive.filter((each) => !each.isRetiring);
  const usable = staying.length > 0 ? staying : alive;
  const chosen = usable[sockets.sent % usable.length];
  if (!chosen) return { kind: "unreachable", detail: "the app has no open connection" };
  sockets.sent += 1;
  const id = randomUUID();
  return new Promise((resolve) => {
    const finish = (reply: Reply) => {
      clearTimeout(timer);
      closing.signal.removeEventListener("abort", giveUp);
      sockets.waiting.delete(id);
      resolve(reply);
    };
    const giveUp = () => finish({ kind: "timeout" });
    const timer = setTimeout(giveUp, timeoutMs);
    closing.signal.addEventListener("abort", giveUp);
    sockets.waiting.set(id, (payload) => {
      const text = Object.keys(payload).length === 0 ? "" : JSON.stringify(payload);
      finish({ kind: "answered", status: 200, text, refusesRetry: false });
    });
    tell(chosen.socket, { ...content, envelope_id: id });
  });
}

/** An acknowledgement may come through any connection: the app may have changed it in the meantime. */
function acknowledge({ sockets }: Workspace, text: string): void {
  const message = parseJson(text);
  if (isObject(message)) sockets.waiting.get(String(message.envelope_id))?.(objectOf(message.payload));
}

/** Asks the app to connect anew; the old connections close once it has, or after ten seconds. */
export function disconnectSockets(
  { sockets }: Workspace,
  { reason }: { readonly reason: "refresh_requested" | "warning" },
): void {
  for (const each of sockets.open) {
    each.isRetiring = true;
    tell(each.socket, { type: "disconnect", reason, debug_info: debugInfo });
    setTimeout(() => each.socket.close(), RETIREMENT_MS).unref();
  }
}

/** Cuts every connection without a word, as a broken network does. */
export function dropSockets({ sockets }: Workspace): void {
  for (const { socket } of sockets.open) socket.terminate();
}

/** Says goodbye; who does not answer in half a second is cut off. */
export function closeSockets({ sockets }: Workspace): void {
  for (const { socket } of sockets.open) {
    socket.close(1001);
    setTimeout(() => socket.terminate(), 500).unref();
  }
}

/** Pings until told to stop; a connection that does not answer one by the next is cut. */
function keepAlive(socket: WebSocket, everyMs: number): () => void {
  let hasAnswered = true;
  socket.on("pong", () => {
    hasAnswered = true;
  });
  const timer = setInterval(() => {
    if (!hasAnswered) return socket.terminate();
    hasAnswered = false;
    socket.ping("Ping from the playground");
  }, everyMs).unref();
  return () => clearInterval(timer);
}

function tell(socket: WebSocket, message: object): void {
  socket.send(JSON.stringify(message));
}
