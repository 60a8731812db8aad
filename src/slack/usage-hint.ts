import type { CommandHelp } from "../desk.ts";
import { limits } from "./limits.ts";

/** Longer hints are cut off in Slack's composer. */
const MOST = Math.min(100, limits.usageHint);
const LAST = "help";

/**
 * What the composer shows beside the slash command: the daily commands, each as short as it can be typed,
 * and `help` at the end for the others.
 *
 * @example
 * usageHint([{ name: "top", usage: "top [A|B|C|D] [filters]", isDaily: true, … }]); // => "top A · help"
 */
export function usageHint(help: readonly CommandHelp[]): string {
  const lines = help.filter(({ isDaily }) => isDaily).map(({ usage }) => shortest(usage));
  const shown = [LAST];
  for (const line of lines) {
    if ([...shown, line].join(" · ").length <= MOST) shown.splice(-1, 0, line);
  }
  return shown.join(" · ");
}

/** Of optional parts only the first of several words stays: `top [A|B] [filters]` is typed `top A`. */
function shortest(usage: string): string {
  return usage
    .replace(/\[([^\]|]+)\|[^\]]*\]/g, "$1")
    .replace(/\[[^\]]*\]/g, "")
    .replace(/\s+/g, " ")
    .trim();
}
