import type { Context } from "./command.ts";
import { UsageError } from "./usage-error.ts";

/** How a button names an account without ambiguity. */
export function accountLine(command: string, accountId: string): string {
  return `${command} "id:${accountId}"`;
}

/**
 * The account that typed words mean.
 *
 * @throws UsageError with the nearest accounts as suggestions when none or several match.
 */
export async function findAccount(
  typed: string,
  command: string,
  { store, access }: Pick<Context, "store" | "access">,
): Promise<{ readonly id: string; readonly name: string }> {
  const id = /^id:([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(typed)?.[1];
  if (id) {
    const name = (await store.labels([id])).get(id)?.name;
    if (name === undefined) throw new UsageError(missing(access));
    return { id, name };
  }
  const { match, near } = await store.findAccounts(typed);
  if (match) return match;
  const suggestions = near.map((account) => ({
    label: account.name,
    line: accountLine(command, account.id),
  }));
  throw new UsageError(
    near.length === 0
      ? `No account is called "${typed}" or anything like it.`
      : `No single account is called "${typed}". Did you mean one of these?`,
    suggestions,
  );
}

function missing({ owners, anonymous }: Context["access"]): string {
  if (anonymous) return "This account is gone, or not everybody who would read it may see it.";
  return owners === "all"
    ? "This account is gone. Search it by name."
    : "This account is gone, or it is not among those that you may see. Search it by name.";
}
