import type { Context } from "./command.ts";
import { anotherRep } from "./core/access.ts";
import { daysUntil, periodOf, type Window } from "./core/calendar.ts";
import { matchNames, stemKey } from "./core/names.ts";
import type { Filters, OwnerFilter } from "./query.ts";
import type { Column, Rep, Selection, Snapshot } from "./store/reads.ts";
import { UsageError } from "./usage-error.ts";
import { quietnessOf } from "./value/gone-quiet.ts";

/** Filters after every name in them was looked up. */
export interface Resolved {
  /** The filters as people read them: a mentioned person by name. */
  readonly spoken: Filters;
  readonly selection: Selection;
  /** Another window than the snapshot's, when `since` or `fy` asks for one. */
  readonly window: Window | undefined;
  /** The column inside which tiers are cut anew. */
  readonly within: Column | undefined;
  /** How filters were understood, where people should know. */
  readonly notes: readonly string[];
}

/**
 * Looks up what the filters name: forgiving in case, spaces and endings, never guessing between two.
 *
 * @throws UsageError that names the values there are.
 */
export async function resolveFilters(
  filters: Omit<Filters, "tier">,
  snapshot: Snapshot,
  context: Context,
): Promise<Resolved> {
  const facets = await context.store.facets(snapshot);
  if (filters.measure === "profit")
    throw new UsageError(
      'Nothing to rank by profit yet: the portfolio knows spend, lifetime value and potential. Write `by ltv` or `by potential`, or leave "by profit" out.',
    );
  if (filters.sinceDays !== undefined && filters.fiscalPeriod !== undefined)
    throw new UsageError('Use either "since" or "fy:", not both.');
  const { owner, ids: ownerIds } = await resolveOwners(filters, context);
  const { goneQuiet, ...others } = filters;
  const quiet = goneQuiet ? await quietnessOf(snapshot, context) : undefined;
  const cohort = filters.cohort === undefined ? undefined : periodOf(filters.cohort);
  const period =
    filters.fiscalPeriod === undefined ? undefined : periodOf(filters.fiscalPeriod, snapshot.fiscalYearStart);
  return {
    spoken: {
      ...(quiet?.kind === "days" ? { ...others, quietDays: quiet.days } : filters),
      ...(owner && { owner: spokenOwner(owner, filters.owner, context) }),
    },
    selection: {
      ...(filters.from && { from: filters.from }),
      ...(filters.direction && { direction: filters.direction }),
      ...(ownerIds && { ownerIds }),
      ...(filters.product !== undefined && { productIds: await resolveProduct(filters.product, context) }),
      ...(filters.industry !== undefined && {
        industry: resolveIndustry(filters.industry, facets.industries),
      }),
      ...(filters.region !== undefined && { region: oneOf("region", filters.region, facets.regions) }),
      ...(cohort && { cohort }),
      ...(filters.quietDays !== undefined && {
        quietSince: daysUntil(snapshot.asOf, filters.quietDays).after,
      }),
      ...(quiet?.kind === "chance" && { aliveBelowPercent: quiet.belowPercent }),
      ...(quiet?.kind === "days" && { quietSince: quiet.since }),
      ...(filters.columns && {
        columns: filters.columns.map(({ column, value }) => ({
          column: oneOf("filter or imported column", column, facets.columns),
          value,
        })),
      }),
    },
    window:
      filters.sinceDays !== undefined
        ? daysUntil(snapshot.asOf, filters.sinceDays)
        : period && { after: daysUntil(period.first, 1).after, until: period.last },
    notes: quiet?.kind === "days" ? [quiet.note] : [],
    within: filters.within === undefined ? undefined : resolveColumn(filters.within, facets.columns, context),
  };
}

/** The owner as readers may read it: `mine` stays, a mentioned person gets a name, others have none where names are left out. */
function spokenOwner(owner: Rep, typed: OwnerFilter | undefined, { access }: Context): OwnerFilter {
  if (typed?.kind === "me") return typed;
  if (access.anonymous && !access.repIds.includes(owner.id)) return { kind: "name", name: anotherRep };
  return typed?.kind === "name" ? typed : { kind: "name", name: owner.name };
}

async function resolveOwners(
  filters: Filters,
  context: Context,
): Promise<{ readonly owner?: Rep; readonly ids?: readonly string[] }> {
  if (filters.owner === undefined && filters.team === undefined) return {};
  const isMine = filters.owner?.kind === "me" && filters.team === undefined;
  const reps = await context.store.reps(isMine ? context.access.repIds : undefined);
  const owner = filters.owner && (await resolveOwner(filters.owner, reps, context));
  const members = filters.team && membersOf(filters.team, reps, context);
  const owners = owner ? [owner].filter((rep) => members?.includes(rep) ?? true) : (members ?? []);
  return { ...(owner && { owner }), ids: owners.map(({ id }) => id) };
}

/**
 * The one rep that is meant.
 *
 * @throws UsageError that names the reps there are.
 */
export async function resolveOwner(owner: OwnerFilter, reps: readonly Rep[], context: Context): Promise<Rep> {
  if (owner.kind === "me") return me(reps, context);
  if (owner.kind === "user") {
    const person = await context.people(owner.userId);
    const address = person?.email?.toLowerCase();
    const rep = address && reps.find(({ email }) => email?.toLowerCase() === address);
    if (rep) return rep;
    throw new UsageError(
      `${person?.name ?? "This person"} is no rep ${context.access.owners === "all" ? "in the imported data" : "whose accounts you see"}: no such rep has the same e-mail address. Write owner:NAME instead.`,
    );
  }
  const address = reps.filter(({ email }) => email?.toLowerCase() === owner.name.toLowerCase());
  const found = address.length > 0 ? address : matchNames(owner.name, reps, ({ name }) => name);
  const rep = one(found);
  if (rep) return rep;
  throw new UsageError(
    ambiguity(
      "rep",
      owner.name,
      found,
      reps.map(({ name }) => name),
    ),
  );
}

function me(reps: readonly Rep[], { access, viewer }: Context): Rep {
  const rep = reps.find(({ id }) => access.repIds.includes(id));
  if (rep) return rep;
  throw new UsageError(
    `I do not know which rep you are: no rep in the imported data has ${viewer.email ? `the address ${viewer.email}` : "your e-mail address"}. Write owner:NAME instead.`,
  );
}

function membersOf(
  team: "mine" | { readonly name: string },
  reps: readonly Rep[],
  context: Context,
): readonly Rep[] {
  const teams = [...new Set(reps.flatMap((rep) => rep.team ?? []))];
  const name = team === "mine" ? me(reps, context).team : oneOf("team", team.name, teams);
  if (name === undefined)
    throw new UsageError("The imported data names no team for you. Write team:NAME instead.");
  return reps.filter((rep) => rep.team === name);
}

async function resolveProduct(typed: string, { store }: Context): Promise<readonly string[]> {
  const products = await store.products();
  const found = matchNames(typed, products, ({ name }) => name);
  if (found.length === 1) return found.map(({ id }) => id);
  throw new UsageError(
    ambiguity(
      "product",
      typed,
      found,
      products.map(({ name }) => name),
    ),
  );
}

/** Those who are in it may stand for it: `manufacturers` for Manufacturing. */
function resolveIndustry(typed: string, industries: readonly string[]): string {
  const named = matchNames(typed, industries, (name) => name);
  const members = industries.filter((name) => stemKey(name) === stemKey(typed));
  return (named.length === 0 && one(members)) || oneOf("industry", typed, industries);
}

function resolveColumn(typed: string, columns: readonly string[], { access }: Context): Column {
  const fixed = one(matchNames(typed, ["industry", "region", "owner"] as const, (name) => name));
  if (fixed === "owner" && access.anonymous)
    throw new UsageError(
      "A list by owner cannot be shared: it would tell reps apart, who are not named here.",
    );
  return fixed ?? { custom: oneOf("column", typed, columns) };
}

/**
 * The one value that is meant.
 *
 * @throws UsageError that names the values there are.
 */
export function oneOf(what: string, typed: string, values: readonly string[]): string {
  const found = matchNames(typed, values, (value) => value);
  const value = one(found);
  if (value !== undefined) return value;
  throw new UsageError(
    ambiguity(
      what,
      typed,
      found.map((name) => ({ name })),
      values,
    ),
  );
}

function one<Value>(values: readonly Value[]): Value | undefined {
  return values.length === 1 ? values[0] : undefined;
}

function ambiguity(
  what: string,
  typed: string,
  found: readonly { readonly name: string }[],
  all: readonly string[],
): string {
  if (found.length > 1)
    return `"${typed}" could be ${listed(found.map(({ name }) => name))}. Write more of it.`;
  if (all.length === 0) return `The imported data names no ${what}.`;
  return `There is no ${what} "${typed}". There is ${listed(all)}.`;
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, 12).join(", ");
  return names.length > 12 ? `${shown} and ${names.length - 12} more` : shown;
}
