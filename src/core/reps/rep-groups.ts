/** So many reps are left out one by one; more of them a twentieth at a time. */
const [mostSingle, groups] = [50, 20];

/** Which reps are left out together; reps without a deal are in none. Groups have about as many deals each. */
export function groupReps(reps: Int32Array, count: number): readonly ReadonlySet<number>[] {
  const deals = new Uint32Array(count);
  for (const rep of reps) if (rep >= 0) deals[rep] = (deals[rep] ?? 0) + 1;
  const present = [...deals.keys()]
    .filter((rep) => (deals[rep] ?? 0) > 0)
    .toSorted((one, other) => (deals[other] ?? 0) - (deals[one] ?? 0) || one - other);
  if (present.length <= mostSingle) return present.map((rep) => new Set([rep]));
  // Forth and back, so that the first group does not have the largest of each round.
  return Array.from({ length: groups }, (_, group) => {
    const isIn = (place: number) => {
      const [round, at] = [Math.floor(place / groups), place % groups];
      return (round % 2 === 0 ? at : groups - 1 - at) === group;
    };
    return new Set(present.filter((_rep, place) => isIn(place)));
  });
}
