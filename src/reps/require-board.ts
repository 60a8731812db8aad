import type { Context } from "../command.ts";
import { UsageError } from "../usage-error.ts";

/**
 * Refuses to compare reps where the workspace does not want it.
 *
 * @throws UsageError that says how it is turned on.
 */
export function requireBoard({ access }: Pick<Context, "access">): void {
  if (access.settings.leaderboard.isOn) return;
  throw new UsageError(
    "Reps are not compared here: the leaderboard and coaching are turned off. An admin turns them on with `settings leaderboard on`.",
    access.role === "admin" ? [{ label: "Turn them on", line: "settings leaderboard on" }] : [],
  );
}
