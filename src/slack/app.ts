import { App } from "@slack/bolt";
import type { Logger } from "pino";
import type { Desk } from "../desk.ts";
import type { Messenger } from "../digest/messenger.ts";
import type { InstalledTeams } from "../installations/installations.ts";
import { createDoor } from "./admit.ts";
import { boltLog } from "./bolt-log.ts";
import type { DrawChart } from "./chart-pictures.ts";
import { listenToLines, listenToMenus, listenToQuestions, listenToSettings } from "./listen.ts";
import { listenToHome } from "./listen-to-home.ts";
import { listenToImports } from "./listen-to-imports.ts";
import { listenToLog } from "./listen-to-log.ts";
import { listenToRemovals } from "./listen-to-removals.ts";
import { createMessenger } from "./messenger.ts";
import { createRequestLedger, type RequestSeal } from "./request-ledger.ts";
import { logRequests } from "./request-log.ts";
import { createTeams } from "./teams.ts";
import { within } from "./time-limit.ts";
import { createTransport, type TransportOptions } from "./transport.ts";

/** How long `stop` waits for answers that are under way; whoever starts next takes up what is left. */
const STOP_WITHIN_MS = 10_000;

export interface SlackAppOptions {
  readonly transport: TransportOptions;
  /** Where the app is installed: whom it answers, and with which token. */
  readonly installations: InstalledTeams;
  /** A Web API other than Slack's own, for the playground. */
  readonly slackApiUrl?: string;
  readonly desk: Desk;
  /** Keeps requests unreadable in the store until they are answered. */
  readonly requestSeal: RequestSeal;
  /** The one workspace of the store that this app answers for; every one when left out. */
  readonly onlyWorkspaceId?: string;
  readonly drawChart: DrawChart;
  /** Rejects while the store does not answer. */
  readonly pingStore: () => Promise<void>;
  readonly log: Logger;
  readonly now: () => Date;
}

export interface SlackApp {
  /** Resolves once requests are answered, with the port that is listened on. */
  start(): Promise<{ readonly port: number }>;
  /** Takes no more requests, and lets those under way finish. */
  stop(): Promise<void>;
  /** What digests need of Slack; works without `start`. */
  readonly messenger: Messenger;
}

/** The Slack app, the same over HTTP and in Socket Mode, for one workspace and for many. Nothing happens before `start`. */
export function createSlackApp(options: SlackAppOptions): SlackApp {
  const { desk, drawChart, installations, slackApiUrl, log, now } = options;
  const transport = createTransport(options.transport, {
    needs: { store: () => options.pingStore().then(() => true) },
    ...(slackApiUrl !== undefined && { slackApiUrl }),
    log,
  });
  const logger = boltLog(log);
  const app = new App({
    receiver: transport.receiver,
    // Who asks and with which token they are answered is `teams`' business: one look into memory.
    authorize: async () => ({}),
    logger,
    convoStore: false,
    ignoreSelf: false,
  });
  app.error(async (err) => log.error({ err }, "Bolt could not handle a request"));

  // Every request on either transport comes through here, before Bolt does anything about it.
  const ledger = createRequestLedger({
    pending: desk.pendingRequests,
    foreseeing: desk.foreseeing,
    seal: options.requestSeal,
    workspaceOf: installations.workspaceOf,
    ...(options.onlyWorkspaceId !== undefined && { workspaceId: options.onlyWorkspaceId }),
    run: app.processEvent.bind(app),
    log,
  });
  app.processEvent = ledger.perform;

  const clientOptions = { logger, ...(slackApiUrl !== undefined && { slackApiUrl }) };
  const where = slackApiUrl === undefined ? {} : { slackApiUrl };
  const teams = createTeams({ installations, desk, drawChart, clientOptions, ...where, now, log });
  const { admit, teamOf } = createDoor({ teams, log });
  app.use(
    logRequests(
      log,
      desk.help.map(({ name }) => name),
    ),
  );
  app.use(admit);
  listenToLines(app, teamOf);
  listenToQuestions(app, teamOf);
  listenToSettings(app, teamOf);
  listenToImports(app, (context) => teamOf(context).imports);
  listenToLog(app, teamOf);
  listenToHome(app, teamOf);
  listenToMenus(app, teamOf, log);
  listenToRemovals(app, { installations, release: async (team) => void (await teams.of(team)), log });

  return {
    messenger: createMessenger(async (workspaceId) => (await teams.ofWorkspace(workspaceId))?.messenger),
    start: async () => {
      const started = await transport.start();
      ledger.start();
      return started;
    },
    stop: async () => {
      await within(STOP_WITHIN_MS, Promise.allSettled([transport.stop(), ledger.stop()]), undefined);
    },
  };
}
