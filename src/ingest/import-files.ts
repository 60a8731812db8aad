import { basename } from "node:path";
import { isCurrency } from "../core/money.ts";
import type { Issue, Written } from "../store/imports.ts";
import type { Refreshed } from "../store/refresh.ts";
import type { Store } from "../store/store.ts";
import { UsageError } from "../usage-error.ts";
import type { Draft } from "./drafts.ts";
import { FileFault } from "./file-fault.ts";
import { createLoader } from "./load-drafts.ts";
import { isRejection, type Preset, unknownColumns } from "./preset.ts";
import { nearestPreset, recognise } from "./presets.ts";
import { headerKey, openTable, type Table } from "./read-table.ts";
import type { Suspect } from "./suspects.ts";
import { createObservation } from "./suspects.ts";

/** Issues stored in detail; beyond that they are counted. */
const MOST_ISSUES = 10_000;
/** Rows read to see which currency a file is in. */
const CURRENCY_SAMPLE = 1_000;

export interface ImportRequest {
  readonly store: Store;
  readonly workspaceId: string;
  readonly files: readonly string[];
  /** ISO 4217 code of amounts that name none. */
  readonly currency?: string;
  readonly progress?: (file: string, rows: number, fractionRead: number) => void;
}

/** What an import did, source by source. */
export interface ImportReport {
  readonly currency: string;
  /** True when nobody said which currency and no file did. */
  readonly currencyAssumed: boolean;
  readonly sources: readonly SourceReport[];
  /** Undefined when there are no opportunities; `accounts` are those with a tier. */
  readonly snapshot:
    | (Pick<Refreshed, "snapshot" | "asOf" | "changed"> & { readonly accounts: number })
    | undefined;
}

export interface SourceReport {
  readonly importId: number;
  readonly source: string;
  readonly files: readonly FileReport[];
  readonly written: Readonly<Record<Draft["kind"], Written>>;
  /** Opportunities whose row names no account: loaded, in no tier. */
  readonly opportunitiesWithoutAccount: number;
  readonly rejected: readonly Issue[];
  readonly suspects: readonly (Omit<Suspect, "suggestion"> & { readonly suggestion?: string })[];
}

export interface FileReport {
  readonly file: string;
  readonly recognisedAs: string;
  readonly read: number;
  readonly kept: number;
  readonly rejected: number;
  /** Columns without a field of their own, kept by name. */
  readonly customColumns: readonly string[];
}

interface Recognised {
  readonly table: Table;
  readonly preset: Preset;
}

/**
 * Loads exports and computes the portfolio anew. Every file is recognised before the first row is
 * written; an import that fails leaves the store as it was.
 *
 * @throws FileFault for a file that is no table or not recognised; ImportBusy while another import runs.
 */
export async function importFiles(request: ImportRequest): Promise<ImportReport> {
  const { store, workspaceId, files } = request;
  if (request.currency !== undefined && !isCurrency(request.currency))
    throw new UsageError(`"${request.currency}" is no currency. Write its three letters, such as EUR.`);
  const recognised: Recognised[] = [];
  for (const file of files) recognised.push(await recogniseFile(file));

  const known = await store.workspace(workspaceId);
  const found = request.currency ?? known?.currency ?? (await currencyOf(recognised));
  const workspace = await store.ensureWorkspace({
    id: workspaceId,
    name: workspaceId,
    currency: found ?? "USD",
    timeZone: "UTC",
  });
  const currency = request.currency ?? workspace.currency;

  const sources: SourceReport[] = [];
  for (const sourceId of new Set(recognised.map(({ preset }) => preset.sourceId))) {
    const own = recognised
      .filter(({ preset }) => preset.sourceId === sourceId)
      .sort((left, right) => left.preset.order - right.preset.order);
    sources.push(
      await importSource(request, own, currency).catch(async (error) => {
        // The sources before it are loaded, and what people see must say so.
        if (sources.length > 0) await computeAnew(store, workspaceId);
        throw error;
      }),
    );
  }
  const snapshot = await computeAnew(store, workspaceId);
  return { currency, currencyAssumed: found === undefined, sources, snapshot };
}

async function computeAnew(store: Store, workspaceId: string): Promise<ImportReport["snapshot"]> {
  const workspace = await store.settleCurrency(workspaceId);
  const refreshed = workspace && (await store.refresh(workspace));
  if (!refreshed) return undefined;
  const { snapshot, asOf, changed, totals } = refreshed;
  return { snapshot, asOf, changed, accounts: totals.accounts };
}

async function recogniseFile(path: string): Promise<Recognised> {
  const table = await openTable(path);
  const preset = recognise(table.headers);
  if (preset) return { table, preset };
  const near = nearestPreset(table.headers);
  throw new FileFault(
    path,
    near
      ? `is not recognised: it looks most like ${near.preset.title}, but ${[
          ...(near.missing.length > 0 ? [`has no column ${near.missing.join(", ")}`] : []),
          ...(near.foreign.length > 0 ? [`has a column ${near.foreign.join(", ")}`] : []),
        ].join(" and ")}`
      : `is not recognised: its columns are ${table.headers.slice(0, 8).join(", ")}`,
    "Export accounts, opportunities, products or users from HubSpot or Maven CRM with their usual headers",
  );
}

/** The currency that the files name most often; undefined where they name none. */
async function currencyOf(recognised: readonly Recognised[]): Promise<string | undefined> {
  const counts = new Map<string, number>();
  for (const { table } of recognised) {
    const header = table.headers.find((name) => headerKey(name) === "currency");
    let rows = 0;
    if (header === undefined) continue;
    for await (const row of table) {
      const code = "cells" in row ? (row.cells[header] ?? "").trim().toUpperCase() : "";
      if (isCurrency(code)) counts.set(code, (counts.get(code) ?? 0) + 1);
      rows += 1;
      if (rows >= CURRENCY_SAMPLE) break;
    }
  }
  return [...counts].sort(([, left], [, right]) => right - left)[0]?.[0];
}

async function importSource(
  { store, workspaceId, progress }: ImportRequest,
  files: readonly Recognised[],
  currency: string,
): Promise<SourceReport> {
  const { sourceId, sourceName } = (files[0] as Recognised).preset;
  const writer = await store.startImport(workspaceId, { id: sourceId, name: sourceName });
  try {
    const observation = createObservation();
    const loader = createLoader(writer, sourceId);
    const rejected: Issue[] = [];
    const reports: FileReport[] = [];
    for (const { table, preset } of files) {
      const file = basename(table.path);
      let [read, kept, refused] = [0, 0, 0];
      const reject = (line: number, reason: string, column?: string, value?: string) => {
        refused += 1;
        if (rejected.length < MOST_ISSUES)
          rejected.push({ kind: "rejected", file, line, column, value, reason, rows: 1 });
      };
      for await (const row of table) {
        read += 1;
        if (read % 1_000 === 0) progress?.(file, read, Math.min(0.99, table.bytesRead / table.bytesTotal));
        if ("fault" in row) {
          reject(row.line, row.fault);
          continue;
        }
        const drafts = preset.read(row.cells, { currency });
        if (isRejection(drafts)) {
          reject(row.line, drafts.reason, drafts.column, drafts.value);
          continue;
        }
        kept += 1;
        for (const draft of drafts) {
          observation.observe(draft);
          await loader.add(draft);
        }
      }
      await loader.flush();
      progress?.(file, read, 1);
      reports.push({
        file,
        recognisedAs: preset.title,
        read,
        kept,
        rejected: refused,
        customColumns: unknownColumns(preset, table.headers),
      });
    }
    const suspects = [
      ...observation.suspects(),
      ...[...loader.ambiguous()].map(
        ([value, rows]): Suspect => ({
          column: "account",
          value,
          rows,
          reason: "several accounts have this name; not assigned",
        }),
      ),
    ];
    await writer.issues([
      ...rejected,
      ...suspects.map(
        ({ column, value, reason, rows }): Issue => ({
          kind: "suspect",
          file: reports.map(({ file }) => file).join(", "),
          line: undefined,
          column,
          value,
          reason,
          rows,
        }),
      ),
    ]);
    const report = {
      files: reports,
      written: loader.written(),
      opportunitiesWithoutAccount: loader.withoutAccount(),
    };
    await writer.publish(JSON.parse(JSON.stringify(report)));
    return { importId: writer.id, source: sourceName, ...report, rejected, suspects };
  } catch (error) {
    await writer.abandon();
    throw error;
  }
}
