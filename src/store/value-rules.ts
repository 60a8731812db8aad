import { z } from "zod";
import type { Access } from "./access.ts";
import type { Database } from "./connect.ts";
import { Refused } from "./refused.ts";
import { requireRole } from "./roles.ts";
import { type Executor, optional, rowsOf, sql } from "./sql.ts";
import { touchWorkspace } from "./workspaces.ts";

/** Columns whose values sources write in several ways. */
export const ruleColumns = ["account", "owner", "product", "industry", "region"] as const;
export type RuleColumn = (typeof ruleColumns)[number];

/** A value, in whatever letter case, that stands for another one. */
export interface ValueRule {
  readonly column: RuleColumn;
  readonly value: string;
  readonly standsFor: string;
  readonly by: string;
  readonly at: Date;
  readonly ended: { readonly by: string; readonly at: Date } | undefined;
}

/** A value that looks wrong, and nobody has decided about. */
export interface OpenSuspect {
  readonly source: string;
  readonly column: RuleColumn;
  readonly value: string;
  /** What it probably stands for, where that is known. */
  readonly suggestion: string | undefined;
  readonly reason: string;
  /** Rows that have the value. */
  readonly rows: number;
}

export interface ValueRules {
  /** From the newest visible import of every source, those of most rows first. */
  openSuspects(): Promise<readonly OpenSuspect[]>;
  /** Every rule there ever was, the newest first. */
  valueRules(): Promise<readonly ValueRule[]>;
  /**
   * Decides what a value stands for, in place of what was decided before; false when that is the same already.
   *
   * @throws Refused for a value that would stand for itself, or in a circle. NotAllowed unless an admin asks.
   */
  acceptValue(column: RuleColumn, value: string, standsFor: string): Promise<boolean>;
  /** Ends a rule: the value counts as it is written again. False when there was none. */
  endRule(column: RuleColumn, value: string): Promise<boolean>;
}

export function createValueRules(database: Database, access: Access): ValueRules {
  const { workspaceId, signature } = access;

  /** One change of rules at a time, noted when something changed. */
  async function change(work: (on: Executor) => Promise<boolean>): Promise<boolean> {
    requireRole(access, "admin");
    return database.$transaction(async (transaction) => {
      await transaction.$executeRaw(
        sql`SELECT pg_advisory_xact_lock(hashtextextended(${`rules ${workspaceId}`}, 0))`,
      );
      const isChanged = await work(transaction);
      if (isChanged) await touchWorkspace(transaction, workspaceId);
      return isChanged;
    });
  }

  async function end(on: Executor, column: RuleColumn, value: string): Promise<boolean> {
    const ended = await on.$executeRaw(
      sql`UPDATE value_rule SET ended_at = clock_timestamp(), ended_by = ${signature}
          WHERE workspace_id = ${workspaceId} AND "column" = ${column} AND lower(value) = lower(${value})
            AND ended_at IS NULL`,
    );
    return ended > 0;
  }

  async function rulesOf(on: Executor): Promise<readonly ValueRule[]> {
    const rows = await rowsOf(
      on,
      ruleRow,
      sql`SELECT "column", value, stands_for, created_by, created_at, ended_by, ended_at FROM value_rule
          WHERE workspace_id = ${workspaceId} ORDER BY id DESC`,
    );
    return rows.map(toRule);
  }

  return {
    openSuspects: async () => {
      requireRole(access, "admin");
      return rowsOf(
        database,
        suspectRow,
        sql`WITH newest AS (
              SELECT DISTINCT ON (source_id) source_id, id FROM import
              WHERE workspace_id = ${workspaceId} AND status = 'visible' ORDER BY source_id, id DESC)
            SELECT s.name AS source, i."column", i.value, i.suggestion, i.reason, i.rows
            FROM newest n
            JOIN source s ON s.workspace_id = ${workspaceId} AND s.id = n.source_id
            JOIN import_issue i ON i.workspace_id = ${workspaceId} AND i.import_id = n.id AND i.kind = 'suspect'
            WHERE i."column" = ANY(${[...ruleColumns]}) AND i.value IS NOT NULL
              AND NOT EXISTS (SELECT FROM value_rule r WHERE r.workspace_id = ${workspaceId}
                AND r."column" = i."column" AND lower(r.value) = lower(i.value) AND r.ended_at IS NULL)
            ORDER BY i.rows DESC, i."column", i.value`,
      );
    },
    valueRules: async () => {
      requireRole(access, "admin");
      return rulesOf(database);
    },
    acceptValue: (column, value, standsFor) =>
      change(async (on) => {
        if (value === standsFor) throw new Refused(`"${value}" already stands for itself.`);
        const rules = (await rulesOf(on)).filter((rule) => rule.column === column && !rule.ended);
        const isOfValue = (rule: ValueRule) => rule.value.toLowerCase() === value.toLowerCase();
        if (rules.some((rule) => isOfValue(rule) && rule.standsFor === standsFor)) return false;
        refuseCircle(
          rules.filter((rule) => !isOfValue(rule)),
          value,
          standsFor,
        );
        await end(on, column, value);
        await on.$executeRaw(
          sql`INSERT INTO value_rule (workspace_id, "column", value, stands_for, created_by)
              VALUES (${workspaceId}, ${column}, ${value}, ${standsFor}, ${signature})`,
        );
        return true;
      }),
    endRule: (column, value) => change((on) => end(on, column, value)),
  };
}

/** Rules lead on to other rules, so none may lead back to where it began. */
function refuseCircle(rules: readonly ValueRule[], value: string, standsFor: string): void {
  const next = new Map(rules.map((rule) => [rule.value.toLowerCase(), rule.standsFor]));
  const seen = new Set<string>();
  for (let last: string | undefined = standsFor; last !== undefined; last = next.get(last.toLowerCase())) {
    if (seen.has(last.toLowerCase())) return;
    seen.add(last.toLowerCase());
    const further = next.get(last.toLowerCase());
    if (further?.toLowerCase() === value.toLowerCase())
      throw new Refused(`"${last}" stands for "${further}" by a rule: end that one first.`);
  }
}

const suspectRow = z.object({
  source: z.string(),
  column: z.enum(ruleColumns),
  value: z.string(),
  reason: z.string(),
  rows: z.number(),
  suggestion: optional(z.string()),
});

const ruleRow = z.object({
  column: z.enum(ruleColumns),
  value: z.string(),
  stands_for: z.string(),
  created_by: z.string(),
  created_at: z.date(),
  ended_by: optional(z.string()),
  ended_at: optional(z.date()),
});

function toRule(row: z.output<typeof ruleRow>): ValueRule {
  return {
    column: row.column,
    value: row.value,
    standsFor: row.stands_for,
    by: row.created_by,
    at: row.created_at,
    ended: row.ended_at && { by: row.ended_by ?? "", at: row.ended_at },
  };
}
