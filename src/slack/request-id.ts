import { z } from "zod";

/** Which request something is: what Slack sends again is the same one. */
export interface RequestId {
  readonly teamId: string;
  readonly id: string;
}

const command = z
  .object({ command: z.string(), team_id: z.string(), trigger_id: z.string() })
  .transform((body) => ({ teamId: body.team_id, id: body.trigger_id }));

const interaction = z
  .object({
    type: z.enum(["block_actions", "view_submission", "message_action"]),
    team: z.object({ id: z.string() }).nullish(),
    user: z.object({ team_id: z.string().optional() }),
    trigger_id: z.string().optional(),
    view: z.object({ id: z.string() }).optional(),
  })
  .transform(({ team, user, trigger_id, view }) => ({
    teamId: team?.id ?? user.team_id,
    id: trigger_id ?? view?.id,
  }));

const message = z.object({
  type: z.enum(["message", "app_mention"]),
  channel: z.string(),
  ts: z.string(),
});

const event = z
  .object({
    type: z.literal("event_callback"),
    team_id: z.string(),
    event_id: z.string(),
    event: z.union([message, z.object({ type: z.string() })]),
  })
  .transform(({ team_id, event_id, event }) => ({
    teamId: team_id,
    // One message may arrive as events of several kinds, each with an id of its own.
    id: "ts" in event ? `message:${event.channel}:${event.ts}` : event_id,
  }));

const request = z.union([command, interaction, event]);

/**
 * The id of a request that acts on something; undefined for what only asks (the options of a menu) or cannot be
 * told apart.
 */
export function requestIdOf(body: unknown): RequestId | undefined {
  const { data } = request.safeParse(body);
  if (data?.teamId === undefined || data.id === undefined) return undefined;
  return { teamId: data.teamId, id: data.id };
}
