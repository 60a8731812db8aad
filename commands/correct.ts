import { type Context, defineCommand, type Reply } from "../src/command.ts";
import { anyWords } from "../src/command-words.ts";
import { dayIn } from "../src/core/calendar.ts";
import { tiers } from "../src/core/tiers.ts";
import { accountLine, findAccount } from "../src/find-account.ts";
import { requireSnapshot } from "../src/list-accounts.ts";
import type { Query } from "../src/query.ts";
import { oneOf, resolveOwner } from "../src/resolve-filters.ts";
import { correctUsage, readCorrection, type TypedCorrection } from "../src/settings/correction-words.ts";
import { UsageError } from "../src/usage-error.ts";
import { formatDay } from "../src/wording.ts";

type Setting = Extract<TypedCorrection, { kind: "set" }>;
interface Account {
  readonly id: string;
  readonly name: string;
}

export default defineCommand({
  summary: "Set an account's owner, industry or tier by hand; it survives imports",
  usage: correctUsage,
  examples: [],
  filters: [],
  options: anyWords,

  async run({ options, query }, context) {
    const typed = readCorrection(options.words);
    const account = await findAccount(typed.account, "account", context);
    return typed.kind === "set"
      ? set(account, typed, query, context)
      : takeBack(account, typed.field, context);
  },
});

async function set(account: Account, typed: Setting, query: Query, context: Context): Promise<Reply> {
  const { decisions, now } = context;
  const { field, until, reason } = typed;
  const { settings } = await decisions.settings();
  if (until !== undefined && until < dayIn(now, settings.timeZone))
    throw new UsageError(`${formatDay(until)} is over. Say a day that is still to come.`);
  const { value, shown } = await lookUp(account, typed, query, context);
  const isNew = await decisions.correct(account.id, {
    field,
    value,
    reason,
    ...(until === undefined ? {} : { until }),
  });
  const end = until === undefined ? "" : ` until ${formatDay(until)}`;
  return {
    headline: isNew
      ? `${account.name}: ${field} set to ${shown}${end}`
      : `Nothing changes: the ${field} of ${account.name} is set to ${shown} already`,
    lines: [["Because: ", reason]],
    actions: [
      { kind: "run", label: "Open account", line: accountLine("account", account.id) },
      {
        kind: "run",
        label: "Take back",
        line: `${accountLine("correct", account.id)} ${field} none`,
        style: "danger",
      },
    ],
    notes: isNew ? ["It shows with your name, outlives imports, and counts from the next snapshot on."] : [],
    data: {
      accountId: account.id,
      account: account.name,
      field,
      value: shown,
      until: until ?? null,
      reason,
      changed: isNew,
    },
  };
}

async function takeBack(account: Account, field: Setting["field"], { decisions }: Context): Promise<Reply> {
  const isChanged = await decisions.takeBack(account.id, field);
  return {
    headline: isChanged
      ? `${account.name}: the ${field} is what the data says again`
      : `Nothing changes: nobody set the ${field} of ${account.name}`,
    notes: isChanged ? ["It counts from the next snapshot on."] : [],
    actions: [{ kind: "run", label: "Open account", line: accountLine("account", account.id) }],
    data: { accountId: account.id, account: account.name, field, value: null, changed: isChanged },
  };
}

/** The value as the store wants it, and as people read it. */
async function lookUp(
  account: Account,
  { field, value, until }: Setting,
  query: Query,
  context: Context,
): Promise<{ readonly value: string; readonly shown: string }> {
  const snapshot = await requireSnapshot(context, query);
  if (field === "owner") {
    const userId = /^<@([A-Z0-9]+)(?:\|[^>]*)?>$/.exec(value)?.[1];
    const typed =
      userId === undefined ? ({ kind: "name", name: value } as const) : ({ kind: "user", userId } as const);
    const rep = await resolveOwner(typed, await context.store.reps(), context);
    return { value: rep.id, shown: rep.name };
  }
  if (field === "industry") {
    const { industries } = await context.store.facets(snapshot);
    const industry = industries.length === 0 ? value : oneOf("industry", value, industries);
    return { value: industry, shown: industry };
  }
  const tier = tiers.find((each) => each === value.toUpperCase());
  if (tier === undefined) throw new UsageError(`"${value}" is no tier: there are ${tiers.join(", ")}.`);
  if (until === undefined)
    throw new UsageError("Say until when the tier holds, so that nobody forgets it: add `until 2027-03-31`.");
  const detail = await context.store.account(snapshot, account.id);
  if (detail && !detail.standing)
    throw new UsageError(`${account.name} never bought anything: a prospect has no tier to set.`);
  return { value: tier, shown: tier };
}
