import { z } from "zod";
import { baselineNames } from "../core/models/baselines.ts";
import { modelNames } from "../core/models/model.ts";
import type { FitCause } from "../core/value/refit.ts";
import type { ValueFit } from "../core/value/value-fit.ts";
import { type Executor, optional, rowsOf, type Sql, sql } from "./sql.ts";

/** A fit as it is stored. */
export interface StoredFit {
  /** The snapshot that it was made for; its name ever after. */
  readonly fittedIn: number;
  readonly fittedAt: Date;
  readonly cause: FitCause;
  readonly fit: ValueFit;
}

/** The fit that was made for a snapshot; undefined where there is none. */
export async function readValueFit(
  on: Executor,
  workspaceId: string,
  snapshotId: number,
): Promise<StoredFit | undefined> {
  return readFit(on, workspaceId, sql`snapshot_id = ${snapshotId}`);
}

export async function newestValueFit(on: Executor, workspaceId: string): Promise<StoredFit | undefined> {
  return readFit(on, workspaceId, sql`TRUE`);
}

async function readFit(on: Executor, workspaceId: string, which: Sql): Promise<StoredFit | undefined> {
  const [row] = await rowsOf(
    on,
    fitRow,
    sql`SELECT snapshot_id AS "fittedIn", fitted_at AS "fittedAt", cause, report AS fit FROM value_fit
        WHERE workspace_id = ${workspaceId} AND ${which} ORDER BY snapshot_id DESC LIMIT 1`,
  );
  return row;
}

export async function storeValueFit(
  on: Executor,
  workspaceId: string,
  { fittedIn, fittedAt, cause, fit }: StoredFit,
): Promise<void> {
  await on.$executeRaw(
    sql`INSERT INTO value_fit (workspace_id, snapshot_id, fitted_at, cause, report)
        VALUES (${workspaceId}, ${fittedIn}::int, ${fittedAt}::timestamptz, ${cause}, ${JSON.stringify(fit)}::jsonb)`,
  );
}

/** Removes the fits that no snapshot uses; one that a refresh under way has just made is left alone. */
export async function forgetUnusedFits(on: Executor, workspaceId: string): Promise<void> {
  await on.$executeRaw(
    sql`WITH ready AS (SELECT id, (parameters -> 'value' ->> 'fittedIn')::int AS fitted_in FROM snapshot
                       WHERE workspace_id = ${workspaceId} AND status = 'ready')
        DELETE FROM value_fit WHERE workspace_id = ${workspaceId} AND snapshot_id <= (SELECT MAX(id) FROM ready)
          AND NOT EXISTS (SELECT FROM ready WHERE fitted_in = snapshot_id)`,
  );
}

const outcome = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("converged") }),
  z.object({ kind: z.literal("boundary"), parameter: z.string(), meaning: z.string() }),
  z.object({ kind: z.literal("did-not-converge"), reason: z.string() }),
  z.object({ kind: z.literal("no-signal"), reason: z.string() }),
]);

function fitOf<Name extends z.ZodEnum | z.ZodLiteral, Parameters extends object>(
  model: Name,
  parameters: z.ZodType<Parameters>,
) {
  return z.object({
    model,
    parameters: optional(parameters),
    standardErrors: optional(parameters),
    logLikelihood: optional(z.number()),
    customers: z.number(),
    outcome,
  });
}

const rates = { r: z.number(), alpha: z.number() };

const purchaseFit = z.discriminatedUnion("model", [
  fitOf(z.enum(["bg-nbd", "mbg-nbd"]), z.object({ ...rates, a: z.number(), b: z.number() })),
  fitOf(z.literal("pareto-nbd"), z.object({ ...rates, s: z.number(), beta: z.number() })),
  fitOf(z.literal("nbd"), z.object(rates)),
]);

const holdout = optional(
  z.object({ mae: z.number(), rmse: z.number(), predicted: z.number(), actual: z.number() }),
);
const purchaseModels = modelNames.filter((name) => name !== "gamma-gamma" && name !== "sbg");

/** A fit as its JSON has it: what is undefined is not there. */
const valueFitReport: z.ZodType<ValueFit> = z.object({
  definitions: z.number(),
  firstDay: z.string(),
  asOf: z.string(),
  holdoutAfter: optional(z.string()),
  customers: z.number(),
  models: z.array(z.object({ fit: purchaseFit, holdout, gaveWay: z.boolean() })),
  baselines: z.array(z.object({ name: z.enum(baselineNames), holdout })),
  predictor: z.enum([...purchaseModels, ...baselineNames]),
  because: z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("best-in-holdout") }),
    z.object({ kind: z.literal("no-holdout") }),
    z.object({ kind: z.literal("no-signal"), reason: z.string() }),
  ]),
  teller: optional(z.enum(["mbg-nbd", "pareto-nbd"])),
  spend: fitOf(z.literal("gamma-gamma"), z.object({ p: z.number(), q: z.number(), v: z.number() })),
  meanPurchase: z.number(),
  seen: z.object({ span: z.number(), purchases: z.number(), customers: z.number() }),
});

const fitRow = z.object({
  fittedIn: z.number(),
  fittedAt: z.date(),
  cause: z.enum(["first", "schedule", "drift", "data", "definition"]),
  fit: valueFitReport,
});
