import { FileFault } from "../tables/file-fault.ts";
import { openTable } from "../tables/read-table.ts";
import { UsageError } from "../usage-error.ts";
import { countOf } from "../wording.ts";
import type { PeriodUnit } from "./count-periods.ts";
import { fitLengths, fitSpells } from "./fit-lifetimes.ts";
import type { FitReport } from "./fit-report.ts";
import { fitSurvival } from "./fit-survival.ts";
import type { TypedDays } from "./looking.ts";
import { readLengths, readSpells } from "./read-lifetimes.ts";
import type { ReadingOptions } from "./read-purchases.ts";
import { readSurvival } from "./read-survival.ts";
import { survivalColumns } from "./survival-columns.ts";

interface SubscriptionOptions extends ReadingOptions, TypedDays {
  readonly unit: PeriodUnit;
}

/** Fits sbg to a survival table, or to subscriptions with days or lengths. */
export async function fitSubscriptions(
  path: string,
  { unit, until, holdout, dates, ...options }: SubscriptionOptions,
  now: () => number,
): Promise<FitReport> {
  const table = await openTable(path, options);
  const columns = survivalColumns(table.headers);
  const days = { ...(until === undefined ? {} : { until }), ...(holdout === undefined ? {} : { holdout }) };
  switch (columns?.kind) {
    case undefined:
      throw new FileFault(
        path,
        `is no survival table and has no subscriptions: its columns are ${table.headers.slice(0, 8).join(", ")}`,
        "Give it two columns: period (0, 1, 2, …) and survivors, or start date and end date, or periods and ended",
      );
    case "survivors":
      return fitSurvival(await readSurvival(table, columns), days, now);
    case "days": {
      const { read, ...rest } = await readSpells(table, columns, dates === undefined ? {} : { dates });
      requireSome(path, read, rest.rows);
      const { start, end } = columns;
      return fitSpells(read, { ...rest, columns: { start, end } }, { ...days, unit }, now);
    }
    case "lengths": {
      if (until !== undefined || holdout !== undefined)
        throw new UsageError(
          `${path} says how long subscriptions were and not when: leave out --until and --holdout.`,
        );
      const { read, ...rest } = await readLengths(table, columns);
      requireSome(path, read, rest.rows);
      const { periods, ended } = columns;
      return fitLengths(read, { ...rest, columns: { periods, ended } }, unit, now);
    }
  }
}

function requireSome(path: string, read: readonly unknown[], rows: number): void {
  if (read.length > 0) return;
  throw new FileFault(path, `has no subscription in ${countOf(rows, "row")}`, "Check its columns");
}
