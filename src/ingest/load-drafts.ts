import { nameKey } from "../core/names.ts";
import {
  type AccountRow,
  type ImportWriter,
  nothing,
  type ProductRow,
  type RepRow,
  type Written,
} from "../store/imports.ts";
import { type AccountReference, type Draft, externalIdOfName, type OpportunityDraft } from "./drafts.ts";
import { createRows } from "./rows.ts";

/** Drafts written at a time. */
const BATCH = 5_000;

/** Writes drafts of one source, with what they mention, in batches. */
export interface Loader {
  add(draft: Draft): Promise<void>;
  /** Writes what is still waiting. */
  flush(): Promise<void>;
  written(): Readonly<Record<Draft["kind"], Written>>;
  /** Opportunities that belong to no account. */
  withoutAccount(): number;
  /** Names that several accounts have, with the number of facts that say no more than the name. */
  ambiguous(): ReadonlyMap<string, number>;
}

export function createLoader(writer: ImportWriter, sourceId: string): Loader {
  const rows = createRows(sourceId);
  const written: Record<Draft["kind"], Written> = {
    account: nothing,
    rep: nothing,
    product: nothing,
    opportunity: nothing,
  };
  const ambiguous = new Map<string, number>();
  let withoutAccount = 0;
  let pending: Draft[] = [];

  async function flush(): Promise<void> {
    const drafts = pending;
    pending = [];
    if (drafts.length === 0) return;
    const of = <Kind extends Draft["kind"]>(kind: Kind) =>
      drafts.filter((draft): draft is Extract<Draft, { kind: Kind }> => draft.kind === kind);
    const opportunities = of("opportunity");
    count("rep", await writer.reps(of("rep").map(rows.rep)));
    count("product", await writer.products(of("product").map(rows.product)));
    count("account", await writer.accounts(of("account").map(rows.account)));
    const find = await findMentioned(opportunities);
    const linked = opportunities.map((draft) => ({ draft, accountId: find(draft.account) }));
    await writer.reps(mentionedReps(drafts));
    await writer.products(mentionedProducts(opportunities));
    await writer.accounts(mentionedAccounts(linked));
    withoutAccount += linked.filter(({ accountId }) => accountId === undefined).length;
    const facts = linked.map(({ draft, accountId }) => rows.opportunity(draft, accountId));
    count("opportunity", await writer.opportunities(facts));
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
  function mentionedAccounts(linked: readonly Linked[]): readonly AccountRow[] {
    return linked.flatMap(({ draft: { account }, accountId }) => {
      if (account === undefined) return [];
      const externalId = externalIdOfMention(account);
      const row = rows.account({ kind: "account", externalId, name: account.name ?? externalId, custom: {} });
      return row.id === accountId ? [{ ...row, described: false }] : [];
    });
  }

  function mentionedReps(drafts: readonly Draft[]): readonly RepRow[] {
    const names = drafts.flatMap((draft) =>
      "owner" in draft && draft.owner !== undefined ? [draft.owner] : [],
    );
    return unique(names).map((name) => ({
      ...rows.rep({ kind: "rep", name, custom: {} }),
      described: false,
    }));
  }

  function mentionedProducts(drafts: readonly OpportunityDraft[]): readonly ProductRow[] {
    const names = drafts.flatMap(({ product }) => (product === undefined ? [] : [product]));
    return unique(names).map((name) => ({
      ...rows.product({ kind: "product", name, custom: {} }),
      described: false,
    }));
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
