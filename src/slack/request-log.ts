import type { AnyMiddlewareArgs, Middleware } from "@slack/bolt";
import type { Logger } from "pino";
import { z } from "zod";
import { noteOutcome, outcomeOf } from "../request-note.ts";

/**
 * Writes one line for each request: what it was, whose, how long it took and how it ended. Of what people typed it
 * says the subcommand's name only.
 */
export function logRequests(
  log: Pick<Logger, "info">,
  commands: readonly string[],
): Middleware<AnyMiddlewareArgs> {
  return async ({ body, context, next }) => {
    const startedMs = performance.now();
    let outcome = "failed";
    try {
      outcome = await outcomeOf(() => next());
    } finally {
      const { teamId: team, userId: user } = context;
      const milliseconds = Math.round(performance.now() - startedMs);
      log.info({ what: whatOf(body, commands), team, user, milliseconds, outcome }, "request");
    }
  };
}

/** For a middleware that turns a request away. */
export const noteStranger = () => noteOutcome("not installed");

const text = z.string();
const request = z.union([
  z.object({ command: text, text: text.default("") }).transform((body) => ["command", body.text] as const),
  z
    .object({
      type: z.literal("block_actions"),
      actions: z.tuple(
        [
          z.object({
            action_id: text,
            value: text.optional(),
            selected_option: z.object({ value: text }).nullish(),
          }),
        ],
        z.unknown(),
      ),
    })
    .transform(({ actions: [{ action_id, value, selected_option }] }) => {
      const [kind = ""] = action_id.split(":");
      return [kind, (selected_option?.value ?? value ?? "").replace(/^(csv|xlsx) /, "")] as const;
    }),
  z
    .object({ type: z.literal("block_suggestion"), action_id: text })
    .transform((body) => [`options ${body.action_id}`, ""] as const),
  z
    .object({ type: text, view: z.object({ callback_id: text }) })
    .transform(({ type, view }) => [`${type} ${view.callback_id}`, ""] as const),
  z
    .object({ type: z.literal("message_action"), callback_id: text })
    .transform(({ callback_id }) => [`shortcut ${callback_id}`, ""] as const),
  z
    .object({ event: z.object({ type: text }) })
    .transform(({ event }) => [`event ${event.type}`, ""] as const),
]);

function whatOf(body: unknown, commands: readonly string[]): string {
  const { data } = request.safeParse(body);
  if (!data) return "unknown";
  const [kind, line] = data;
  const [word = ""] = line.trim().toLowerCase().split(/\s/);
  return commands.includes(word) ? `${kind} ${word}` : kind;
}
