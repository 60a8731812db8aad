import type { DeliveryEnd, TakenDelivery } from "../store/digests.ts";
import { keyOf } from "./delivery-key.ts";
import type { Messenger } from "./messenger.ts";
import { type DeliveryTimes, isThereBy, retryAt } from "./times.ts";

/**
 * Looks for the message that an attempt before this one may have posted. Undefined where it surely was not, so that it may be
 * sent now.
 */
export async function lookFor(
  { messenger, times, now }: LookParts,
  { delivery, schedule }: TakenDelivery,
): Promise<DeliveryEnd | undefined> {
  const { workspaceId, target, channelId, sentAt, attempts } = delivery;
  if (sentAt === undefined) return undefined;
  const fault = delivery.fault ?? "interrupted";
  const where = { target, isChannel: schedule.isChannel, ...(channelId !== undefined && { channelId }) };
  const outcome = await messenger.find(workspaceId, where, keyOf(delivery), sentAt);
  switch (outcome.kind) {
    case "found":
      return { status: "confirmed", channelId: outcome.channelId, messageTs: outcome.messageTs };
    case "unable":
      return { status: "unconfirmed", fault };
    case "absent": {
      const notBefore = isThereBy(sentAt, times);
      return now() < notBefore ? { status: "unconfirmed", fault, notBefore } : undefined;
    }
    case "later": {
      const notBefore = retryAt(attempts, times, now());
      return { status: "unconfirmed", fault, ...(notBefore && { notBefore }) };
    }
  }
}

interface LookParts {
  readonly messenger: Pick<Messenger, "find">;
  readonly times: DeliveryTimes;
  readonly now: () => Date;
}
