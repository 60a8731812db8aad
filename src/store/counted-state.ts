import { z } from "zod";
import type { Day } from "../core/calendar.ts";
import type { RateSpan } from "../core/rates.ts";
import type { SalesBasis } from "./sales.ts";
import { bigintNumber, type Executor, optional, rowOf, rowsOf, sql } from "./sql.ts";

/** Raised whenever the same facts would count otherwise than before, or a state would say something else. */
const COUNTING = 1;

const rateSpan = z.object({
  ...{ currency: z.string(), from: z.string(), before: z.string() },
  ...{ multiply: z.string(), divide: z.string() },
});

const countedState = z.object({
  counting: z.literal(COUNTING),
  asOf: z.string(),
  currency: z.string(),
  revenue: z.enum(["net", "gross"]),
  basisDays: z.number(),
  rates: z.array(rateSpan).readonly(),
  /** The imports that were visible. */
  imports: z.array(z.number()),
  /** Rows of theirs: imports write nothing once they are visible, so any other number says that somebody else did. */
  facts: z.number(),
  memberships: z.object({
    begun: z.number(),
    ended: z.number(),
    /** When the last of them began or ended, by the store's clock, as its text. */
    changedAt: optional(z.string()),
  }),
});

/** What days were counted from: with an equal state, every account has the same days. */
export type CountedState = z.output<typeof countedState>;

/** What a count now would be from. */
export async function stateNow(
  on: Executor,
  workspaceId: string,
  { currency, revenue, basisDays, rates }: SalesBasis,
  asOf: Day,
): Promise<CountedState> {
  const { imports } = await rowOf(
    on,
    z.object({ imports: z.array(z.number()) }),
    sql`SELECT COALESCE(array_agg(id ORDER BY id), '{}') AS imports FROM import
        WHERE workspace_id = ${workspaceId} AND status = 'visible'`,
  );
  const facts = await factsOf(on, workspaceId, imports);
  const memberships = await rowOf(
    on,
    z.object({ begun: bigintNumber, ended: bigintNumber, changedAt: optional(z.string()) }),
    sql`SELECT COUNT(*) AS begun, COUNT(valid_to) AS ended, GREATEST(MAX(valid_from), MAX(valid_to))::text AS "changedAt"
        FROM membership WHERE workspace_id = ${workspaceId}`,
  );
  const counting = { counting: COUNTING, asOf, currency, revenue, basisDays, rates } as const;
  return { ...counting, imports, facts, memberships };
}

/** How many deals and entries imports have, those that were replaced included. */
export async function factsOf(
  on: Executor,
  workspaceId: string,
  imports: readonly number[],
): Promise<number> {
  const { facts } = await rowOf(
    on,
    z.object({ facts: bigintNumber }),
    sql`SELECT (SELECT COUNT(*) FROM ledger_entry WHERE workspace_id = ${workspaceId} AND import_id = ANY(${imports}))
             + (SELECT COUNT(*) FROM opportunity WHERE workspace_id = ${workspaceId} AND import_id = ANY(${imports})) AS facts`,
  );
  return facts;
}

/** What the days that are kept were counted from; undefined where none are, or another version counted them. */
export async function stateThen(on: Executor, workspaceId: string): Promise<CountedState | undefined> {
  const [row] = await rowsOf(
    on,
    z.object({ state: z.unknown() }),
    sql`SELECT state FROM counted_state WHERE workspace_id = ${workspaceId}`,
  );
  return countedState.safeParse(row?.state).data;
}

export async function storeState(
  on: Executor,
  { workspaceId, id }: { readonly workspaceId: string; readonly id: number },
  state: CountedState,
): Promise<void> {
  await on.$executeRaw(
    sql`INSERT INTO counted_state (workspace_id, counted_in, state)
        VALUES (${workspaceId}, ${id}, ${JSON.stringify(state)}::jsonb)
        ON CONFLICT (workspace_id) DO UPDATE SET counted_in = EXCLUDED.counted_in, state = EXCLUDED.state`,
  );
}

/** Where rates differ: the spans that only one of two counts has. Spans of one currency never overlap. */
export function changedRates(then: readonly RateSpan[], now: readonly RateSpan[]): readonly RateSpan[] {
  const keyOf = ({ currency, from, before, multiply, divide }: RateSpan) =>
    JSON.stringify([currency, from, before, multiply, divide]);
  const onlyIn = (spans: readonly RateSpan[], others: readonly RateSpan[]) => {
    const known = new Set(others.map(keyOf));
    return spans.filter((span) => !known.has(keyOf(span)));
  };
  return [...onlyIn(then, now), ...onlyIn(now, then)];
}
