import type { Action, Context } from "./command.ts";
import type { AccountDetail, Snapshot } from "./store/reads.ts";
import { UsageError } from "./usage-error.ts";

/** How a line names an account without ambiguity. */
export function accountIn(accountId: string): string {
  return `"id:${accountId}"`;
}

/** A line about one account. */
export function accountLine(command: string, accountId: string): string {
  return `${command} ${accountIn(accountId)}`;
}

/** An account as lists name it. */
export interface ListedName {
  readonly accountId: string;
  readonly account: string;
}

/** A menu that runs a command for one of the accounts shown; none where there are none. */
export function chooseAccount(
  label: string,
  command: string,
  shown: readonly ListedName[],
): readonly Action[] {
  if (shown.length === 0) return [];
  const choices = shown.map(({ account, accountId }) => ({
    label: account,
    line: accountLine(command, accountId),
  }));
  return [{ kind: "choose", label, choices }];
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

/**
 * The same account with all that a snapshot knows of it.
 *
 * @throws UsageError as `findAccount`, and for one that has gone meanwhile.
 */
export async function requireAccount(
  typed: string,
  command: string,
  snapshot: Snapshot,
  context: Pick<Context, "store" | "access">,
): Promise<AccountDetail> {
  const { id } = await findAccount(typed, command, context);
  return stillThere(await context.store.account(snapshot, id));
}

/** @throws UsageError for an account that has gone since it was found. */
export function stillThere(account: AccountDetail | undefined): AccountDetail {
  if (account) return account;
  throw new UsageError("This account is gone. Search it by name.");
}

function missing({ owners, anonymous }: Context["access"]): string {
  if (anonymous) return "This account is gone, or not everybody who would read it may see it.";
  return owners === "all"
    ? "This account is gone. Search it by name."
    : "This account is gone, or it is not among those that you may see. Search it by name.";
}
