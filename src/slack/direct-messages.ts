import type { WebClient } from "@slack/web-api";
import type { Logger } from "pino";
import { z } from "zod";
import { patiently, untilKnown } from "./patiently.ts";
import { attempt, type Outcome, type SlackFault } from "./slack-fault.ts";

const openAnswer = z.object({ channel: z.object({ id: z.string() }) });

/** The id of somebody's direct messages with the app; opened twice they are the same. */
export async function openDirectMessages(
  { client, log }: { readonly client: Pick<WebClient, "conversations">; readonly log: Pick<Logger, "warn"> },
  userId: string,
): Promise<Outcome<string>> {
  const note = (fault: SlackFault) =>
    log.warn({ where: "conversations.open", userId, ...fault }, "direct messages did not open");
  const open = async () => openAnswer.parse(await client.conversations.open({ users: userId })).channel.id;
  const outcome = await untilKnown(() => patiently(() => attempt(open()), note), note);
  if (!outcome.ok) note(outcome.fault);
  return outcome;
}
