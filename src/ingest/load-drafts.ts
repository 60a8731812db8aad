import { nameKey } from "../core/names.ts";
import type { AccountRow, ProductRow, RepRow } from "../store/import-rows.ts";
import type { ImportWriter } from "../store/imports.ts";
import { nothing, type Written } from "../store/write-versions.ts";
import {
  type Draft,
  externalIdOf,
  externalIdOfName,
  type LedgerDraft,
  type OpportunityDraft,
  type Reference,
} from "./drafts.ts";
import { createOccurrences } from "./occurrences.ts";
import { createRows } from "./rows.ts";

/** Drafts written at a time. */
const BATCH = 2_500;
/** Mentions remembered, so that they are written once; beyond that some are written again. */
const MOST_MENTIONS = 1_000_000;

/** Writes drafts of one source, with what they mention, in batches. */
export interface Loader {
  add(draft: Draft): Promise<void>;
  /** Writes what is still waiting. */
  flush(): Promise<void>;
  tally(): LoadTally;
}

export interface LoadTally {
  readonly written: Readonly<Record<Draft["kind"], Written>>;
  /** Opportunities and ledger lines that belong to no account: loaded, in no tier. */
  readonly opportunitiesWithoutAccount: number;
  readonly linesWithoutAccount: number;
  /** Ledger lines of an account that have no price: loaded, no purchase. */
  readonly linesWithoutPrice: number;
  /** Names that several accounts have, with the number of facts that say no more than the name. */
  readonly ambiguous: ReadonlyMap<string, number>;
}

/** A fact that belongs to an account. */
type Fact = OpportunityDraft | LedgerDraft;

export function createLoader(writer: ImportWriter, sourceId: string): Loader {
  const rows = createRows(sourceId);
  const occurrence = createOccurrences();
  const written: Record<Draft["kind"], Written> = {
    account: nothing,
    rep: nothing,
    product: nothing,
    opportunity: nothing,
    "opportunity-line": nothing,
    invoice: nothing,
    payment: nothing,
    rate: nothing,
  };
  const ambiguous = new Map<string, number>();
  /** Records mentioned so far, and whether by name: a name is worth a second mention. */
  const mentioned = new Map<string, boolean>();
  let [opportunitiesWithoutAccount, linesWithoutAccount, linesWithoutPrice] = [0, 0, 0];
  let pending: Draft[] = [];

  async function flush(): Promise<void> {
    const drafts = pending;
    pending = [];
    if (drafts.length === 0) return;
    const of = <Kind extends Draft["kind"]>(kind: Kind) =>
      drafts.filter((draft): draft is Extract<Draft, { kind: Kind }> => draft.kind === kind);
    count("rep", await writer.reps(of("rep").map(rows.rep)));
    count("product", await writer.products(of("product").map(rows.product)));
    count("account", await writer.accounts(of("account").map(rows.account)));
    const facts: readonly Fact[] = drafts.filter(isFact);
    const find = await findMentioned(facts);
    const linked = facts.map((draft) => ({ draft, accountId: find(draft.account) }));
    await writer.reps(mentionedReps(drafts));
    await writer.products(mentionedProducts(drafts));
    await writer.accounts(mentionedAccounts(linked));
    const opportunities = linked.flatMap(({ draft, accountId }) =>
      draft.kind === "opportunity" ? [rows.opportunity(draft, accountId)] : [],
    );
    opportunitiesWithoutAccount += opportunities.filter(({ accountId }) => accountId === undefined).length;
    count("opportunity", await writer.opportunities(opportunities));
    count(
      "opportunity-line",
      await writer.opportunityLines(of("opportunity-line").map(rows.opportunityLine)),
    );
    for (const kind of ["invoice", "payment"] as const) {
      const lines = linked.flatMap(({ draft, accountId }) =>
        draft.kind === kind ? [rows.ledger(draft, accountId, occurrence)] : [],
      );
      linesWithoutAccount += lines.filter(({ accountId }) => accountId === undefined).length;
      linesWithoutPrice += lines.filter(
        ({ accountId, amountMinor }) => accountId !== undefined && amountMinor === undefined,
      ).length;
      count(kind, await writer.ledger(lines));
    }
    count("rate", await writer.rates(of("rate").map(rows.rate)));
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
  async function findMentioned(drafts: readonly Fact[]): Promise<FindAccount> {
    const names = drafts.flatMap(({ account }) =>
      account && account.externalId === undefined ? [account.name] : [],
    );
    const known = await writer.accountsNamed([...new Set(names.map(nameKey))]);
    return (reference) => {
      if (reference === undefined) return undefined;
      if (reference.externalId !== undefined) return rows.accountId(reference.externalId);
      const key = nameKey(reference.name);
      const [first, second] = (key !== "" && known.get(key)) || [];
      if (second !== undefined) {
        ambiguous.set(reference.name, (ambiguous.get(reference.name) ?? 0) + 1);
        return undefined;
      }
      return first ?? rows.accountId(externalIdOfMention(reference));
    };
  }

  /** Accounts that facts name, in case nothing describes them; a described one stays as it is. */
  function mentionedAccounts(
    linked: readonly { readonly draft: Fact; readonly accountId: string | undefined }[],
  ): readonly AccountRow[] {
    return linked.flatMap(({ draft, accountId }) => {
      const { account } = draft;
      if (account === undefined || accountId === undefined) return [];
      const externalId = externalIdOfMention(account);
      const region = draft.kind === "opportunity" ? undefined : draft.accountRegion;
      const row = rows.account({
        kind: "account",
        externalId,
        name: account.name ?? externalId,
        ...(region === undefined ? {} : { region }),
        custom: {},
      });
      return row.id === accountId && isNewMention(row) ? [{ ...row, described: false }] : [];
    });
  }

  function mentionedReps(drafts: readonly Draft[]): readonly RepRow[] {
    return drafts
      .flatMap((draft) => ("owner" in draft && draft.owner ? [draft.owner] : []))
      .map((owner) => rows.rep({ kind: "rep", ...describe(owner) }))
      .filter(isNewMention)
      .map((row) => ({ ...row, described: false }));
  }

  function mentionedProducts(drafts: readonly Draft[]): readonly ProductRow[] {
    return drafts
      .flatMap((draft) => ("product" in draft && draft.product ? [draft.product] : []))
      .map((product) => rows.product({ kind: "product", ...describe(product) }))
      .filter(isNewMention)
      .map((row) => ({ ...row, described: false }));
  }

  function isNewMention({ id, name, externalId }: AccountRow | RepRow | ProductRow): boolean {
    const isNamed = name !== externalId;
    const known = mentioned.get(id);
    if (known || known === isNamed) return false;
    if (mentioned.size >= MOST_MENTIONS) mentioned.clear();
    mentioned.set(id, isNamed);
    return true;
  }

  return {
    add: async (draft) => {
      pending.push(draft);
      if (pending.length < BATCH) return;
      const startMs = performance.now();
      await flush();
      await writer.giveWay(performance.now() - startMs);
    },
    flush,
    tally: () => ({
      written,
      opportunitiesWithoutAccount,
      linesWithoutAccount,
      linesWithoutPrice,
      ambiguous,
    }),
  };
}

type FindAccount = (reference: Reference | undefined) => string | undefined;

function isFact(draft: Draft): draft is Fact {
  return draft.kind === "opportunity" || draft.kind === "invoice" || draft.kind === "payment";
}

/** What a mention says of a record: its id and, failing a name, the id as one. */
function describe(reference: Reference) {
  const externalId = externalIdOf(reference);
  return { externalId, name: reference.name ?? externalId, custom: {} };
}

/** An account known by name only gets an id that no source gives. */
function externalIdOfMention({ externalId, name }: Reference): string {
  return externalId ?? `name:${externalIdOfName(name ?? "")}`;
}
