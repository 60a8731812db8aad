import { formatEffort } from "../actions/action-words.ts";
import type { Action, Context, Reply, Table } from "../command.ts";
import { isManaging } from "../core/access.ts";
import { interactionKinds, usualMinutes } from "../core/interactions.ts";
import { accountIn, accountLine } from "../find-account.ts";
import { type Paged, pageActions, pagePrefix, pagesFor, rowsToRead, rowsToShow } from "../paging.ts";
import { quoted } from "../query.ts";
import type { Interaction } from "../store/interactions.ts";
import { countOf, formatDay } from "../wording.ts";
import { kindNames } from "./kind-words.ts";
import { latelyDays, latelySince } from "./lately.ts";
import { wordHours, wordMinutes } from "./work-words.ts";

/** What was noted about an account lately, and what can be. */
export async function showLog(
  account: { readonly id: string; readonly name: string },
  paged: Paged,
  context: Context,
): Promise<Reply> {
  const { store, access } = context;
  const since = latelySince(context);
  const noted = await store.interactions(account.id, rowsToRead(paged), since);
  const shown = rowsToShow(noted.rows, paged);
  const query = { ...paged.query, words: [`id:${account.id}`] };
  const pages = pagesFor("log", query, noted.total);
  return {
    headline:
      noted.total === 0
        ? `Nothing was logged with ${account.name} in ${latelyDays} days`
        : `${account.name}: ${countOf(noted.total, "entry", "entries")} in ${latelyDays} days, ${wordHours(noted)}`,
    lines: [
      ["To log something: ", { text: `log ${quoted(account.name)} call hours 0.5 because …`, style: "code" }],
      [
        `Usual hours: ${interactionKinds.map((kind) => `${kind} ${formatEffort(usualMinutes[kind])}`).join(", ")}.`,
      ],
    ],
    ...(shown.length > 0 && { table: tableOf(shown) }),
    actions: [
      {
        kind: "fill",
        form: "interaction",
        label: "Log",
        line: `log ${accountIn(account.id)}`,
        style: "primary",
      },
      ...pageActions("log", query, pages),
      ...takeBack(shown, access),
      { kind: "run", label: "Timeline", line: accountLine("timeline", account.id) },
      { kind: "run", label: "Open account", line: accountLine("account", account.id) },
    ],
    notes: [
      `${pagePrefix(query, pages)}Hours that nobody typed are the usual ones of the kind. Purchases come with imports; answers to offers are noted with the offer.`,
    ],
    data: {
      ...{ accountId: account.id, account: account.name, since, total: noted.total },
      ...{ hours: noted.minutes / 60, hoursKnownFor: noted.known },
      rows: (paged.rows === "all" ? noted.rows : shown).map(
        ({ at, minutes, minutesKnown, score, ...row }) => ({
          ...row,
          ...{ hours: minutes / 60, hoursKnown: minutesKnown, score: score ?? null, at: at.toISOString() },
        }),
      ),
    },
  };
}

function tableOf(shown: readonly Interaction[]): Table {
  return {
    caption: "Logged lately, the newest first",
    columns: [
      { title: "Day" },
      { title: "What" },
      { title: "Hours", align: "right" },
      { title: "Note" },
      { title: "Who" },
    ],
    rows: shown.map(({ onDay, kind, minutes, minutesKnown, score, note, by }) => [
      { text: formatDay(onDay) },
      { text: score === undefined ? kindNames[kind] : `${kindNames[kind]}, score ${score}` },
      { text: wordMinutes({ minutes, minutesKnown }), value: minutes / 60 },
      { text: note },
      { text: by },
    ]),
  };
}

/** Those that the reader may take back. */
function takeBack(shown: readonly Interaction[], { role, signature }: Context["access"]): readonly Action[] {
  const choices = shown
    .filter(({ by }) => by === signature || isManaging(role))
    .map(({ id, onDay, kind }) => ({
      label: `${formatDay(onDay)}: ${kindNames[kind]}`,
      line: `log back ${id}`,
    }));
  return choices.length === 0 ? [] : [{ kind: "choose", label: "Take one back", choices }];
}
