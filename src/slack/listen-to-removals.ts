import type { App } from "@slack/bolt";
import type { Logger } from "pino";
import { z } from "zod";
import type { InstalledTeams } from "../installations/installations.ts";

/** What Slack says when a workspace lets go of the app. The two may come in any order, and late. */
export const REMOVAL_EVENTS = ["app_uninstalled", "tokens_revoked"] as const;

/** Slack gives the time of an event in whole seconds, and somebody may install within the same one. */
const PRECISION_MS = 999;

const removal = z.object({
  team_id: z.string(),
  event_time: z.number(),
  event: z.discriminatedUnion("type", [
    z.object({ type: z.literal("app_uninstalled") }),
    z.object({
      type: z.literal("tokens_revoked"),
      tokens: z.object({ bot: z.array(z.string()).optional() }),
    }),
  ]),
});

/** Forgets the token of a workspace that has removed the app, and says nothing to it any more. */
export function listenToRemovals(
  app: App,
  parts: {
    readonly installations: InstalledTeams;
    /** Lets go of what was made for a team. */
    readonly release: (teamId: string) => Promise<void>;
    readonly log: Pick<Logger, "info">;
  },
): void {
  const { installations, release, log } = parts;
  for (const type of REMOVAL_EVENTS)
    app.event(type, async ({ body }) => {
      const { team_id: team, event_time, event } = removal.parse(body);
      // People take back what they allowed the app to do as them, which it never does.
      if (event.type === "tokens_revoked" && (event.tokens.bot ?? []).length === 0) return;
      const isNews = await installations.remove(team, new Date(event_time * 1000 + PRECISION_MS));
      await release(team);
      log.info(
        { team, event: event.type, happenedAt: new Date(event_time * 1000) },
        isNews ? "the app was removed from a workspace" : "the removal of the app was no news",
      );
    });
}
