import type { Context, Reply } from "../../command.ts";
import { type Filters, formatFilters } from "../../query.ts";
import { digestReply } from "../digest-reply.ts";

/** So many deliveries back, the last one that arrived is looked for. */
const LOOKED_AT = 20;

/** What a digest with these filters would say now to whoever asks, since the last one that came to them. */
export async function preview(filters: Filters, context: Context): Promise<Reply> {
  const typed = formatFilters(filters).join(" ");
  const last = await lastOf(typed, context);
  const { reply, isNew } = await digestReply(
    { filters: typed, last: last?.content, lastAt: last?.sentAt ?? last?.settledAt },
    context,
  );
  const what = isNew
    ? "This is a preview: a digest that comes now would say this. In a channel it leaves out what not everybody there may see."
    : "This is a preview: nothing is new, so a digest that comes now would be this line, or nothing, as you choose.";
  // One note, as the digest itself has: the preview is no longer than what it shows.
  return { ...reply, notes: [[...(reply.notes ?? []), what].join(" · ")] };
}

/** The last digest with these filters that arrived where they are told of it in person. */
async function lastOf(filters: string, { access, decisions }: Context) {
  if (access.userId === undefined) return undefined;
  const own = await decisions.digestSchedules({ everybodys: false });
  const schedule = own.find(
    (one) => one.target === access.userId && one.filters.toLowerCase() === filters.toLowerCase(),
  );
  const deliveries = schedule ? await decisions.digestDeliveries(schedule.id, LOOKED_AT) : [];
  return deliveries.find(({ status }) => status === "confirmed");
}
