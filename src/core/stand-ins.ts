import { groupBy } from "./group-by.ts";
import { nameKey } from "./names.ts";
import type { NameRule } from "./same-accounts.ts";

/** A rep or a product as one source knows it. */
export interface Named {
  readonly id: string;
  readonly sourceId: string;
  /** False for one that only facts mention. */
  readonly described: boolean;
  readonly name: string;
  /** A rep's address: whoever has the same one is the same person. */
  readonly email: string | undefined;
}

/**
 * The record that each one stands for, by id; records that stand for themselves are not in the result.
 * A rule comes first: the record of the name that it means, in the same source if there is one. Then a mention is the
 * one described record of its source with its name, and people with one address are one, the first by description,
 * source and id.
 */
export function standIns(
  records: readonly Named[],
  rules: readonly NameRule[] = [],
): ReadonlyMap<string, string> {
  const ordered = [...records].sort(bestFirst);
  const byName = groupBy(ordered, ({ name }) => name.toLowerCase());
  const byKey = groupBy(
    ordered.filter(({ described }) => described),
    ({ sourceId, name }) => `${sourceId} ${nameKey(name)}`,
  );
  const byEmail = groupBy(ordered, ({ email }) => email?.toLowerCase() ?? "");
  const ruled = new Map(rules.map(({ value, standsFor }) => [value.toLowerCase(), standsFor.toLowerCase()]));

  /** What a record stands for at first sight; that may stand for another one. */
  function nextOf(record: Named): Named | undefined {
    const meant = byName.get(ruled.get(record.name.toLowerCase()) ?? "");
    if (meant) return meant.find(({ sourceId }) => sourceId === record.sourceId) ?? meant[0];
    const [namesake, another] = byKey.get(`${record.sourceId} ${nameKey(record.name)}`) ?? [];
    if (!record.described && namesake && !another) return namesake;
    return byEmail.get(record.email?.toLowerCase() ?? "")?.[0];
  }

  return new Map(
    ordered.flatMap((record) => {
      const { id } = follow(record, nextOf);
      return id === record.id ? [] : [[record.id, id] as const];
    }),
  );
}

/** The last of a chain; where it runs in a circle, the record that comes first in it. */
function follow(record: Named, nextOf: (record: Named) => Named | undefined): Named {
  const seen = [record];
  for (;;) {
    const next = nextOf(seen.at(-1) ?? record);
    if (!next || next.id === seen.at(-1)?.id) return seen.at(-1) ?? record;
    const start = seen.findIndex(({ id }) => id === next.id);
    if (start >= 0) return seen.slice(start).sort(bestFirst)[0] ?? record;
    seen.push(next);
  }
}

function bestFirst(left: Named, right: Named): number {
  return (
    Number(right.described) - Number(left.described) ||
    compare(left.sourceId, right.sourceId) ||
    compare(left.id, right.id)
  );
}

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
