import type { Context, Reply } from "../command.ts";
import { acquisitionSpan } from "../core/outlook/acquisition.ts";
import { compareOutlook } from "../core/outlook/outlook.ts";
import type { OutlookAccount } from "../core/outlook/outlook-input.ts";
import type { SimulatedOutlook } from "../core/outlook/simulate-outlook.ts";
import type { ValueFit } from "../core/value/value-fit.ts";
import { findAccount } from "../find-account.ts";
import { requireSnapshot } from "../list-accounts.ts";
import { formatFilters, type Query } from "../query.ts";
import { resolveFilters } from "../resolve-filters.ts";
import type { OutlookBasis } from "../store/outlook.ts";
import type { Selection, Snapshot } from "../store/reads.ts";
import { UsageError } from "../usage-error.ts";
import { requireBasis } from "../value/require-values.ts";
import { countOf, formatDay, scopeNotes, stampOf } from "../wording.ts";
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
  const basis = await store.outlookBasis(
    snapshot,
    selection,
    acquisitionSpan(fit.firstDay, snapshot.asOf)?.after,
  );
  const filters = formatFilters(spoken);
  const suffix = filters.length === 0 ? "" : ` (${filters.join(" ")})`;
  const { customers, boughtBefore } = basis.totals;
  if (!isEnough(basis.totals))
    return tooLittle(
      customers === 0
        ? `No account has bought yet, so there is nothing to look ahead from${suffix}`
        : `${countOf(customers, "account")} ${customers === 1 ? "has" : "have"} bought: too few to look ahead from${suffix}`,
      basis,
      snapshot,
      context,
    );
  const simulated = await simulatePolitely(basis, { asOf: snapshot.asOf, fit });
  if (simulated === undefined)
    return tooLittle(
      `Too little history to tell who leaves: ${boughtBefore === 0 ? "no account" : `only ${countOf(boughtBefore, "account")}`} bought in the twelve months before the last twelve${suffix}`,
      basis,
      snapshot,
      context,
    );
  const { pace } = options;
  if (pace !== undefined && !simulated.acquisition) throw unknownPace(fit);
  const lost = await lostAccount(options, simulated, { basis, snapshot, selection }, context);
  const named = namedAtRisk(simulated, lost?.accountId).map(({ account }) => account.accountId);
  const labels = await store.labels([...named, ...(lost ? [lost.accountId] : [])]);
  const names = new Map([...labels].map(([id, { name }]) => [id, name]));
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
      lost: lost && { ...lost, name: names.get(lost.accountId) ?? "" },
      pace,
    },
  });
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

/** There is no pace to have half of. */
function unknownPace({ firstDay }: ValueFit): UsageError {
  return new UsageError(
    `How many accounts are new cannot be told from data that begin on ${formatDay(firstDay)}, so neither can what more or fewer of them would change. Ask \`outlook\` for what becomes of today's customers.`,
    [{ label: "Outlook", line: "outlook" }],
  );
}

function tooLittle(
  headline: string,
  { totals }: OutlookBasis,
  snapshot: Snapshot,
  { access }: Context,
): Reply {
  return {
    headline,
    lines: [["An outlook needs accounts that have bought for two years or so; `health` says what is there."]],
    actions: [{ kind: "run", label: "Health", line: "health" }],
    notes: [...scopeNotes(access), `Data as of ${snapshot.asOf} · snapshot ${snapshot.id}`],
    snapshot: stampOf(snapshot),
    data: { lastYear: totals, base: null, whatIf: null, change: null },
  };
}
