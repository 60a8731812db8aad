import type { AllMiddlewareArgs, AnyMiddlewareArgs, Context, Middleware } from "@slack/bolt";
import type { Logger } from "pino";
import { REMOVAL_EVENTS } from "./listen-to-removals.ts";
import { noteStranger } from "./request-log.ts";
import type { Team } from "./team.ts";
import type { Teams } from "./teams.ts";

const NOT_INSTALLED =
  "Portfolio is not installed in this workspace. Ask whoever administers Slack here to install it, or a colleague of the workspace that has it to share what you need.";

/** The team of a request that was admitted. */
export type TeamOf = (context: Context) => Team;

/**
 * Finds the team of each request, and turns requests of strangers away: they are acknowledged and told why.
 * What comes after it asks `teamOf`.
 */
export function createDoor({ teams, log }: { readonly teams: Teams; readonly log: Pick<Logger, "warn"> }): {
  readonly admit: Middleware<AnyMiddlewareArgs>;
  readonly teamOf: TeamOf;
} {
  const admitted = new WeakMap<Context, Team>();
  return {
    admit: async (request) => {
      const { context, next } = request;
      const team = isRemoval(request) ? undefined : await teams.of(context.teamId);
      if (team) admitted.set(context, team);
      else if (!isRemoval(request)) return turnAway(request, log);
      await next();
    },
    teamOf: (context) => {
      const team = admitted.get(context);
      if (!team) throw new RangeError("a request was handled that was not admitted");
      return team;
    },
  };
}

type Request = AnyMiddlewareArgs & AllMiddlewareArgs;

function isRemoval({ payload }: Request): boolean {
  return "type" in payload && REMOVAL_EVENTS.some((type) => type === payload.type);
}

async function turnAway(request: Request, log: Pick<Logger, "warn">): Promise<void> {
  noteStranger();
  const answer = { response_type: "ephemeral", replace_original: false, text: NOT_INSTALLED } as const;
  if ("command" in request) return request.ack(answer);
  if ("options" in request) return request.ack({ options: [] });
  if (!("ack" in request) || !request.ack) return;
  await request.ack();
  if (!("respond" in request) || !request.respond) return;
  try {
    await request.respond(answer);
  } catch (err) {
    log.warn({ err }, "a stranger could not be told that the app is not installed there");
  }
}
