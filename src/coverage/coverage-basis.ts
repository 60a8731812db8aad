import type { Context } from "../command.ts";
import { dayIn } from "../core/calendar.ts";
import { coverageTerms, meansCoverage } from "../core/coverage/levels.ts";
import { accountRoles, roleOfColumn } from "../core/coverage/raci.ts";
import type { CoverageBasis, RoleColumns } from "../store/coverage.ts";
import type { Snapshot } from "../store/reads.ts";

/** What levels follow from, and the imported columns that name people. */
export async function coverageBasis(
  snapshot: Snapshot,
  { store, access, now }: Pick<Context, "store" | "access" | "now">,
): Promise<{ readonly basis: CoverageBasis; readonly roles: RoleColumns }> {
  const { columns } = await store.facets(snapshot);
  const { coverage, value } = access.settings;
  const roles = accountRoles.flatMap((role) => {
    const column = columns.find((one) => roleOfColumn(one) === role);
    return column === undefined ? [] : [[role, column] as const];
  });
  return {
    basis: {
      terms: coverageTerms(coverage, snapshot.currency),
      margin: value.margin,
      column: columns.find(meansCoverage),
      today: dayIn(now, access.timeZone),
    },
    roles: Object.fromEntries(roles),
  };
}
