import type { Context, Line, Reply } from "../command.ts";
import { accountRoles, coverageTasks, neededRoles, raci, segments } from "../core/coverage/raci.ts";
import type { RoleColumns, RoleGaps } from "../store/coverage.ts";
import { countOf, formatCount, scopeNotes, stampOf } from "../wording.ts";
import { coverageActions } from "./coverage-actions.ts";
import { type Asked, asOfNote } from "./coverage-asked.ts";
import { roleNames, segmentName, taskNames, wordDuties } from "./coverage-words.ts";

/** Who does what for which accounts, and which roles nobody has. */
export async function raciReply(
  { snapshot, query, selection, roles, suffix, notes }: Asked,
  context: Context,
): Promise<Reply> {
  const gaps = await context.store.missingRoles(snapshot, selection, roles);
  const missing = gaps.flatMap(({ segment, accounts, missing: counts }) =>
    neededRoles(segment)
      .filter((role) => counts[role] > 0)
      .map((role) => ({ segment, role, missing: counts[role], accounts })),
  );
  const there = segments.filter((segment) => gaps.some((row) => row.segment === segment));
  const worst = missing.find(({ segment }) => segment === "A") ?? missing[0];
  return {
    headline: worst
      ? `${segmentName(worst.segment)}: ${formatCount(worst.missing)} of ${countOf(worst.accounts, "account")} without ${roleNames[worst.role]}${suffix}`
      : `Every account has the people it needs${suffix}`,
    lines: missingLines(gaps),
    ...(there.length > 0 && {
      table: {
        caption: "R does it, A answers for it, C is asked before, I is told after",
        columns: [{ title: "Task" }, ...there.map((segment) => ({ title: segmentName(segment) }))],
        rows: coverageTasks.map((task) => [
          { text: taskNames[task] },
          ...there.map((segment) => ({ text: wordDuties(raci[segment][task]) })),
        ]),
      },
    }),
    actions: coverageActions(query, "raci", snapshot, there.length > 0),
    notes: [...columnNotes(roles), ...scopeNotes(context.access), ...notes, asOfNote(snapshot)],
    snapshot: stampOf(snapshot),
    data: {
      asOf: snapshot.asOf,
      columns: roles,
      duties: Object.fromEntries(there.map((segment) => [segment, raci[segment]])),
      rows: missing,
    },
  };
}

function missingLines(gaps: readonly RoleGaps[]): readonly Line[] {
  return gaps.flatMap(({ segment, accounts, missing }) => {
    const parts = neededRoles(segment)
      .filter((role) => missing[role] > 0)
      .map((role) => `${formatCount(missing[role])} without ${roleNames[role]}`);
    if (parts.length === 0) return [];
    return [
      [
        { text: segmentName(segment), style: "bold" as const },
        ` (${countOf(accounts, "account")}): ${parts.join(", ")}`,
      ],
    ];
  });
}

/** Where people come from, and what would name those of whom nobody is known. */
function columnNotes(columns: RoleColumns): readonly string[] {
  const named = accountRoles.flatMap((role) =>
    columns[role] === undefined ? [] : [`${roleNames[role]} by the column "${columns[role]}"`],
  );
  const unnamed = (["service", "sponsor"] as const).filter((role) => columns[role] === undefined);
  return [
    `Owner and sales manager are those of the imported reps${named.length > 0 ? `; ${named.join(", ")}` : ""}.`,
    ...(unnamed.length > 0
      ? [
          `Nothing imported names ${unnamed.map((role) => roleNames[role]).join(" or ")}: import ${unnamed.map((role) => (role === "service" ? 'a column "CSM"' : 'a column "Executive sponsor"')).join(" and ")}.`,
        ]
      : []),
    "Who does what is a usual division of work, not a setting yet.",
  ];
}
