import type { Installed, InstalledTeams } from "../installations/installations.ts";
import { createTeam, type Team, type TeamParts } from "./team.ts";

export interface Teams {
  /** Undefined where the app is not installed. */
  of(teamId: string | undefined): Promise<Team | undefined>;
  /** The same by the workspace in the store. */
  ofWorkspace(workspaceId: string): Promise<Team | undefined>;
}

/** The services of every workspace that the app is in; made when they are needed, and anew when its token changes. */
export function createTeams(parts: TeamParts & { readonly installations: InstalledTeams }): Teams {
  const { installations } = parts;
  const teams = new Map<string, Team>();

  function teamOf(installed: Installed): Team {
    const { teamId, token } = installed;
    const known = teams.get(teamId);
    if (known?.installed.token === token) return known;
    const team = createTeam(installed, parts);
    teams.set(teamId, team);
    return team;
  }

  return {
    async of(teamId) {
      if (teamId === undefined) return undefined;
      const installed = await installations.of(teamId);
      if (installed) return teamOf(installed);
      teams.get(teamId)?.silence();
      teams.delete(teamId);
      return undefined;
    },

    async ofWorkspace(workspaceId) {
      const installed = await installations.ofWorkspace(workspaceId);
      return installed && teamOf(installed);
    },
  };
}
