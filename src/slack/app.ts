import type { AddressInfo } from "node:net";
import { App, HTTPReceiver, type ViewSubmitAction } from "@slack/bolt";
import { WebClient, type WebClientOptions } from "@slack/web-api";
import type { Logger } from "pino";
import { z } from "zod";
import type { Desk } from "../desk.ts";
import { createReaders } from "./audience.ts";
import { boltLog } from "./bolt-log.ts";
import { createDelivery } from "./delivery.ts";
import { createDispatch, type Dispatch, isForeign, type Step, viewerOf } from "./dispatch.ts";
import { createFileTransfer } from "./file-transfer.ts";
import { FILTER_FORM, LOADED_FIELD, loadOptions, readFormMetadata } from "./filter-form.ts";
import { createImportFlow } from "./import-flow.ts";
import { listenToImports } from "./listen-to-imports.ts";
import { readBlockActions, readBlockSuggestion, readSlashCommand, readViewSubmission } from "./payloads.ts";
import { createPeople, type FindPerson } from "./people.ts";
import { createSettingsDialog, type SettingsDialog } from "./settings-dialog.ts";
import { SETTINGS_FORM, ZONE_FIELD, zoneOptions } from "./settings-form.ts";
import { within } from "./time-limit.ts";
import { readTypedLine } from "./typed-line.ts";

/** The slash command, as in manifest.yml. */
const SLASH_COMMAND = "/portfolio";
/** Slack gives up on the options of a menu after three seconds. */
const OPTIONS_WITHIN_MS = 2500;
/** How long `stop` waits for answers that are under way. */
const STOP_WITHIN_MS = 10_000;

export interface SlackConfig {
  readonly botToken: string;
  readonly signingSecret: string;
  /** A Web API other than Slack's own, for the playground. */
  readonly slackApiUrl?: string;
  /** The workspace that is answered; asked from Slack when left out. */
  readonly teamId?: string;
  readonly port: number;
  readonly host?: string;
}

export interface SlackAppOptions {
  readonly config: SlackConfig;
  readonly desk: Desk;
  /** The workspace in our own store. */
  readonly workspaceId: string;
  readonly log: Logger;
  readonly now: () => Date;
}

export interface SlackApp {
  /** Resolves once requests are answered, with the port they come to at `/slack/events`. */
  start(): Promise<{ readonly port: number }>;
  /** Takes no more requests, and lets those under way finish. */
  stop(): Promise<void>;
}

/** The Slack app of one workspace over HTTP. Nothing happens before `start`. */
export function createSlackApp(options: SlackAppOptions): SlackApp {
  const { config, log } = options;
  if (config.signingSecret.trim() === "") {
    throw new Error("The Slack signing secret is empty: anybody could send requests in Slack's name.");
  }
  let app: App | undefined;
  const underWay = new Set<Promise<unknown>>();

  return {
    async start() {
      const logger = boltLog(log);
      const clientOptions = {
        ...clientLimits,
        logger,
        ...(config.slackApiUrl && { slackApiUrl: config.slackApiUrl }),
      };
      const client = new WebClient(config.botToken, clientOptions);
      // What is sent again after a time limit might be seen twice.
      const writer = new WebClient(config.botToken, { ...clientOptions, retryConfig: { retries: 0 } });
      const transferClient = new WebClient(config.botToken, { ...clientOptions, ...transferLimits });
      const teamId = config.teamId ?? authTest.parse(await client.auth.test()).team_id;
      app = new App({
        receiver: new HTTPReceiver({
          signingSecret: config.signingSecret,
          processBeforeResponse: false,
          logger,
        }),
        // One workspace with one token: nothing to look up for each request.
        authorize: async () => ({ botToken: config.botToken, teamId }),
        clientOptions,
        logger,
        convoStore: false,
        ignoreSelf: false,
      });
      app.error(async (error) => log.error({ err: error }, "Bolt could not handle a request"));
      const findPerson = createPeople({ client, teamId, now: options.now, log });
      const services = {
        desk: options.desk,
        workspaceId: options.workspaceId,
        teamId,
        client: writer,
        findPerson,
        findReaders: createReaders({ ...options, client, findPerson }),
        deliver: createDelivery({ client: writer, log }),
        transfer: createFileTransfer({ ...config, client: transferClient, log }),
        log,
      };
      listen(app, tracked(createDispatch(services), underWay));
      listenToSettings(app, createSettingsDialog(services), underWay);
      const importFlow = createImportFlow({ ...services, now: options.now });
      listenToImports(
        app,
        importFlow,
        tracked((work) => work, underWay),
      );
      offerOptions(app, options, teamId, findPerson);
      const server = await app.start({ port: config.port, ...(config.host && { host: config.host }) });
      return { port: (server.address() as AddressInfo).port };
    },

    async stop() {
      const closed = app?.stop() ?? Promise.resolve();
      app = undefined;
      await within(STOP_WITHIN_MS, Promise.all([closed, ...underWay]), undefined);
    },
  };
}

const authTest = z.object({ team_id: z.string() });

/** Every call ends soon: somebody is waiting, and a rate limit would have them wait for half a minute. */
const clientLimits: WebClientOptions = {
  timeout: 3000,
  retryConfig: { retries: 1, minTimeout: 200, maxTimeout: 500 },
  rejectRateLimitedCalls: true,
  allowAbsoluteUrls: false,
};

/** A file takes its time, and Slack names an address of its own to send it to. Sent again, it would be there twice. */
const transferLimits: WebClientOptions = {
  timeout: 120_000,
  retryConfig: { retries: 0 },
  allowAbsoluteUrls: true,
};

function listen(app: App, dispatch: Dispatch): void {
  app.command(SLASH_COMMAND, async ({ ack, body }) => {
    const { text, interaction } = readSlashCommand(body);
    await dispatch(ack, interaction, { kind: "answer", line: readTypedLine(text) });
  });

  app.action(/^(run|choose|share|download|filter):/, async ({ ack, body }) => {
    const { actionId, line, triggerId, interaction } = readBlockActions(body);
    const step = stepOf(actionId, line, triggerId);
    if (step) await dispatch(ack, interaction, step);
    else await ack();
  });

  app.view(FILTER_FORM, async ({ ack, body }) => {
    const { metadata, values, sender, requestId } = readViewSubmission(body);
    const form = readFormMetadata(metadata);
    const { channelId, responseUrl, message } = form;
    const interaction = { ...sender, requestId, channelId, responseUrl, message };
    await dispatch(ack, interaction, { kind: "submit-form", form, values });
  });
}

/** What pressing an element means; its `action_id` says so. */
function stepOf(actionId: string, line: string | undefined, triggerId: string | undefined): Step | undefined {
  if (line === undefined) return undefined;
  if (actionId.startsWith("share:")) return { kind: "share", line };
  if (actionId.startsWith("download:")) return { kind: "download", line };
  if (!actionId.startsWith("filter:")) return { kind: "answer", line };
  return triggerId === undefined ? undefined : { kind: "open-form", line, triggerId };
}

function listenToSettings(app: App, dialog: SettingsDialog, underWay: Set<Promise<unknown>>): void {
  const [open, submit] = [tracked(dialog.open, underWay), tracked(dialog.submit, underWay)];
  app.action(/^form:/, async ({ ack, body }) => {
    const { line: form, triggerId, interaction } = readBlockActions(body);
    if (form !== SETTINGS_FORM) return;
    if (triggerId === undefined) await ack();
    else await open(ack, interaction, triggerId);
  });
  app.view<ViewSubmitAction>(SETTINGS_FORM, async ({ ack, body }) => {
    await submit(ack, readViewSubmission(body));
  });
  app.options(ZONE_FIELD, async ({ ack, body }) => {
    await ack({ options: [...zoneOptions(readBlockSuggestion(body).typed)] });
  });
}

function offerOptions(
  app: App,
  { desk, workspaceId, log }: SlackAppOptions,
  teamId: string,
  findPerson: FindPerson,
): void {
  app.options(LOADED_FIELD, async ({ ack, body }) => {
    const { actionId, typed, sender } = readBlockSuggestion(body);
    const load = async () => {
      if (isForeign(sender, teamId)) return [];
      return loadOptions(desk, await viewerOf({ workspaceId, findPerson }, sender.userId), actionId, typed);
    };
    const loaded = load().catch((err: unknown) => {
      log.error({ err, actionId }, "the options of a menu could not be loaded");
      return [];
    });
    await ack({ options: [...(await within(OPTIONS_WITHIN_MS, loaded, []))] });
  });
}

function tracked<Request extends readonly unknown[]>(
  handle: (...request: Request) => Promise<void>,
  underWay: Set<Promise<unknown>>,
): (...request: Request) => Promise<void> {
  return async (...request) => {
    const work = handle(...request);
    underWay.add(work);
    await work;
    underWay.delete(work);
  };
}
