import type { Logger } from "pino";
import type { CheckToken } from "./check-token.ts";
import type { Installed, InstalledTeams } from "./installations.ts";

/** The one workspace whose token is in the environment. */
export function createFixedInstallation(
  installed: Installed,
  { check, log }: { readonly check: CheckToken; readonly log: Pick<Logger, "error"> },
): InstalledTeams {
  let isRemoved = false;
  const isOurs = (teamId: string) => teamId === installed.teamId && !isRemoved;
  return {
    of: async (teamId) => (isOurs(teamId) ? installed : undefined),
    ofWorkspace: async (workspaceId) =>
      workspaceId === installed.workspaceId && !isRemoved ? installed : undefined,
    workspaceOf: async (teamId) => (isOurs(teamId) ? installed.workspaceId : undefined),
    remove: async (teamId) => {
      // It may be about a token that has been replaced since. A token that cannot be checked is kept: there is no other.
      if (!isOurs(teamId) || (await check(installed.token)) !== "revoked") return false;
      isRemoved = true;
      log.error("Install the app again, set SLACK_BOT_TOKEN to its new token, and restart");
      return true;
    },
  };
}
