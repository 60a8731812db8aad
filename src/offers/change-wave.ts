import type { Context, Reply } from "../command.ts";
import type { Offer, WaveChange } from "../store/offers.ts";
import { UsageError } from "../usage-error.ts";
import { openOffer } from "./find-offer.ts";
import { offerLine } from "./offer-lines.ts";
import { offerReply } from "./offer-reply.ts";
import type { TypedOffer } from "./offer-words.ts";
import { waveSubject } from "./wave-words.ts";

const done: Readonly<Record<WaveChange["status"], string>> = {
  open: "is open now",
  paused: "is paused now",
  override: "goes on against the stop rule, which stays silent for a while",
};

/** Opens, pauses or resumes a wave by hand, and shows how the offer goes then. */
export async function changeWave(
  offer: Offer,
  { wave, change, reason }: Extract<TypedOffer, { kind: "wave" }>,
  context: Context,
): Promise<Reply> {
  refuseClosed(offer);
  const state = offer.waves.find((each) => each.wave === wave);
  if (!state)
    throw new UsageError(`${waveSubject(wave)} of "${offer.name}" has no accounts.`, [
      { label: offer.name, line: offerLine(offer) },
    ]);
  // The log wants a reason; who typed none decided without one.
  const why = reason === "" ? "decided by hand" : reason;
  const isChanged = await context.decisions.setWave(
    offer.id,
    wave,
    { status: change, reason: why },
    context.now,
  );
  const after = await openOffer(offer, context);
  if (isChanged) return offerReply(after, context, `${waveSubject(wave)} ${done[change]}`);
  const now = after.waves.find((each) => each.wave === wave)?.status ?? state.status;
  return offerReply(after, context, `Nothing changes: ${waveSubject(wave)} is ${now}`);
}

/** No more steps: outcomes stay. */
export async function closeOffer(offer: Offer, reason: string, context: Context): Promise<Reply> {
  const isChanged = await context.decisions.closeOffer(offer.id, reason, context.now);
  const after = await openOffer(offer, context);
  return offerReply(
    after,
    context,
    isChanged
      ? `"${offer.name}" is closed: nobody pitches it any more, and its outcomes stay`
      : `Nothing changes: "${offer.name}" is closed already`,
  );
}

function refuseClosed({ name, closedAt }: Offer): void {
  if (closedAt !== undefined)
    throw new UsageError(`"${name}" is closed: nothing in it changes any more.`, [
      { label: "All offers", line: "offers" },
    ]);
}
