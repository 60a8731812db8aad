import type { Action } from "../command.ts";
import { accountIn, accountLine } from "../find-account.ts";
import { quoted } from "../query.ts";

export function rewardLine(...words: readonly string[]): string {
  return ["rewards", ...words].join(" ");
}

export function giveAction(id: number): Action {
  return { kind: "run", label: "Given", line: rewardLine("give", String(id)), style: "primary" };
}

export function cancelAction(id: number): Action {
  return { kind: "run", label: "Cancel", line: rewardLine("cancel", String(id)), style: "danger" };
}

/** Plans one on a day, at its usual cost. */
export function planAction(
  label: string,
  about: {
    readonly accountId: string;
    readonly kind: string;
    readonly onDay: string;
    readonly occasion: string;
  },
): Action {
  const { accountId, kind, onDay, occasion } = about;
  const line = rewardLine("plan", accountIn(accountId), kind, "on", onDay, "because", quoted(occasion));
  return { kind: "run", label, line };
}

export function accountActions(accountId: string): readonly Action[] {
  return [
    { kind: "run", label: "Timeline", line: accountLine("timeline", accountId) },
    { kind: "run", label: "Open account", line: accountLine("account", accountId) },
  ];
}
