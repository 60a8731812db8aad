import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { FaultQueue } from "./faults.ts";
import { HttpError, readBody, requireLocalHost, send, sendJson } from "./http.ts";
import { type Press, type PressOutcome, press, suggest, type Target } from "./interactions.ts";
import { type JsonObject, parseJson } from "./json.ts";
import { visibleMessages } from "./messages.ts";
import { closeView, type Submission, type SubmissionOutcome, submitView } from "./modals.ts";
import type { CallRecord, DeliveryRecord, Message, PlaygroundOptions, View, Violation } from "./model.ts";
import { servePage } from "./page-server.ts";
import { answerResponseUrl } from "./response-url.ts";
import { runSlashCommand, type SlashOutcome, type SlashRequest } from "./slash-command.ts";
import { frontModal } from "./views.ts";
import { callMethod, serveFault } from "./web-api.ts";
import { createWorkspace, directMessageId, type Workspace } from "./workspace.ts";

export type { Message, PlaygroundOptions, Violation } from "./model.ts";

/** A running local Slack: its addresses, and everything a test can do and see in it. */
export interface Playground {
  /** The page for people. */
  readonly url: string;
  /** For the Web API client's `slackApiUrl`; ends in `/api/`. */
  readonly slackApiUrl: string;
  close(): Promise<void>;
  /** Types a slash command; resolves when the app has acknowledged it. */
  slash(request: SlashRequest): Promise<SlashOutcome>;
  /** Presses a button or chooses in a menu. */
  press(request: Press): Promise<PressOutcome>;
  /** Types into an external select; resolves with the options the app offers. */
  suggest(request: Target & { readonly value: string }): Promise<readonly JsonObject[]>;
  submitView(request: Submission): Promise<SubmissionOutcome>;
  closeView(request: {
    readonly userId: string;
    readonly viewId: string;
    readonly all?: boolean;
  }): Promise<void>;
  /** What the viewer sees in a channel, oldest first; typed command lines are left out. */
  messages(view: { readonly channelId: string; readonly viewerId: string }): readonly Message[];
  /** The id of a user's direct messages with the app. */
  directMessages(userId: string): string;
  /** Every invalid thing the app has sent so far. */
  readonly violations: readonly Violation[];
  /** Every open modal, with whose it is; the last one of a user is in front. */
  readonly views: readonly { readonly userId: string; readonly view: View }[];
  frontModal(userId: string): View | undefined;
  /** What was delivered to the app, and how it answered. */
  readonly deliveries: readonly DeliveryRecord[];
  /** What the app has called: Web API methods, and `response_url`. */
  readonly calls: readonly CallRecord[];
  /** Makes the next call of a method fail or wait. */
  readonly faults: Pick<FaultQueue, "next">;
  /** Resolves with the first value that is neither undefined, null nor false. */
  waitFor<T>(look: () => T | undefined | null | false, timeoutMs?: number): Promise<T>;
}

/** Starts a local Slack on 127.0.0.1. */
export async function startPlayground(options: PlaygroundOptions): Promise<Playground> {
  const workspace = createWorkspace(options);
  let port = options.port;
  const server = createServer((request, response) => {
    void serve(workspace, request, response, port);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port, "127.0.0.1", resolve);
  });
  port = (server.address() as AddressInfo).port;
  workspace.origin = `http://127.0.0.1:${port}`;
  return {
    url: `${workspace.origin}/`,
    slackApiUrl: `${workspace.origin}/api/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
    slash: (request) => runSlashCommand(workspace, request),
    press: (request) => press(workspace, request),
    suggest: (request) => suggest(workspace, request),
    submitView: (request) => submitView(workspace, request),
    closeView: (request) => closeView(workspace, request),
    messages: (view) => visibleMessages(workspace, view).filter((message) => !message.isCommandLine),
    directMessages: directMessageId,
    violations: workspace.violations,
    get views() {
      return [...workspace.modals].flatMap(([userId, stack]) =>
        stack.flatMap((id) => {
          const found = workspace.views.get(id);
          return found ? [{ userId, view: found.view }] : [];
        }),
      );
    },
    frontModal: (userId) => frontModal(workspace, userId),
    deliveries: workspace.deliveries,
    calls: workspace.calls,
    faults: workspace.faults,
    waitFor: (look, timeoutMs) => waitFor(workspace, look, timeoutMs),
  };
}

async function serve(
  workspace: Workspace,
  request: IncomingMessage,
  response: ServerResponse,
  port: number,
): Promise<void> {
  try {
    requireLocalHost(request, port);
    await route(workspace, request, response, port);
  } catch (error) {
    if (response.headersSent) response.destroy();
    else if (error instanceof HttpError) send(response, error.status, "text/plain", error.message);
    else send(response, 500, "text/plain", error instanceof Error ? error.message : "error");
  }
}

async function route(
  workspace: Workspace,
  request: IncomingMessage,
  response: ServerResponse,
  port: number,
): Promise<void> {
  const { pathname } = new URL(request.url ?? "/", workspace.origin);
  const method = /^\/api\/([A-Za-z.]+)$/.exec(pathname)?.[1];
  if (method !== undefined) {
    const answer = await callMethod(workspace, method, request, await readBody(request));
    for (const [name, value] of Object.entries(answer.headers ?? {})) response.setHeader(name, value);
    return sendJson(response, answer.body, answer.status);
  }
  const responseUrl = /^\/response\/(\w+)$/.exec(pathname)?.[1];
  if (responseUrl !== undefined && request.method === "POST") {
    const args = parseJson(await readBody(request));
    const fault = workspace.faults.take("response_url");
    const answer = (fault && (await serveFault(fault))) ?? answerResponseUrl(workspace, responseUrl, args);
    workspace.calls.push({ method: "response_url", args: args as JsonObject, response: answer.body });
    return sendJson(response, answer.body, answer.status);
  }
  if (await servePage(workspace, request, response, port)) return;
  throw new HttpError(404, "nothing here");
}

async function waitFor<T>(
  workspace: Workspace,
  look: () => T | undefined | null | false,
  timeoutMs = 5000,
): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const found = look();
    if (found !== undefined && found !== null && found !== false) return found;
    if (Date.now() > deadline) throw new Error(`waited ${timeoutMs} ms in vain for: ${look}`);
    await nextChange(workspace);
  }
}

/** The next change, or a short moment: not everything a test looks at is announced. */
function nextChange(workspace: Workspace): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      stop();
      resolve();
    };
    const timer = setTimeout(done, 20);
    const stop = workspace.onChange(done);
  });
}
