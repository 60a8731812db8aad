import type { InstalledTeams } from "../installations/installations.ts";
import { createTeam, type Team, type TeamParts } from "./team.ts";

export interface Teams {
  /** Undefined where the app is not installed. */
  of(teamId: string | undefined): Promise<Team | undefined>;
}

/** The services of every workspace that the app is in; made when they are needed, and anew when its token changes. */
export function createTeams(parts: TeamParts & { readonly installations: InstalledTeams }): Teams {
  const teams = new Map<string, Team>();
  return {
    async of(teamId) {
      if (teamId === undefined) return undefined;
      const installed = await parts.installations.of(teamId);
      const known = teams.get(teamId);
      if (!installed) {
        known?.silence();
        teams.delete(teamId);
        return undefined;
      }
      if (known?.installed.token === installed.token) return known;
      const team = createTeam(installed, parts);
      teams.set(teamId, team);
      return team;
    },
  };
}
