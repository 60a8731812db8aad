import { createHash } from "node:crypto";
import type { Answer, Audience } from "../desk.ts";
import { answerForms } from "./answer-forms.ts";
import type { Readers } from "./audience.ts";
import type { DispatchServices } from "./dispatch.ts";
import type { Interaction } from "./payloads.ts";
import { renderNotice, renderUsage } from "./render-blocks.ts";
import { sentenceOf } from "./slack-advice.ts";
import type { Outcome } from "./slack-fault.ts";

/**
 * Posts a line's answer to the channel it was asked in, once, as everybody there may see it. Where it may have
 * been posted and may not, the person is asked to look, since nobody else can tell.
 */
export async function shareAnswer(
  services: DispatchServices,
  from: Interaction,
  line: string,
  ask: (audience: Audience) => Promise<Answer>,
): Promise<void> {
  const { desk, workspaceId, deliver, findReaders } = services;
  const tell = (sentence: string) => deliver(from, renderNotice(sentence), "private");
  const readers = from.channelId === undefined ? undefined : await findReaders(from.channelId);
  if (!readers?.ok) {
    await tell(readers ? refusalSentence(readers) : "Nothing can be shared from here.");
    return;
  }
  const answer = await ask(readers.audience);
  if (!answer.ok) {
    await deliver(from, renderUsage(answer.message, answer.suggestions), "private");
    return;
  }
  const what = createHash("sha256").update(line).digest("base64url");
  const key = `share:${from.userId}:${from.message?.ts ?? from.requestId}:${what}`;
  if (!(await desk.once(workspaceId, key, from.requestId))) {
    await tell("You have already shared this here.");
    return;
  }
  // The same request comes once more when a crash interrupted it, and may have been posted by then.
  const isNew = await desk.once(workspaceId, `${key}:begun`);
  const posted = isNew ? await post(services, from, answer) : interrupted;
  if (posted.ok) return;
  // Whether it is there, the person sees; Share may be pressed again.
  await desk.forget(workspaceId, `${key}:begun`);
  await desk.forget(workspaceId, key);
  await tell(
    posted.fault.fate === "unknown"
      ? "Slack did not confirm that this was shared. If it does not appear here in a minute, press Share again."
      : `This could not be shared. ${sentenceOf(posted.fault)}`,
  );
}

function refusalSentence({ reason, remedy }: Extract<Readers, { ok: false }>): string {
  return `${reason}, so nothing was shared.${remedy === undefined ? "" : ` ${remedy}`}`;
}

const interrupted: Outcome = { ok: false, fault: { error: "interrupted", fate: "unknown" } };

async function post(
  { deliver, findPerson, pictures }: DispatchServices,
  from: Interaction,
  { reply, line }: Extract<Answer, { ok: true }>,
): Promise<Outcome> {
  const by = (await findPerson(from.userId))?.name ?? from.handle ?? "a colleague";
  return deliver(from, answerForms(reply, { line, shared: { by } }, pictures.keep), "channel");
}
