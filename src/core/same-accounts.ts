import { groupBy } from "./group-by.ts";
import { nameKey } from "./names.ts";

/** An account as one source knows it. */
export interface AccountMention {
  readonly id: string;
  readonly sourceId: string;
  /** False for one that only facts mention. */
  readonly described: boolean;
  /** Known by its name alone, in a source that has ids. */
  readonly byName: boolean;
  readonly nameKey: string;
  readonly domain: string | undefined;
  /** When it founded an account of its own, in milliseconds; undefined for one that never did. */
  readonly foundedAtMs: number | undefined;
}

/** What people decided: a name stands for another one. */
export interface NameRule {
  readonly value: string;
  readonly standsFor: string;
}

/** Where a record belongs: to the account that `leader`, another record, founded or is to found. */
export interface Joined {
  readonly leader: string;
  /** Moved there by a person's rule: what it says of itself comes last. */
  readonly byRule: boolean;
}

/**
 * Which records are the same account. The outcome is the same in whatever order the records come:
 *
 * - a mention by name belongs to the one described record of its source that has the name;
 * - of sources that have a name once, the records with that name are one account; a source that has it twice says that
 *   there are several, and none of its own joins;
 * - the same holds for domains, unless two records of one source would become one account;
 * - a rule moves the records of a name to the one account that has the other name, in the same source if there is one.
 *
 * The oldest account stays. Records that are alone are not in the result.
 */
export function sameAccounts(
  records: readonly AccountMention[],
  rules: readonly NameRule[] = [],
): ReadonlyMap<string, Joined> {
  const ordered = [...records].sort(byAge);
  const groups = new Groups(ordered);
  const mentions = attachMentions(ordered, groups);
  const standing = ordered.filter(({ id }) => !mentions.has(id));
  for (const members of groupBy(standing, ({ nameKey: key }) => key).values())
    groups.unite(loneInTheirSource(members));
  const domains = groupBy(standing, ({ domain }) => domain ?? "");
  for (const domain of [...domains.keys()].sort()) {
    const members = loneInTheirSource(domains.get(domain) ?? []);
    const whole = [...new Set(members.map(({ id }) => groups.of(id)))].flat();
    const sources = whole.filter(({ id }) => !mentions.has(id)).map(({ sourceId }) => sourceId);
    if (new Set(sources).size === sources.length) groups.unite(members);
  }
  const moved = moveByRules(ordered, rules, groups);
  return leaders(ordered, groups, mentions, moved);
}

/** Sets of records, each record in one. */
class Groups {
  readonly #groups: Map<string, readonly AccountMention[]>;

  constructor(records: readonly AccountMention[]) {
    this.#groups = new Map(records.map((record) => [record.id, [record]]));
  }

  of(id: string): readonly AccountMention[] {
    return this.#groups.get(id) ?? [];
  }

  unite(records: readonly AccountMention[]): void {
    const whole = [...new Set(records.map(({ id }) => this.of(id)))].flat();
    for (const { id } of whole) this.#groups.set(id, whole);
  }
}

function attachMentions(records: readonly AccountMention[], groups: Groups): ReadonlySet<string> {
  const described = groupBy(
    records.filter((record) => record.described),
    ({ sourceId, nameKey: key }) => (key === "" ? "" : `${sourceId} ${key}`),
  );
  const attached = new Set<string>();
  for (const record of records) {
    const [one, another] = described.get(`${record.sourceId} ${record.nameKey}`) ?? [];
    if (!record.byName || record.described || !one || another) continue;
    groups.unite([one, record]);
    attached.add(record.id);
  }
  return attached;
}

function loneInTheirSource(records: readonly AccountMention[]): readonly AccountMention[] {
  return [...groupBy(records, ({ sourceId }) => sourceId).values()].filter((own) => own.length === 1).flat();
}

/** Moves records to what the rules say; returns those that were moved. */
function moveByRules(
  records: readonly AccountMention[],
  rules: readonly NameRule[],
  groups: Groups,
): ReadonlySet<string> {
  const byName = groupBy(records, ({ nameKey: key }) => key);
  const standsFor = new Map(rules.map((rule) => [nameKey(rule.value), nameKey(rule.standsFor)]));
  const moved = new Set<string>();
  for (const [value, other] of standsFor) {
    if (value === other) continue;
    for (const record of byName.get(value) ?? []) {
      const meant = (byName.get(other) ?? []).filter(({ id }) => !moved.has(id));
      const own = meant.filter(({ sourceId }) => sourceId === record.sourceId);
      const accounts = [...new Set((own.length > 0 ? own : meant).map(({ id }) => groups.of(id)))];
      const [one] = accounts[0] ?? [];
      if (!one || accounts.length > 1) continue;
      groups.unite([one, record]);
      for (const { id, nameKey: key } of groups.of(record.id)) if (key === value) moved.add(id);
    }
  }
  return moved;
}

function leaders(
  records: readonly AccountMention[],
  groups: Groups,
  mentions: ReadonlySet<string>,
  moved: ReadonlySet<string>,
): ReadonlyMap<string, Joined> {
  const joined = new Map<string, Joined>();
  for (const { id } of records) {
    const group = groups.of(id);
    if (group.length === 1) continue;
    const [leader] = [...group].sort(byAge).sort((left, right) => weight(left) - weight(right));
    if (leader) joined.set(id, { leader: leader.id, byRule: moved.has(id) });
  }
  return joined;

  function weight({ id }: AccountMention): number {
    return (moved.has(id) ? 2 : 0) + (mentions.has(id) ? 1 : 0);
  }
}

/** The oldest account first, then a description before a mention. */
function byAge(left: AccountMention, right: AccountMention): number {
  return (
    (left.foundedAtMs ?? Number.MAX_SAFE_INTEGER) - (right.foundedAtMs ?? Number.MAX_SAFE_INTEGER) ||
    Number(right.described) - Number(left.described) ||
    (left.id < right.id ? -1 : left.id > right.id ? 1 : 0)
  );
}
