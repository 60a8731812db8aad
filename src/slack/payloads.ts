import { z } from "zod";

/** Who did something, where, and how an answer gets back: what every kind of request has in common. */
export interface Interaction {
  readonly userId: string;
  /** The handle in the request, for when Slack cannot be asked for the name. */
  readonly handle: string | undefined;
  /** Every workspace the request names: the one it happened in, and the person's own. */
  readonly teamIds: readonly string[];
  readonly channelId: string | undefined;
  readonly responseUrl: string | undefined;
  /** The same when a request is replayed, different for every other one. */
  readonly requestId: string | undefined;
  /** The message it happened in. */
  readonly message: { readonly ts: string; readonly isPrivate: boolean } | undefined;
  /** The thread it was asked in, where the answer belongs. */
  readonly threadTs?: string;
  /** Whether it happened in the app's Home tab, which is in no channel. */
  readonly isHome?: boolean;
  /** Whether its channel is the person's direct messages with the app, where an answer stays. */
  readonly isDirect?: boolean;
}

const address = z.url().optional().catch(undefined);
const team = z.object({ id: z.string() }).nullish();
const user = z.object({ id: z.string(), team_id: z.string().optional(), name: z.string().optional() });

const slashCommand = z
  .object({
    text: z.string().default(""),
    user_id: z.string(),
    user_name: z.string().optional(),
    team_id: z.string(),
    channel_id: z.string(),
    response_url: address,
    trigger_id: z.string().optional(),
  })
  .transform((body) => ({
    text: body.text,
    interaction: {
      userId: body.user_id,
      handle: body.user_name,
      teamIds: [body.team_id],
      channelId: body.channel_id,
      responseUrl: body.response_url,
      requestId: body.trigger_id,
      message: undefined,
    } satisfies Interaction,
  }));

/** https://docs.slack.dev/interactivity/implementing-slash-commands#app_command_handling */
export const readSlashCommand = (body: unknown) => slashCommand.parse(body);

const action = z.object({
  action_id: z.string(),
  value: z.string().optional(),
  selected_option: z.object({ value: z.string() }).nullish(),
  /** What a button says. */
  text: z.object({ text: z.string() }).optional().catch(undefined),
});

const blockActions = z
  .object({
    user,
    team,
    trigger_id: z.string().optional(),
    response_url: address,
    channel: z.object({ id: z.string() }).optional(),
    container: z
      .object({ message_ts: z.string().optional(), is_ephemeral: z.boolean().optional() })
      .optional(),
    view: z.object({ type: z.string() }).optional().catch(undefined),
    actions: z.tuple([action], action),
  })
  .transform(({ actions: [used], container, ...body }) => ({
    actionId: used.action_id,
    line: used.selected_option?.value ?? used.value,
    label: used.text?.text,
    triggerId: body.trigger_id,
    interaction: {
      ...sender(body),
      channelId: body.channel?.id,
      responseUrl: body.response_url,
      requestId: body.trigger_id,
      message:
        container?.message_ts === undefined
          ? undefined
          : { ts: container.message_ts, isPrivate: container.is_ephemeral === true },
      ...(body.view?.type === "home" && { isHome: true }),
    } satisfies Interaction,
  }));

/** https://docs.slack.dev/reference/interaction-payloads/block_actions-payload */
export const readBlockActions = (body: unknown) => blockActions.parse(body);

const messageShortcut = z
  .object({
    user,
    team,
    trigger_id: z.string(),
    response_url: address,
    channel: z.object({ id: z.string() }),
    message: z.object({ ts: z.string(), text: z.string().default("") }),
  })
  .transform(({ message, ...body }) => ({
    message,
    triggerId: body.trigger_id,
    interaction: {
      ...sender(body),
      channelId: body.channel.id,
      responseUrl: body.response_url,
      requestId: body.trigger_id,
      // Somebody else's: answers never take its place.
      message: { ts: message.ts, isPrivate: false },
    } satisfies Interaction,
  }));

/** https://docs.slack.dev/reference/interaction-payloads/shortcuts-interaction-payload */
export const readMessageShortcut = (body: unknown) => messageShortcut.parse(body);

const chosen = z.object({
  /** What was typed. */
  value: z.string().nullish(),
  selected_option: z.object({ value: z.string(), text: z.object({ text: z.string() }) }).nullish(),
  selected_user: z.string().nullish(),
  selected_date: z.string().nullish(),
  files: z.array(z.object({ id: z.string() })).nullish(),
});
/** What was chosen in a modal: by block id, then by action id. */
const viewState = z.object({ values: z.record(z.string(), z.record(z.string(), chosen)) });

const viewSubmission = z
  .object({
    user,
    team,
    trigger_id: z.string().optional(),
    view: z.object({ id: z.string(), private_metadata: z.string(), state: viewState }),
  })
  .transform(({ view, ...body }) => ({
    metadata: view.private_metadata,
    values: view.state.values,
    viewId: view.id,
    sender: sender(body),
    requestId: body.trigger_id ?? view.id,
  }));
export type ViewValues = z.infer<typeof viewState>["values"];

/** https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload */
export const readViewSubmission = (body: unknown) => viewSubmission.parse(body);

const blockSuggestion = z
  .object({ user, team, action_id: z.string(), value: z.string().default("") })
  .transform(({ action_id: actionId, value: typed, ...body }) => ({ actionId, typed, sender: sender(body) }));

/** https://docs.slack.dev/reference/interaction-payloads/block_suggestion-payload */
export const readBlockSuggestion = (body: unknown) => blockSuggestion.parse(body);

function sender(body: { readonly user: z.infer<typeof user>; readonly team?: z.infer<typeof team> }) {
  const teamIds = [body.team?.id, body.user.team_id].filter((id) => id !== undefined);
  return { userId: body.user.id, handle: body.user.name, teamIds };
}
