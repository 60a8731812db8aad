/** The key under which a rep holds accounts and actions. */
export function repKey(repId: string): string {
  return `rep:${repId}`;
}

/**
 * The keys under which somebody may hold accounts and actions, the first of which new ones get.
 *
 * @param signature an address, for whoever is no rep.
 */
export function workerKeys({
  repIds,
  signature,
}: {
  readonly repIds: readonly string[];
  readonly signature: string;
}): readonly [string, ...string[]] {
  const mail = `mail:${signature.toLowerCase()}`;
  const [first, ...others] = repIds.map(repKey);
  return first === undefined ? [mail] : [first, ...others, mail];
}
