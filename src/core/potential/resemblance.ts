/** A customer of tier A: the largest of those that have the same traits. */
export interface Example {
  readonly accountId: string;
  readonly spend: number;
  /** Codes of traits, as in `Trait`: 0 is not known. */
  readonly codes: readonly number[];
}

/**
 * Finds the customer that has most traits in common with an account; of several the one that spends most, then the first by
 * id. Undefined where none has any.
 */
export function createResemblance(
  examples: readonly Example[],
): (codes: readonly number[]) => Example | undefined {
  const ordered = examples.toSorted(
    (one, other) => other.spend - one.spend || (one.accountId < other.accountId ? -1 : 1),
  );
  const known = new Map<string, Example | undefined>();
  return (codes) => {
    const key = codes.join(" ");
    if (!known.has(key)) known.set(key, mostAlike(ordered, codes));
    return known.get(key);
  };
}

function mostAlike(ordered: readonly Example[], codes: readonly number[]): Example | undefined {
  let [best, most]: [Example | undefined, number] = [undefined, 0];
  for (const example of ordered) {
    const common = inCommon(example.codes, codes);
    if (common > most) [best, most] = [example, common];
  }
  return best;
}

/** How many traits are known of both and the same. */
function inCommon(one: readonly number[], other: readonly number[]): number {
  return one.filter((code, trait) => code > 0 && code === other[trait]).length;
}
