import type { WebClientOptions } from "@slack/web-api";
import type { Logger } from "pino";
import type { Desk } from "../desk.ts";
import type { Installed } from "../installations/installations.ts";
import { createReaders } from "./audience.ts";
import { createChannels } from "./channels.ts";
import { createChartPictures, type DrawChart } from "./chart-pictures.ts";
import { createClients } from "./clients.ts";
import { createDelivery } from "./delivery.ts";
import { createDispatch, type Dispatch, isForeign } from "./dispatch.ts";
import { createFileTransfer } from "./file-transfer.ts";
import { loadOptions } from "./filter-form.ts";
import { createHomeTab, type ShowHome } from "./home-tab.ts";
import { createImportFlow, type ImportFlow } from "./import-flow.ts";
import { ACCOUNT_FIELD, accountOptions } from "./log-form.ts";
import { createFindMessage } from "./look-for-message.ts";
import type { MessengerServices } from "./messenger.ts";
import type { readBlockSuggestion } from "./payloads.ts";
import { createPeople } from "./people.ts";
import { createRoster } from "./roster.ts";
import { createSettingsDialog, type SettingsDialog } from "./settings-dialog.ts";
import { viewerOf } from "./viewer-of.ts";

/** Everything that requests of one Slack workspace are answered with. */
export interface Team {
  readonly installed: Installed;
  readonly dispatch: Dispatch;
  readonly settings: SettingsDialog;
  readonly imports: ImportFlow;
  readonly showHome: ShowHome;
  /** What digests are sent with. */
  readonly messenger: MessengerServices;
  /** The options of a menu that match what was typed. */
  options(request: ReturnType<typeof readBlockSuggestion>): ReturnType<typeof loadOptions>;
  /** Sends nothing to Slack any more. */
  silence(): void;
}

export interface TeamParts {
  readonly desk: Desk;
  readonly clientOptions: WebClientOptions;
  readonly slackApiUrl?: string;
  readonly drawChart: DrawChart;
  readonly now: () => Date;
  readonly log: Logger;
}

export function createTeam(installed: Installed, parts: TeamParts): Team {
  const { desk, now, log } = parts;
  const { workspaceId, teamId, token } = installed;
  const silence = new AbortController();
  const speak: typeof fetch = async (...request) => {
    silence.signal.throwIfAborted();
    return fetch(...request);
  };
  const { reader, writer, files } = createClients(token, { ...parts.clientOptions, fetch: speak });
  const findPerson = createPeople({ client: reader, teamId, now, log });
  const transfer = createFileTransfer({
    client: files,
    botToken: token,
    ...(parts.slackApiUrl !== undefined && { slackApiUrl: parts.slackApiUrl }),
    log,
  });
  const findChannel = createChannels({ client: reader, now, log });
  const showHome = createHomeTab({ desk, workspaceId, client: writer, findPerson, findChannel, log });
  const services = {
    desk,
    workspaceId,
    teamId,
    client: writer,
    findPerson,
    findChannel,
    findReaders: createReaders({ client: reader, findPerson, workspaceId, now, log }),
    findMessage: createFindMessage({ client: reader, log }),
    deliver: createDelivery({ client: writer, log }),
    showHome,
    transfer,
    pictures: createChartPictures({ draw: parts.drawChart, files: transfer, log }),
    now,
    log,
  };
  return {
    installed,
    dispatch: createDispatch(services),
    settings: createSettingsDialog(services),
    imports: createImportFlow(services),
    showHome,
    messenger: { ...services, findPerson: createRoster({ client: reader, teamId, findPerson, now, log }) },
    options: async ({ actionId, typed, sender }) => {
      if (isForeign(sender, teamId)) return [];
      const viewer = await viewerOf(services, sender.userId);
      return actionId === ACCOUNT_FIELD
        ? accountOptions(desk, viewer, typed)
        : loadOptions(desk, viewer, actionId, typed);
    },
    silence: () => silence.abort(new Error("the app was removed from this workspace")),
  };
}
