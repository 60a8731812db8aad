import type { Context, Reply } from "../command.ts";
import { accountIn, accountLine, findAccount } from "../find-account.ts";
import { requireSnapshot } from "../list-accounts.ts";
import { formatHours } from "../offers/figure-words.ts";
import { type Paged, pageActions, pagePrefix, pagesFor, rowsToRead, rowsToShow } from "../paging.ts";
import type { Timeline, TimelineEntry } from "../store/timeline.ts";
import { countOf, formatCount, formatDay, stampOf } from "../wording.ts";
import { wordEntry } from "./timeline-words.ts";

/** All that happened with an account, the newest first. */
export async function timelineReply(typed: string, paged: Paged, context: Context): Promise<Reply> {
  const snapshot = await requireSnapshot(context, paged.query);
  const { id, name } = await findAccount(typed, "timeline", context);
  const found = await context.store.timeline(snapshot, id, rowsToRead(paged));
  const shown = rowsToShow(found.rows, paged);
  const query = { ...paged.query, words: [`id:${id}`] };
  const pages = pagesFor("timeline", query, found.total);
  return {
    headline: headlineOf(name, found.total, shown),
    ...(shown.length > 0 && {
      facts: [{ label: "Hours", value: wordWork(found) }],
      table: {
        caption: "What happened, the newest first",
        columns: [{ title: "Day" }, { title: "What" }, { title: "Who" }],
        rows: shown.map((entry) => [
          { text: formatDay(entry.on) },
          { text: wordEntry(entry, snapshot.currency) },
          { text: entry.by ?? "imported" },
        ]),
      },
    }),
    actions: [
      ...pageActions("timeline", query, pages, snapshot.id),
      { kind: "fill", form: "interaction", label: "Log", line: `log ${accountIn(id)}` },
      { kind: "run", label: "Open account", line: accountLine("account", id) },
      ...(shown.length > 0
        ? [{ kind: "share" as const, label: "Share", line: accountLine("timeline", id) }]
        : []),
    ],
    notes: [
      ...(context.access.anonymous
        ? ["Notes, and what was set by hand, are left out of what is shared."]
        : []),
      "Purchases are invoices and payments that count, summed by day; deals stand for themselves. Hours are those of what was logged, of answers to offers and of actions done; where nobody typed them, the usual ones of the kind.",
      `${pagePrefix(query, pages)}Imported data as of ${snapshot.asOf} · snapshot ${snapshot.id}`,
    ],
    snapshot: stampOf(snapshot),
    data: {
      ...{ accountId: id, account: name, asOf: snapshot.asOf, total: found.total },
      ...{ hours: found.work.minutes / 60, hoursKnownFor: found.work.known, withHours: found.work.entries },
      rows: (paged.rows === "all" ? found.rows : shown).map((entry) => dataOf(entry, snapshot.currency)),
    },
  };
}

function headlineOf(account: string, total: number, shown: readonly TimelineEntry[]): string {
  const [newest, oldest] = [shown[0], shown.at(-1)];
  if (newest === undefined || oldest === undefined)
    return `Nothing is known to have happened with ${account}`;
  const days =
    newest.on === oldest.on ? formatDay(newest.on) : `${formatDay(oldest.on)} to ${formatDay(newest.on)}`;
  return `${account}: ${countOf(total, "entry", "entries")}, those here of ${days}`;
}

function wordWork({ work }: Timeline): string {
  return work.entries === 0
    ? "none: nothing was logged, answered or done yet"
    : `${formatHours(work.minutes)}, hours known for ${formatCount(work.known)} of ${formatCount(work.entries)}`;
}

/** Money as amounts with their currency, hours as hours; what is not there is null. */
function dataOf(entry: TimelineEntry, currency: string) {
  const { on, by, kind, ...details } = entry;
  return {
    ...{ on, by: by ?? null, kind, what: wordEntry(entry, currency) },
    ...Object.fromEntries(
      Object.entries(details).flatMap(([name, value]) => figure(name, value, details, currency)),
    ),
  };
}

function figure(
  name: string,
  value: unknown,
  details: object,
  currency: string,
): readonly (readonly [string, unknown])[] {
  if (name === "currency") return [];
  if (name === "minutes") return [["hours", typeof value === "number" ? value / 60 : null]];
  const own = "currency" in details ? details.currency : currency;
  return name.endsWith("Minor")
    ? [[name.slice(0, -"Minor".length), value === undefined ? null : { amount: value, currency: own }]]
    : [[name, value ?? null]];
}
