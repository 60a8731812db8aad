import type { Context, Reply } from "../command.ts";
import { coverageLevels, headcount } from "../core/coverage/levels.ts";
import { hoursFor } from "../core/coverage/plan.ts";
import { formatMoney } from "../core/money.ts";
import { type Paged, pagePrefix, pagesFor, rowsToShow } from "../paging.ts";
import { countOf, formatCount, formatShare, scopeNotes, stampOf } from "../wording.ts";
import { coverageActions } from "./coverage-actions.ts";
import { type Asked, asOfNote } from "./coverage-asked.ts";

/** What the recommended levels take of everybody who owns accounts, against the hours one person has. */
export async function capacityReply(
  { snapshot, query, selection, basis, suffix, notes }: Asked,
  paged: Paged,
  context: Context,
): Promise<Reply> {
  const { terms } = basis;
  const loads = (await context.store.coverageLoads(snapshot, selection, basis))
    .map((load) => {
      const hours = hoursFor(load.accounts, terms);
      return { ...load, hours, share: headcount(hours, terms) };
    })
    .sort(
      (one, other) => other.hours - one.hours || (one.owner ?? "").localeCompare(other.owner ?? "", "en"),
    );
  const owned = loads.filter(({ owner }) => owner !== undefined);
  const over = owned.filter(({ share }) => share > 1);
  const shown = rowsToShow(loads, { ...paged, rows: "all" });
  const pages = pagesFor("coverage", query, loads.length);
  const { currency } = snapshot;
  return {
    headline:
      owned.length === 0
        ? `Nobody owns an account${suffix}`
        : over.length === 0
          ? `Everybody has the hours that their accounts take${suffix}`
          : `${formatCount(over.length)} of ${countOf(owned.length, "owner")} ${over.length === 1 ? "has" : "have"} more accounts than hours${suffix}`,
    ...(shown.length > 0 && {
      table: {
        caption: "Hours a year that the recommended levels take",
        columns: [
          { title: "Owner" },
          ...coverageLevels.map((level) => ({ title: level, align: "right" as const })),
          { title: "Hours", align: "right" as const },
          { title: "Load", align: "right" as const },
          { title: "At stake", align: "right" as const },
        ],
        rows: shown.map(({ owner, accounts, hours, share, stake }) => [
          { text: owner ?? "no owner" },
          ...coverageLevels.map((level) => ({ text: formatCount(accounts[level]), value: accounts[level] })),
          { text: formatCount(hours), value: hours },
          { text: owner === undefined ? "–" : formatShare(share), value: share },
          { text: formatMoney({ amount: stake, currency }), value: stake },
        ]),
      },
    }),
    actions: coverageActions(query, "capacity", snapshot, shown.length > 0),
    notes: [
      `Load: hours that serving the accounts as recommended takes, of ${formatCount(terms.personHours)} that one person has (settings coverage-person-hours).`,
      ...scopeNotes(context.access),
      ...notes,
      `${pagePrefix(query, pages)}${asOfNote(snapshot)}`,
    ],
    snapshot: stampOf(snapshot),
    data: {
      asOf: snapshot.asOf,
      ...{ owners: owned.length, over: over.length, personHours: terms.personHours },
      rows: loads.map(({ owner, accounts, stake, ...load }) => ({
        owner: owner ?? null,
        ...{ ...accounts, ...load },
        stake: { amount: stake, currency },
      })),
    },
  };
}
