import { randomBytes } from "node:crypto";
import type { HomeView } from "@slack/types";
import type { WebClient } from "@slack/web-api";
import type { Logger } from "pino";
import type { Desk } from "../desk.ts";
import { UsageError } from "../usage-error.ts";
import type { FindChannel } from "./channels.ts";
import { homeNotice, homeView } from "./home-view.ts";
import { patiently, untilKnown } from "./patiently.ts";
import type { FindPerson } from "./people.ts";
import { failureSentence } from "./render-blocks.ts";
import { attempt, isAboutBlocks, type Outcome, type SlackFault } from "./slack-fault.ts";
import { viewerOf } from "./viewer-of.ts";

/** Shows somebody their Home tab as it is now; never rejects, and never leaves it blank. */
export type ShowHome = (userId: string) => Promise<void>;

export function createHomeTab(services: {
  readonly desk: Pick<Desk, "home">;
  readonly workspaceId: string;
  readonly client: Pick<WebClient, "views">;
  readonly findPerson: FindPerson;
  readonly findChannel: FindChannel;
  readonly log: Pick<Logger, "error" | "warn">;
}): ShowHome {
  const { desk, client, findPerson, findChannel, log } = services;

  async function viewFor(userId: string): Promise<HomeView> {
    try {
      const viewer = await viewerOf(services, userId);
      const place = { channelId: userId, isDirect: true };
      return homeView(await desk.home({ viewer, people: findPerson, channels: findChannel, place }));
    } catch (err) {
      if (err instanceof UsageError) return homeNotice(err.message);
      const id = randomBytes(4).toString("hex");
      log.error({ id, err }, "the Home tab could not be composed");
      return homeNotice(failureSentence(id));
    }
  }

  const note = (fault: SlackFault) =>
    log.warn({ where: "views.publish", ...fault }, "Home was not published");

  /** The same again changes nothing. */
  function publish(userId: string, view: HomeView): Promise<Outcome> {
    const once = () => attempt(client.views.publish({ user_id: userId, view }));
    return untilKnown(() => patiently(once, note), note);
  }

  return async (userId) => {
    const outcome = await publish(userId, await viewFor(userId));
    if (outcome.ok) return;
    note(outcome.fault);
    if (!isAboutBlocks(outcome.fault)) return;
    log.error({ userId, ...outcome.fault }, "Slack refuses the Home tab");
    await publish(userId, homeNotice(REFUSED));
  };
}

const REFUSED = "Slack cannot show this page. Type /portfolio help to see what you can ask.";
