import type { Span } from "../command.ts";
import { accountLine } from "../find-account.ts";
import type { OpenHold } from "../store/digest-reads.ts";
import { countOf, formatCount, formatDay } from "../wording.ts";
import type { DigestFacts } from "./digest-facts.ts";
import { nameSpan, type Part } from "./digest-parts.ts";

/** Accounts that are named. */
const MOST_NAMES = 3;

/** Open complaints and what is overdue, the newest first. */
export function holdParts({ holds, last }: DigestFacts): readonly Part[] {
  const told = new Set(last?.content.told);
  const part = (
    name: "complaints" | "overdue",
    count: number,
    title: string,
    rows: readonly OpenHold[],
  ): readonly Part[] => {
    if (count === 0) return [];
    const codes = rows.map(codeOf);
    return [
      {
        name,
        line: [{ text: title, style: "bold" }, ": ", ...namesOf(rows, count)],
        ...(rows[0] && {
          actions: [{ kind: "run", label: "Open account", line: accountLine("account", rows[0].accountId) }],
        }),
        isNews: codes.some((code) => !told.has(code)),
        told: codes,
      },
    ];
  };
  const rowsOf = (kind: OpenHold["kind"]) => holds.rows.filter((row) => row.kind === kind);
  return [
    ...part("complaints", holds.complaints, countOf(holds.complaints, "open complaint"), rowsOf("complaint")),
    ...part(
      "overdue",
      holds.overdue,
      `Payment overdue of ${countOf(holds.overdue, "account")}`,
      rowsOf("overdue"),
    ),
  ];
}

/** "Acme (since 3 Nov 2026), Beta and 2 more". */
function namesOf(rows: readonly OpenHold[], count: number): readonly Span[] {
  const named = rows.slice(0, MOST_NAMES);
  const rest = count - named.length;
  return [
    ...named.flatMap(({ account, since }, index) => [
      ...(index === 0 ? [] : [", "]),
      nameSpan(account),
      ...(since === undefined ? [] : [` (since ${formatDay(since)})`]),
    ]),
    ...(rest > 0 ? [` and ${formatCount(rest)} more`] : []),
  ];
}

function codeOf({ kind, accountId, since = "" }: OpenHold): string {
  return `${kind}:${accountId}:${since}`;
}
