import type { Action, Context, Reply } from "../command.ts";
import { requireSnapshot } from "../list-accounts.ts";
import { type Paged, pageActions, pagePrefix, pagesFor, rowsToRead, rowsToShow } from "../paging.ts";
import { formatQuery, type Query } from "../query.ts";
import type { OpenActions } from "../store/actions.ts";
import { scopeNotes, stampOf } from "../wording.ts";
import { actionData } from "./action-data.ts";
import { actionEntry, entryTerms } from "./action-entry.ts";
import { actionsHeadline } from "./headline-words.ts";
import { heldBackNotes, movedNotes } from "./order-notes.ts";
import { isOwnByDefault, type SelectedActions, selectActions } from "./select-actions.ts";
import type { TypedList } from "./typed-actions.ts";
import { whyNothing } from "./why-nothing.ts";

/** Entries of a page: each has five buttons. */
const ENTRIES = 5;

/** What is open, the best first, each with what can be done about it. */
export async function actionsReply(typed: TypedList, paged: Paged, context: Context): Promise<Reply> {
  const { query } = paged;
  const snapshot = await requireSnapshot(context, query);
  const selected = await selectActions(typed, query, snapshot, context);
  const terms = entryTerms(snapshot, context);
  const { currency, today } = terms;
  const page = rowsToRead(paged, ENTRIES);
  const open = await context.store.actions(snapshot, selected.selection, today, page);
  const pages = pagesFor("actions", query, open.total, ENTRIES);
  const first = (query.page - 1) * ENTRIES + 1;
  const subject = { ...selected, kinds: typed.kinds };
  const nothing = open.total > 0 ? undefined : await whyNothing(subject, open, snapshot, context);
  return {
    headline: nothing?.headline ?? actionsHeadline(subject, open, currency),
    lines: nothing?.lines ?? [],
    entries: rowsToShow(open.rows, paged, ENTRIES).map((action, index) =>
      actionEntry(action, terms, `${first + index}. `),
    ),
    actions: [
      ...pageActions("actions", query, pages),
      ...(nothing?.actions ?? []),
      ...listActions(typed, query, selected, open, context),
    ],
    notes: [
      ...(selected.isOwn ? [] : scopeNotes(context.access)),
      ...selected.notes,
      ...heldBackNotes(open, context),
      ...movedNotes(open),
      `${pagePrefix(query, pages)}Data as of ${snapshot.asOf} · snapshot ${snapshot.id}`,
    ],
    snapshot: stampOf(snapshot),
    data: {
      asOf: snapshot.asOf,
      today,
      own: selected.isOwn,
      total: {
        actions: open.total,
        value: { amount: open.valueMinor, currency },
        dueThisWeek: open.dueThisWeek,
      },
      heldBack: open.heldBack,
      moved: open.moved,
      rows: open.rows.map((action) => actionData(action, terms)),
    },
  };
}

function listActions(
  typed: TypedList,
  query: Query,
  { isOwn, account }: SelectedActions,
  { total }: OpenActions,
  { access }: Context,
): readonly Action[] {
  const first = { ...query, page: 1 };
  const run = (label: string, line: string): Action => ({ kind: "run", label, line });
  const seesOthers = access.owners === "all" || access.owners.length > access.repIds.length;
  return [
    ...(isOwn && seesOthers ? [run("Everybody's", formatQuery("actions", everybodys(first)))] : []),
    ...(isOwn || account || access.repIds.length === 0
      ? []
      : [run("Mine", formatQuery("actions", own(first)))]),
    { kind: "filter", label: "Filter", line: formatQuery("actions", first) },
    run("Answered", "actions answered"),
    run("How they come about", "actions explain"),
    ...(total > 0
      ? [
          {
            kind: "share" as const,
            label: "Share",
            line: formatQuery("actions", asSeen(typed, query, access)),
          },
        ]
      : []),
  ];
}

/** The query that says whose actions it means, since readers of a channel have another default. */
function asSeen(typed: TypedList, query: Query, access: Context["access"]): Query {
  if (isOwnByDefault(typed, query.filters, { access })) return own(query);
  const isNamed = query.filters.owner ?? query.filters.team ?? (typed.account || undefined);
  return isNamed !== undefined || typed.isEverybodys ? query : everybodys(query);
}

function own({ filters, ...query }: Query): Query {
  const words = query.words.filter((word) => word.toLowerCase() !== "all");
  return { ...query, words, filters: { ...filters, owner: { kind: "me" } } };
}

function everybodys({ words, filters, ...query }: Query): Query {
  const { owner: _, ...others } = filters;
  return { ...query, words: [...words, "all"], filters: others };
}
