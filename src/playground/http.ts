import type { IncomingMessage, ServerResponse } from "node:http";

/** Far above what a message may hold; a larger body is a mistake. */
const LARGEST_BODY_BYTES = 1_000_000;

/** A request that is answered with a status and a sentence. */
export class HttpError extends Error {
  override readonly name = "HttpError";
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** The whole body as text; refuses more than a megabyte. */
export async function readBody(request: IncomingMessage): Promise<string> {
  return (await readBytes(request, LARGEST_BODY_BYTES)).toString("utf8");
}

/** The whole body; refuses more than so many bytes. */
export async function readBytes(request: IncomingMessage, most: number): Promise<Buffer<ArrayBuffer>> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    // The rest is read and thrown away: a sender that is cut off would never see the answer.
    if (size <= most) chunks.push(chunk);
  }
  if (size > most) throw new HttpError(413, "the request body is too large");
  return Buffer.concat(chunks);
}

export function sendJson(response: ServerResponse, value: unknown, status = 200): void {
  send(response, status, "application/json; charset=utf-8", JSON.stringify(value));
}

export function send(
  response: ServerResponse,
  status: number,
  contentType: string,
  body: string | Buffer,
): void {
  response.writeHead(status, {
    "Content-Type": contentType,
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
  });
  response.end(body);
}

/**
 * Refuses a Host that is not this machine. Without it a foreign page could point its own name at 127.0.0.1
 * (DNS rebinding) and read what the playground shows.
 */
export function requireLocalHost(request: IncomingMessage, port: number): void {
  if (!isLocalHost(request, port)) throw new HttpError(403, "the playground answers only to localhost");
}

export function isLocalHost({ headers }: IncomingMessage, port: number): boolean {
  return headers.host === `127.0.0.1:${port}` || headers.host === `localhost:${port}`;
}

/**
 * Refuses what a page of another site sends; a program without an Origin header may pass. The type must be
 * one that no form can send, because a form of another site can post without an Origin in old browsers; for
 * the one form there is, the Origin must be there.
 */
export function requireOwnOrigin(
  request: IncomingMessage,
  port: number,
  contentType: "application/json" | "application/octet-stream" | "application/x-www-form-urlencoded",
): void {
  const { origin } = request.headers;
  const mayBeMissing = contentType !== "application/x-www-form-urlencoded";
  if (
    !(mayBeMissing && origin === undefined) &&
    origin !== `http://127.0.0.1:${port}` &&
    origin !== `http://localhost:${port}`
  ) {
    throw new HttpError(403, "the playground takes no requests from other sites");
  }
  if (!request.headers["content-type"]?.startsWith(contentType)) {
    throw new HttpError(415, `the playground's page sends ${contentType}`);
  }
}
