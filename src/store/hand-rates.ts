import { v5 as uuidFromName } from "uuid";
import { z } from "zod";
import type { Day } from "../core/calendar.ts";
import type { Access } from "./access.ts";
import type { Database } from "./connect.ts";
import { ImportBusy } from "./import-turn.ts";
import { startImport } from "./imports.ts";
import { Refused } from "./refused.ts";
import { requireRole } from "./roles.ts";
import { rowsOf, sql } from "./sql.ts";

/** What one unit of `base` is worth in `quote`, from a day on. */
export interface HandRate {
  readonly base: string;
  readonly quote: string;
  readonly onDay: Day;
  /** Decimal number above 0. */
  readonly rate: string;
}

export interface EnteredRate extends HandRate {
  readonly by: string;
  /** The import that brought it, which can be undone. */
  readonly importId: number;
}

export interface HandRates {
  /**
   * Enters a rate as an import of its own, so that it is listed and can be undone like any other; false when
   * the same rate counts already.
   *
   * @throws Refused while another import runs. NotAllowed unless an admin asks.
   */
  enterRate(rate: HandRate): Promise<boolean>;
  /** The rates entered by hand that count, the newest day first. */
  enteredRates(): Promise<readonly EnteredRate[]>;
}

const byHand = { id: "by-hand", name: "Entered by hand" };
/** Somebody is waiting for the answer. */
const PATIENCE_MS = 5_000;

export function createRates(database: Database, access: Access): HandRates {
  const { workspaceId, signature } = access;

  async function enteredRates(): Promise<readonly EnteredRate[]> {
    requireRole(access, "admin");
    const rows = await rowsOf(
      database,
      rateRow,
      sql`SELECT r.base, r.quote, r.on_day::text, trim_scale(r.rate)::text AS rate, i.started_by, i.id
          FROM current_exchange_rate r
          JOIN import i ON i.workspace_id = r.workspace_id AND i.id = r.import_id AND i.source_id = ${byHand.id}
          WHERE r.workspace_id = ${workspaceId} ORDER BY r.on_day DESC, r.base, r.quote`,
    );
    return rows.map(({ on_day, started_by, id, ...rate }) => ({
      ...rate,
      onDay: on_day,
      by: started_by,
      importId: id,
    }));
  }

  return {
    enteredRates,
    enterRate: async (wanted) => {
      const rate = check(wanted);
      const same = (await enteredRates()).some(
        ({ base, quote, onDay, rate: known }) =>
          base === rate.base && quote === rate.quote && onDay === rate.onDay && known === plain(rate.rate),
      );
      if (same) return false;
      const writer = await startImport(database, workspaceId, {
        source: byHand,
        startedBy: signature,
        patienceMs: PATIENCE_MS,
      }).catch((error: unknown) => {
        throw error instanceof ImportBusy ? new Refused(error.message) : error;
      });
      try {
        await writer.rates([{ ...rate, id: idOf(rate), contentHash: rate.rate }]);
        await writer.publish({ rate: { ...rate } });
      } catch (error) {
        await writer.abandon();
        throw error;
      }
      return true;
    },
  };
}

function check(rate: HandRate): HandRate {
  if (rate.base === rate.quote) throw new Refused(`One ${rate.base} is always one ${rate.quote}.`);
  if (!/^\d{1,12}(?:\.\d{1,12})?$/.test(rate.rate) || Number(rate.rate) === 0)
    throw new Refused(`"${rate.rate}" is no rate: it must be a number above 0, such as 0.92.`);
  return { ...rate, rate: plain(rate.rate) };
}

/** The number without zeros that say nothing: `0.920` is `0.92`. */
function plain(rate: string): string {
  const [whole = "0", fraction = ""] = rate.split(".");
  const digits = fraction.replace(/0+$/, "");
  const units = whole.replace(/^0+(?=\d)/, "");
  return digits === "" ? units : `${units}.${digits}`;
}

/** Ours alone, and for ever: another value would make every known rate a new one. */
const rateNamespace = "b1d7c7b4-0f0e-4d5c-9b0e-5a2f6f1c8e3d";

/** The same pair and day is the same rate, in every store. */
function idOf({ base, quote, onDay }: HandRate): string {
  return uuidFromName(JSON.stringify([base, quote, onDay]), rateNamespace);
}

const rateRow = z.object({
  base: z.string(),
  quote: z.string(),
  on_day: z.string(),
  rate: z.string(),
  started_by: z.string(),
  id: z.number(),
});
