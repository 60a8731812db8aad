import { z } from "zod";
import type { NameRule } from "../core/same-accounts.ts";
import { type Executor, rowsOf, sql } from "./sql.ts";

/** The rules that hold, the oldest first: of several for one value the newest counts. */
export type RunningRules = readonly z.output<typeof ruleRow>[];

const ruleRow = z.object({ column: z.string(), value: z.string(), standsFor: z.string() });

export function runningRules(on: Executor, workspaceId: string): Promise<RunningRules> {
  return rowsOf(
    on,
    ruleRow,
    sql`SELECT "column", value, stands_for AS "standsFor" FROM value_rule
        WHERE workspace_id = ${workspaceId} AND ended_at IS NULL ORDER BY id`,
  );
}

export function rulesFor(
  rules: RunningRules,
  column: "account" | "owner" | "product" | "industry" | "region",
): readonly NameRule[] {
  return rules.filter((rule) => rule.column === column);
}

/** What values in lower case finally stand for: rules may lead on to other rules, and a circle ends where it began. */
export function finalValues(rules: readonly NameRule[]): readonly NameRule[] {
  const next = new Map(rules.map((rule) => [rule.value.toLowerCase(), rule.standsFor]));
  return [...next].map(([value, standsFor]) => {
    const seen = new Set([value]);
    let last = standsFor;
    for (let key = last.toLowerCase(); next.has(key) && !seen.has(key); key = last.toLowerCase()) {
      seen.add(key);
      last = next.get(key) ?? last;
    }
    return { value, standsFor: last };
  });
}
