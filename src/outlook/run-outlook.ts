import type { Context, Reply } from "../command.ts";
import { compareOutlook } from "../core/outlook/outlook.ts";
import type { OutlookAccount } from "../core/outlook/outlook-input.ts";
import type { SimulatedOutlook } from "../core/outlook/simulate-outlook.ts";
import { findAccount } from "../find-account.ts";
import { requireSnapshot } from "../list-accounts.ts";
import { formatFilters, type Query } from "../query.ts";
import { resolveFilters } from "../resolve-filters.ts";
import type { OutlookBasis } from "../store/outlook.ts";
import type { Selection, Snapshot } from "../store/reads.ts";
import { UsageError } from "../usage-error.ts";
import { requireBasis } from "../value/require-values.ts";
import { countOf, scopeNotes, stampOf } from "../wording.ts";
import type { OutlookOptions } from "./outlook-options.ts";
import { namedAtRisk, outlookReply } from "./outlook-reply.ts";
import { isEnough, simulatePolitely } from "./simulate-politely.ts";

/** Where the accounts of a query go, and what if. */
export async function runOutlook(options: OutlookOptions, query: Query, context: Context): Promise<Reply> {
  const { store, access } = context;
  const snapshot = await requireSnapshot(context, query);
  const { fit } = await requireBasis("outlook", snapshot, query, context);
  const { tier: _, ...asked } = query.filters;
  const { selection, spoken } = await resolveFilters(asked, snapshot, context);
  const basis = await store.outlookBasis(snapshot, selection);
  const filters = formatFilters(spoken);
  const suffix = filters.length === 0 ? "" : ` (${filters.join(" ")})`;
  const { customers, boughtBefore } = basis.totals;
  if (!isEnough(basis.totals))
    return tooLittle(
      customers === 0
        ? `No account has bought yet, so there is nothing to look ahead from${suffix}`
        : `${countOf(customers, "account")} ${customers === 1 ? "has" : "have"} bought: too few to look ahead from${suffix}`,
      customers,
      snapshot,
      context,
    );
  const simulated = await simulatePolitely(basis, { asOf: snapshot.asOf, fit });
  if (simulated === undefined)
    return tooLittle(
      `Too little history to tell who leaves: ${boughtBefore === 0 ? "no account" : `only ${countOf(boughtBefore, "account")}`} bought in the twelve months before the last twelve${suffix}`,
      customers,
      snapshot,
      context,
    );
  const lost = await lostAccount(options, simulated, { basis, snapshot, selection }, context);
  const named = namedAtRisk(simulated).map(({ account }) => account.accountId);
  const labels = await store.labels([...named, ...(lost ? [lost.accountId] : [])]);
  const names = new Map([...labels].map(([id, { name }]) => [id, name]));
  const { pace } = options;
  const isSupposed = lost !== undefined || pace !== undefined;
  const compared = isSupposed
    ? compareOutlook(simulated, {
        ...(lost && { without: simulated.pathsOf(lost) }),
        ...(pace !== undefined && { pace }),
      })
    : undefined;
  return outlookReply({
    ...{ simulated, basis, fit, names, options, query, snapshot, access, suffix },
    whatIf: compared && {
      ...compared,
      condition: wordCondition(lost && (names.get(lost.accountId) ?? ""), pace),
    },
  });
}

/** "Without Acme and with 50 % of last year's acquisition". */
function wordCondition(name: string | undefined, pace: number | undefined): string {
  const without = name === undefined ? [] : [`without ${name}`];
  const won =
    pace === undefined
      ? []
      : [
          pace === 0
            ? "with no acquisition"
            : `with ${Math.round(pace * 1_000) / 10} % of last year's acquisition`,
        ];
  const words = [...without, ...won].join(" and ");
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`;
}

interface Asked {
  readonly basis: OutlookBasis;
  readonly snapshot: Snapshot;
  readonly selection: Selection;
}

/**
 * The account that is lost, if one is.
 *
 * @throws UsageError for a name that is not clear, and for an account that is not among those asked about.
 */
async function lostAccount(
  { without }: OutlookOptions,
  { gone }: SimulatedOutlook,
  { snapshot, selection }: Asked,
  context: Context,
): Promise<OutlookAccount | undefined> {
  if (without === undefined) return undefined;
  if (/^(?:(?:the|our|my) )?(?:biggest|largest)(?: (?:account|customer|client|one))?$/i.test(without))
    return biggestOf(gone.map(({ account }) => account));
  const { id, name } = await findAccount(without, "outlook without", context);
  const account = await context.store.outlookAccount(snapshot, selection, id);
  if (account) return account;
  throw new UsageError(
    `${name} has bought nothing, or is not among the accounts you ask about: nothing changes without it.`,
  );
}

/** The one that bought most in the last twelve months. */
function biggestOf(accounts: readonly OutlookAccount[]): OutlookAccount | undefined {
  return accounts
    .filter(({ weight }) => weight === 1)
    .reduce<OutlookAccount | undefined>(
      (most, account) => (most && most.yearMinor >= account.yearMinor ? most : account),
      undefined,
    );
}

function tooLittle(headline: string, customers: number, snapshot: Snapshot, { access }: Context): Reply {
  return {
    headline,
    lines: [["An outlook needs accounts that have bought for two years or so; `health` says what is there."]],
    actions: [{ kind: "run", label: "Health", line: "health" }],
    notes: [...scopeNotes(access), `Data as of ${snapshot.asOf} · snapshot ${snapshot.id}`],
    snapshot: stampOf(snapshot),
    data: { customers, base: null, whatIf: null, change: null },
  };
}
