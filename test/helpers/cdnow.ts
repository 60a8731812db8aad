import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { createHistories } from "../../src/core/models/histories.ts";
import type { HeldOut } from "../../src/core/models/holdout.ts";
import type { Histories } from "../../src/core/models/model.ts";
import type { Purchase } from "../../src/core/models/purchase-lists.ts";

/** The days that split CDNOW as its papers do, counted as `Purchase.day` is. */
export const cdnowDays = { until: dayOf("1997-09-30"), end: dayOf("1998-06-30") };
/** The holdout, in weeks. */
export const cdnowHoldout = 39;

/** The purchases of the 1/10 sample. */
export function readCdnowSample(): readonly Purchase[] {
  return readRows("cdnow-sample.csv.gz").map(([customerId = "", date = "", , amount]) => ({
    customerId,
    day: dayOf(date),
    amount: Number(amount),
  }));
}

/** The 1/10 sample in weeks, with the holdout. */
export function cdnowSample() {
  return createHistories(readCdnowSample(), { ...cdnowDays, unit: "week" });
}

interface SplitData {
  readonly histories: Histories;
  readonly heldOut: readonly HeldOut[];
}

/** All 23,570 customers, in weeks. */
export function readCdnow(): SplitData {
  return readHistories("cdnow-histories.csv.gz");
}

/** 2,787 customers of a shop whose regulars hardly leave, in weeks. */
export function readOnlineRetail(): SplitData {
  return readHistories("online-retail-histories.csv.gz");
}

function readHistories(name: string): SplitData {
  const heldOut = readRows(name).map((row) => {
    const [frequency = 0, recency = 0, age = 0, actual = 0, customers = 0] = row.map(Number);
    return { history: { frequency, recency: recency / 7, age: age / 7 }, actual, customers };
  });
  return { heldOut, histories: historiesFrom(heldOut) };
}

/** For likelihoods; rows that are equal stay apart. */
export function historiesFrom(rows: readonly Pick<HeldOut, "history" | "customers">[]): Histories {
  return {
    frequency: Float64Array.from(rows, ({ history }) => history.frequency),
    recency: Float64Array.from(rows, ({ history }) => history.recency),
    age: Float64Array.from(rows, ({ history }) => history.age),
    customers: Float64Array.from(rows, ({ customers }) => customers),
    total: rows.reduce((sum, { customers }) => sum + customers, 0),
  };
}

function readRows(name: string): readonly (readonly string[])[] {
  const path = fileURLToPath(new URL(`../fixtures/${name}`, import.meta.url));
  const [, ...lines] = gunzipSync(readFileSync(path)).toString().trim().split("\n");
  return lines.map((line) => line.split(","));
}

function dayOf(date: string): number {
  return Date.parse(`${date}T00:00:00Z`) / 86_400_000;
}
