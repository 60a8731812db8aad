import type { Chart } from "../charts/chart.ts";
import type { Answer } from "../desk.ts";
import { UsageError } from "../usage-error.ts";
import { answerForms } from "./answer-forms.ts";
import type { Manner } from "./delivery.ts";
import type { DispatchServices } from "./dispatch.ts";
import type { Interaction } from "./payloads.ts";
import { renderNotice, renderReply, renderUsage } from "./render-blocks.ts";
import { isPictured } from "./render-charts.ts";

/**
 * Answers a person, in place of the private message that they pressed in. What only a picture can show cannot be
 * part of a private answer: there it is a table, and the picture follows in direct messages.
 */
export async function sendAnswer(
  services: Pick<DispatchServices, "deliver" | "pictures">,
  from: Interaction,
  answer: Answer,
): Promise<void> {
  const { deliver, pictures } = services;
  const manner = mannerOf(from);
  if (!answer.ok) {
    const { guidance, message, suggestions } = answer;
    if (guidance) await deliver(from, renderReply(guidance, { line: "" }), manner);
    else await deliver(from, renderUsage(message, suggestions), "private");
    return;
  }
  const { reply, line } = answer;
  const pictured = (reply.charts ?? []).filter(isPictured);
  const unsent = pictured.filter((chart) => !pictures.wasSent(from.userId, chart));
  const remarks = pictured.length === 0 ? [] : [unsent.length > 0 ? ON_ITS_WAY : SENT_BEFORE];
  const noPicture = async () => undefined;
  await deliver(from, answerForms(reply, { line, remarks }, noPicture), manner);
  for (const chart of unsent) await sendPicture(services, from, chart);
}

const ON_ITS_WAY = "The chart comes as a picture into our direct messages, where only you see it.";
const SENT_BEFORE = "The chart is in our direct messages as a picture.";

async function sendPicture(
  { deliver, pictures }: Pick<DispatchServices, "deliver" | "pictures">,
  from: Interaction,
  chart: Chart,
): Promise<void> {
  try {
    await pictures.send(from.userId, chart);
  } catch (err) {
    if (!(err instanceof UsageError)) throw err;
    await deliver(from, renderNotice(err.message), "private");
  }
}

function mannerOf({ message }: Interaction): Manner {
  if (message === undefined) return "first";
  return message.isPrivate ? "replace" : "private";
}
