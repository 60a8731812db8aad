import type { Context } from "../../command.ts";
import type { DigestSchedule } from "../../store/digests.ts";
import { UsageError } from "../../usage-error.ts";
import { capital, scheduleLine, wordTarget } from "./schedule-parts.ts";
import type { Which } from "./typed-digest.ts";

/**
 * The schedule that is meant: the only one without a word, one of one's own by its place, or, by its id, any that one may change.
 *
 * @throws UsageError with what can be meant.
 */
export async function findSchedule(
  verb: string,
  which: Which | undefined,
  context: Context,
): Promise<DigestSchedule> {
  const own = await context.decisions.digestSchedules({ everybodys: false });
  const isById = which !== undefined && "id" in which;
  const found = isById ? await byId(which.id, own, context) : ownOne(which, own);
  if (found) return found;
  if (own.length === 0 && !isById)
    throw new UsageError("You have no digest yet.", [{ label: "Turn on", line: "digest on" }]);
  throw new UsageError(
    which === undefined ? "Say which digest you mean." : "That digest is not there, or not yours.",
    own.map((schedule, index) => ({
      label: `${index + 1}. ${capital(wordTarget(schedule, context))} ${schedule.filters}`.trim(),
      line: scheduleLine(verb, schedule),
    })),
  );
}

function ownOne(which: Exclude<Which, { readonly id: number }> | undefined, own: readonly DigestSchedule[]) {
  if (which && "place" in which) return own[which.place - 1];
  const meant = own.filter(
    ({ filters }) => which === undefined || filters.toLowerCase() === which.about.toLowerCase(),
  );
  return meant.length === 1 ? meant[0] : undefined;
}

async function byId(id: number, own: readonly DigestSchedule[], { access, decisions }: Context) {
  const isOne = (schedule: DigestSchedule) => schedule.id === id;
  const found = own.find(isOne);
  if (found || access.role !== "admin") return found;
  return (await decisions.digestSchedules({ everybodys: true })).find(isOne);
}
