import type { Context, Reply } from "../command.ts";
import { accountLine, findAccount } from "../find-account.ts";

/** Makes whoever asks the owner of a prospect that nobody owns. */
export async function claimReply(typed: string, context: Context): Promise<Reply> {
  const { id, name } = await findAccount(typed, "account", context);
  const claimed = await context.decisions.claimProspect(id);
  const headline = {
    claimed: () => `${name} is yours`,
    unchanged: () => `Nothing changes: ${name} is yours already`,
    taken: (by = "somebody else") => `${name} is not free: ${by} owns it`,
  }[claimed.kind](claimed.kind === "taken" ? claimed.by : undefined);
  return {
    headline,
    actions: [
      ...(claimed.kind === "taken"
        ? []
        : [
            {
              kind: "fill" as const,
              form: "interaction" as const,
              label: "Log",
              line: accountLine("log", id),
              style: "primary" as const,
            },
          ]),
      { kind: "run", label: "Open account", line: accountLine("account", id) },
      { kind: "run", label: "My prospects", line: "prospects mine" },
    ],
    notes:
      claimed.kind === "claimed"
        ? [
            "You own it from the next snapshot on, as if it had been set by hand; a manager can take that back.",
          ]
        : [],
    data: {
      accountId: id,
      account: name,
      outcome: claimed.kind,
      by: claimed.kind === "taken" ? claimed.by : null,
    },
  };
}
