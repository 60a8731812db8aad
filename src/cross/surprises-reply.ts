import type { Action, Context, Reply } from "../command.ts";
import { findSurprises, type Surprise } from "../core/cross/surprises.ts";
import { type Paged, pageActions, pagePrefix, pagesFor, rowsToShow } from "../paging.ts";
import { formatFilters, formatQuery, type Query } from "../query.ts";
import { scopeNotes, stampOf } from "../wording.ts";
import { cellFilters } from "./cell-filters.ts";
import { labelOf, wordOf } from "./criterion-words.ts";
import type { CrossSelection } from "./cross-selection.ts";
import { surpriseHeadline, surpriseMethod, wordLookedAt, wordRatio, wordSurprise } from "./surprise-words.ts";

/** Of one pair of criteria: more say the same from another side. */
const MOST_OF_PAIR = 3;

/** The combinations of any two criteria that are more than chance. */
export async function surprisesReply(
  { snapshot, selection, window, spoken }: CrossSelection,
  { isExplained, ...paged }: Paged & { readonly isExplained: boolean },
  context: Context,
): Promise<Reply> {
  const { query, rows } = paged;
  const pairs = await context.store.crossPairs(snapshot, selection, window);
  const surprises = findSurprises(pairs.tables);
  const told = surprises.found.filter(
    (one, index, all) =>
      all.slice(0, index).filter((other) => isOfSamePair(one, other)).length < MOST_OF_PAIR,
  );
  const pages = pagesFor("cross", query, told.length);
  const shown = rowsToShow(told, { query, rows: "all" });
  const filters = formatFilters(spoken);
  return {
    headline: surpriseHeadline(
      { ...surprises, found: told },
      pairs,
      filters.length === 0 ? "" : ` (${filters.join(" ")})`,
    ),
    lines: isExplained ? surpriseMethod.map((sentence) => [sentence]) : [],
    ...(shown.length > 0 && {
      table: {
        caption: "More than chance, the most telling first",
        columns: [{ title: "What" }, { title: "Against expected", align: "right" as const }],
        rows: shown.map((one) => [{ text: wordSurprise(one) }, { text: wordRatio(one), value: one.ratio }]),
      },
    }),
    actions: [
      ...pageActions("cross", query, pages, snapshot.id),
      ...lookCloser(shown, query),
      {
        kind: "run",
        label: "Industry by tier",
        line: formatQuery("cross", { ...query, words: ["industry", "tier"], page: 1 }),
      },
      ...(isExplained
        ? []
        : [
            {
              kind: "run" as const,
              label: "Explain",
              line: formatQuery("cross", { ...query, words: ["explain"] }),
            },
          ]),
      { kind: "share", label: "Share", line: formatQuery("cross", { ...query, snapshot: snapshot.id }) },
    ],
    notes: [
      ...wordLookedAt(surprises, pairs),
      ...(told.length > 0 ? ["That two things go together does not say that one makes the other."] : []),
      ...scopeNotes(context.access),
      `${pagePrefix(query, pages)}Data as of ${snapshot.asOf} · snapshot ${snapshot.id}`,
    ],
    snapshot: stampOf(snapshot),
    data: {
      tested: surprises.tested,
      customers: pairs.customers,
      counted: pairs.counted,
      rows: (rows === "all" ? surprises.found : shown).map(({ criteria, values, ...figures }) => ({
        text: wordSurprise({ criteria, values, ...figures }),
        ...{ criterion: wordOf(criteria[0]), value: values[0] },
        ...{ otherCriterion: wordOf(criteria[1]), otherValue: values[1] },
        ...figures,
      })),
    },
  };
}

function isOfSamePair(one: Surprise, other: Surprise): boolean {
  return JSON.stringify(one.criteria) === JSON.stringify(other.criteria);
}

/** The tables that surprises are from, and the accounts that they are about. */
function lookCloser(shown: readonly Surprise[], query: Query): readonly Action[] {
  const tables = shown
    .filter((one, index) => shown.findIndex((other) => isOfSamePair(one, other)) === index)
    .map(({ criteria }) => ({
      label: criteria.map(labelOf).join(" by "),
      line: formatQuery("cross", { ...query, words: criteria.map(wordOf), page: 1 }),
    }));
  const lists = shown.flatMap((one) => {
    const filters = one.accounts > 0 ? cellFilters(one.criteria, one.values, query.filters) : undefined;
    return filters
      ? [{ label: one.values.join(" × "), line: formatQuery("top", { words: [], filters, page: 1 }) }]
      : [];
  });
  return [
    ...(tables.length > 0 ? [{ kind: "choose" as const, label: "Show the table", choices: tables }] : []),
    ...(lists.length > 0 ? [{ kind: "choose" as const, label: "Open the accounts", choices: lists }] : []),
  ];
}
