import { createHash } from "node:crypto";
import { basename } from "node:path";
import { isCurrency } from "../core/money.ts";
import { nameKey } from "../core/names.ts";
import {
  type AccountRow,
  type ImportWriter,
  type Issue,
  nothing,
  type OpportunityRow,
  type ProductRow,
  type RepRow,
  type Written,
} from "../store/imports.ts";
import type { Refreshed } from "../store/refresh.ts";
import type { Store } from "../store/store.ts";
import { UsageError } from "../usage-error.ts";
import {
  type AccountDraft,
  type AccountReference,
  type Draft,
  externalIdOf,
  externalIdOfName,
  type OpportunityDraft,
  recordId,
} from "./drafts.ts";
import { FileFault } from "./file-fault.ts";
import { isRejection, type Preset, unknownColumns } from "./preset.ts";
import { nearestPreset, recognise } from "./presets.ts";
import { headerKey, openTable, type Table } from "./read-table.ts";
import type { Suspect } from "./suspects.ts";
import { createObservation } from "./suspects.ts";

/** Rows written at a time. */
const BATCH = 5_000;
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
  readonly snapshot: Pick<Refreshed, "snapshot" | "asOf" | "changed"> | undefined;
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
    sources.push(await importSource(request, own, currency));
  }
  const refreshed = await store.refresh(workspace);
  return {
    currency,
    currencyAssumed: found === undefined,
    sources,
    snapshot: refreshed && {
      snapshot: refreshed.snapshot,
      asOf: refreshed.asOf,
      changed: refreshed.changed,
    },
  };
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

interface Loader {
  add(draft: Draft): Promise<void>;
  flush(): Promise<void>;
  written(): Readonly<Record<Draft["kind"], Written>>;
  withoutAccount(): number;
  ambiguous(): ReadonlyMap<string, number>;
}

/** Turns drafts into rows, with what they mention, and writes them in batches. */
function createLoader(writer: ImportWriter, sourceId: string): Loader {
  const written: Record<Draft["kind"], Written> = {
    account: nothing,
    rep: nothing,
    product: nothing,
    opportunity: nothing,
  };
  /** Names that several accounts have, with the facts that say no more. */
  const ambiguous = new Map<string, number>();
  let withoutAccount = 0;
  let pending: Draft[] = [];

  const idOf = (kind: Draft["kind"], externalId: string) => recordId(sourceId, kind, externalId);
  const idOfName = (kind: Draft["kind"], name: string | undefined) =>
    name === undefined ? undefined : idOf(kind, externalIdOfName(name));

  async function flush(): Promise<void> {
    const drafts = pending;
    pending = [];
    if (drafts.length === 0) return;
    const of = <Kind extends Draft["kind"]>(kind: Kind) =>
      drafts.filter((draft): draft is Extract<Draft, { kind: Kind }> => draft.kind === kind);
    const opportunities = of("opportunity");
    count("rep", await writer.reps(of("rep").map(repRow)));
    count("product", await writer.products(of("product").map(productRow)));
    count("account", await writer.accounts(of("account").map(accountRow)));
    const find = await findMentioned(opportunities);
    const linked = opportunities.map((draft) => ({ draft, accountId: find(draft.account) }));
    await writer.reps(mentionedReps(drafts));
    await writer.products(mentionedProducts(opportunities));
    await writer.accounts(mentionedAccounts(linked));
    const rows = linked.map(({ draft, accountId }) => opportunityRow(draft, accountId));
    withoutAccount += rows.filter(({ accountId }) => accountId === undefined).length;
    count("opportunity", await writer.opportunities(rows));
  }

  function count(kind: Draft["kind"], now: Written): void {
    const before = written[kind];
    written[kind] = {
      added: before.added + now.added,
      changed: before.changed + now.changed,
      unchanged: before.unchanged + now.unchanged,
      repeated: before.repeated + now.repeated,
    };
  }

  /**
   * How to find the account that a fact names. A name alone means the one account of that name which its
   * source describes; of several none is taken, and an unknown one becomes an account of its own. Names
   * without a letter or digit have nothing in common but that.
   */
  async function findMentioned(drafts: readonly OpportunityDraft[]): Promise<FindAccount> {
    const names = drafts.flatMap(({ account }) =>
      account && account.externalId === undefined ? [account.name] : [],
    );
    const known = await writer.accountsNamed([...new Set(names.map(nameKey))]);
    return (reference) => {
      if (reference === undefined) return undefined;
      if (reference.externalId !== undefined) return idOf("account", reference.externalId);
      const key = nameKey(reference.name);
      const [first, second] = (key !== "" && known.get(key)) || [];
      if (second !== undefined) {
        ambiguous.set(reference.name, (ambiguous.get(reference.name) ?? 0) + 1);
        return undefined;
      }
      return first ?? idOf("account", externalIdOfMention(reference));
    };
  }

  /** Accounts that facts name, in case nothing describes them; a described one stays as it is. */
  function mentionedAccounts(linked: readonly Linked[]): readonly AccountRow[] {
    return linked.flatMap(({ draft: { account }, accountId }) => {
      if (account === undefined) return [];
      const externalId = externalIdOfMention(account);
      const row = accountRow({ kind: "account", externalId, name: account.name ?? externalId, custom: {} });
      return row.id === accountId ? [{ ...row, described: false }] : [];
    });
  }

  function accountRow(draft: AccountDraft): AccountRow {
    return hashed({
      id: idOf("account", draft.externalId),
      externalId: draft.externalId,
      name: draft.name,
      nameKey: nameKey(draft.name),
      described: true,
      domain: draft.domain,
      industry: draft.industry,
      region: draft.region,
      ownerId: idOfName("rep", draft.owner),
      createdOn: draft.createdOn,
      custom: draft.custom,
    });
  }

  function repRow(draft: Extract<Draft, { kind: "rep" }>): RepRow {
    return hashed({
      id: idOf("rep", externalIdOf(draft)),
      externalId: externalIdOf(draft),
      name: draft.name,
      described: true,
      email: draft.email,
      team: draft.team,
      manager: draft.manager,
      office: draft.office,
      custom: draft.custom,
    });
  }

  function mentionedReps(drafts: readonly Draft[]): readonly RepRow[] {
    const names = drafts.flatMap((draft) =>
      "owner" in draft && draft.owner !== undefined ? [draft.owner] : [],
    );
    return unique(names).map((name) => ({ ...repRow({ kind: "rep", name, custom: {} }), described: false }));
  }

  function productRow(draft: Extract<Draft, { kind: "product" }>): ProductRow {
    return hashed({
      id: idOf("product", externalIdOf(draft)),
      externalId: externalIdOf(draft),
      name: draft.name,
      described: true,
      series: draft.series,
      listPrice: draft.listPrice,
      custom: draft.custom,
    });
  }

  function mentionedProducts(drafts: readonly OpportunityDraft[]): readonly ProductRow[] {
    const names = drafts.flatMap(({ product }) => (product === undefined ? [] : [product]));
    return unique(names).map((name) => ({
      ...productRow({ kind: "product", name, custom: {} }),
      described: false,
    }));
  }

  function opportunityRow(draft: OpportunityDraft, accountId: string | undefined): OpportunityRow {
    return hashed({
      id: idOf("opportunity", draft.externalId),
      externalId: draft.externalId,
      accountId,
      ownerId: idOfName("rep", draft.owner),
      productId: idOfName("product", draft.product),
      name: draft.name,
      stage: draft.stage,
      status: draft.status,
      amountMinor: draft.amountMinor,
      currency: draft.currency,
      createdOn: draft.createdOn,
      closeOn: draft.closeOn,
      custom: draft.custom,
    });
  }

  return {
    add: async (draft) => {
      pending.push(draft);
      if (pending.length >= BATCH) await flush();
    },
    flush,
    written: () => written,
    withoutAccount: () => withoutAccount,
    ambiguous: () => ambiguous,
  };
}

interface Linked {
  readonly draft: OpportunityDraft;
  readonly accountId: string | undefined;
}

type FindAccount = (reference: AccountReference | undefined) => string | undefined;

/** An account known by name only gets an id that no source gives. */
function externalIdOfMention({ externalId, name }: AccountReference): string {
  return externalId ?? `name:${externalIdOfName(name ?? "")}`;
}

function unique(names: readonly string[]): readonly string[] {
  return [...new Map(names.map((name) => [externalIdOfName(name), name])).values()];
}

/** Rows with equal content have equal hashes, whatever import they came with. */
function hashed<Row extends object>(row: Row): Row & { readonly contentHash: string } {
  const content = JSON.stringify(row, (_, value) => (typeof value === "bigint" ? `${value}` : value));
  return { ...row, contentHash: createHash("sha256").update(content).digest("base64url").slice(0, 27) };
}
