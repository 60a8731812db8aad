import type { Context } from "../command.ts";
import { matchNames } from "../core/names.ts";
import type { OwnerFilter } from "../query.ts";
import type { Rep } from "../store/reads.ts";
import { UsageError } from "../usage-error.ts";

/** Whom findings are about; they are that person's own, or those of somebody who manages them. */
export interface Coached {
  readonly rep: Rep;
  /** Records of the same person. */
  readonly repIds: readonly string[];
  readonly isSelf: boolean;
}

/**
 * The rep that is meant, among those alone of whom somebody may know: themselves, and whom they manage. Of everybody else
 * nothing is told, not even whether there is anything to tell or anybody of that name.
 *
 * @throws UsageError
 */
export async function findCoached(who: OwnerFilter | undefined, context: Context): Promise<Coached> {
  const { store, access } = context;
  const own = (await store.reps(access.repIds))[0];
  const self = own && { rep: own, repIds: access.repIds, isSelf: true };
  if (who === undefined || who.kind === "me") {
    if (self) return self;
    throw new UsageError(
      "I do not know which rep you are: no rep in the imported data has your e-mail address. Whoever manages reps may write `coach <rep>` or `coach team`.",
    );
  }
  const known = await coachedReps(context);
  const found = (await namedAmong(known, who, context)).map(
    (rep): Coached => (rep.id === own?.id && self ? self : { rep, repIds: [rep.id], isSelf: false }),
  );
  const [only, another] = found;
  if (only && !another) return only;
  if (another)
    throw new UsageError(
      `That could be ${found.map(({ rep }) => rep.name).join(", ")}. Write more of the name.`,
    );
  throw new UsageError(
    "What `coach` says of a rep is for that rep and for whoever manages them, and for nobody else.",
    self ? [{ label: "coach", line: "coach" }] : [],
  );
}

/** Those whom the viewer manages, and themselves. */
async function coachedReps({ store, access }: Pick<Context, "store" | "access">): Promise<readonly Rep[]> {
  const managed = await store.managedReps();
  const ids = [...access.repIds, ...managed];
  return ids.length === 0 ? [] : store.reps(ids);
}

async function namedAmong(
  reps: readonly Rep[],
  who: Exclude<OwnerFilter, { readonly kind: "me" }>,
  { people }: Context,
): Promise<readonly Rep[]> {
  const address = who.kind === "user" ? (await people(who.userId))?.email : who.name;
  const sameAddress = reps.filter(
    ({ email }) => email !== undefined && email.toLowerCase() === address?.toLowerCase(),
  );
  if (who.kind === "user" || sameAddress.length > 0) return sameAddress;
  return matchNames(who.name, reps, ({ name }) => name);
}
