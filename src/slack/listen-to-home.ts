import type { App } from "@slack/bolt";
import { z } from "zod";
import type { TeamOf } from "./admit.ts";

const opened = z.object({ event: z.object({ user: z.string(), tab: z.string() }) });

/** Shows people the app's Home tab as often as they look at it. */
export function listenToHome(app: App, teamOf: TeamOf): void {
  // Bolt acknowledges events by itself.
  app.event("app_home_opened", async ({ body, context }) => {
    const { user, tab } = opened.parse(body).event;
    if (tab === "home") await teamOf(context).showHome(user);
  });
}
