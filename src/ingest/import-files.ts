import { isCurrency } from "../core/money.ts";
import { defaultSettings } from "../core/settings.ts";
import type { Refreshed } from "../store/refresh.ts";
import type { Store } from "../store/store.ts";
import { UsageError } from "../usage-error.ts";
import { loadSource, type Progress, type SourceReport } from "./import-source.ts";
import { present } from "./preset.ts";
import { currencyOf, type ReadingOptions, type RecognisedFile, recogniseFiles } from "./recognise-files.ts";

export interface ImportRequest extends ReadingOptions {
  readonly store: Store;
  readonly workspaceId: string;
  readonly files: readonly string[];
  readonly now: () => Date;
  /** ISO 4217 code of amounts that name none. */
  readonly currency?: string;
  /** Reads, checks and compares everything, and changes nothing. */
  readonly dryRun?: boolean;
  /** Who imports, for the history. */
  readonly by?: string;
  readonly progress?: Progress;
  /** Told once for every other import that has to end first. */
  readonly onWait?: (message: string) => void;
}

/** What an import did, source by source. */
export interface ImportReport {
  readonly currency: string;
  /** True when nobody said which currency and no file did. */
  readonly currencyAssumed: boolean;
  /** True when nothing was changed. */
  readonly dryRun: boolean;
  readonly sources: readonly SourceReport[];
  /** Undefined when there is nothing to compute; `accounts` are those with a tier. */
  readonly snapshot:
    | (Pick<Refreshed, "snapshot" | "asOf" | "changed"> & { readonly accounts: number })
    | undefined;
}

/**
 * Loads exports and computes the portfolio anew. Every file is recognised before the first row is
 * written; an import that fails leaves the store as it was.
 *
 * @throws FileFault for a file that is no table or not recognised; ImportBusy while another import does not end.
 */
export async function importFiles(request: ImportRequest): Promise<ImportReport> {
  const { store, workspaceId, files, dryRun = false } = request;
  if (request.currency !== undefined && !isCurrency(request.currency))
    throw new UsageError(`"${request.currency}" is no currency. Write its three letters, such as EUR.`);
  const { timeZone } = (await store.workspace(workspaceId))?.settings ?? defaultSettings;
  const { encoding, sheet, dates, decimal, mapping } = request;
  const recognised = await recogniseFiles(files, {
    timeZone,
    ...present({ encoding, sheet, dates, decimal, mapping }),
  });
  const known =
    request.currency ?? (await store.reportingCurrency(workspaceId)) ?? (await currencyOf(recognised));
  const currency = known ?? "USD";

  const sources: SourceReport[] = [];
  for (const sourceId of new Set(recognised.map(({ preset }) => preset.sourceId))) {
    const own = recognised
      .filter(({ preset }) => preset.sourceId === sourceId)
      .sort((left, right) => left.preset.order - right.preset.order);
    sources.push(
      await importSource(request, own, currency).catch(async (error) => {
        // The sources before it are loaded, and what people see must say so.
        if (sources.length > 0 && !dryRun) await computeAnew(request);
        throw error;
      }),
    );
  }
  const snapshot = dryRun ? undefined : await computeAnew(request);
  return { currency, currencyAssumed: known === undefined, dryRun, sources, snapshot };
}

async function importSource(
  { store, workspaceId, dryRun, by = "the terminal", progress, onWait }: ImportRequest,
  files: readonly RecognisedFile[],
  currency: string,
): Promise<SourceReport> {
  const [{ preset }] = files as [RecognisedFile];
  const writer = await store.startImport(workspaceId, {
    source: { id: preset.sourceId, name: preset.sourceName },
    startedBy: by,
    ...(onWait === undefined ? {} : { onWait }),
  });
  try {
    const report = await loadSource(writer, files, {
      currency,
      ...(progress === undefined ? {} : { progress }),
    });
    if (dryRun) await writer.abandon();
    else {
      const { rejected: _, suspects: __, ...kept } = report;
      await writer.publish(JSON.parse(JSON.stringify(kept)));
    }
    return report;
  } catch (error) {
    await writer.abandon();
    throw error;
  }
}

async function computeAnew({ store, workspaceId, now }: ImportRequest): Promise<ImportReport["snapshot"]> {
  const refreshed = await store.refresh(await store.ensureWorkspace(workspaceId), { now: now() });
  if (!refreshed) return undefined;
  const { snapshot, asOf, changed, totals } = refreshed;
  return { snapshot, asOf, changed, accounts: totals.accounts };
}
