import type { Calendar } from "./calendar.ts";
import { type Person, people, type SalesTeam, salesTeams } from "./company.ts";
import { drawIdentities, type Identity } from "./identities.ts";
import { channels } from "./market.ts";
import { drawPlans, type Plan } from "./plans.ts";
import { elementAt, type Random } from "./random.ts";

export interface Account extends Identity {
  readonly id: string;
  readonly owner: Person;
  /** Whose deals they were until the account was handed over. */
  readonly handover: { readonly from: Person; readonly day: number } | undefined;
  readonly createdDay: number;
  readonly employees: number;
  readonly channel: string;
  readonly plan: Plan;
}

export function repsOf(team: SalesTeam): readonly Person[] {
  return people.filter((person) => person.role === "rep" && person.team === team);
}

/** Each team's accounts are dealt out evenly in random order: nobody is favoured but by luck. */
function drawOwners(random: Random, identities: readonly Identity[]): ReadonlyMap<Identity, Person> {
  const dealtOut = salesTeams.flatMap((team) => {
    const reps = repsOf(team);
    const territory = random.shuffled(identities.filter(({ country }) => country.team === team));
    return territory.map((identity, index) => [identity, elementAt(reps, index % reps.length)] as const);
  });
  return new Map(dealtOut);
}

const handedOverRank = 5;
const handoverDay = -214;

export function drawAccounts(random: Random, calendar: Calendar): readonly Account[] {
  const plans = drawPlans(random, calendar);
  const identities = drawIdentities(random, plans.length);
  const owners = drawOwners(random, identities);
  const drafts = identities.flatMap((identity, index) => {
    const owner = owners.get(identity);
    if (owner === undefined) return [];
    const plan = elementAt(plans, index);
    const colleague = elementAt(
      repsOf(identity.country.team).filter((rep) => rep !== owner),
      0,
    );
    const isOldRelation = plan.fromDay === calendar.firstDay;
    // The record is older than its first deal, whose sales cycle may start before the three years.
    const createdDay = plan.fromDay - 260 - random.integer(0, isOldRelation ? 1500 : 60);
    return {
      ...identity,
      owner,
      handover: index + 1 === handedOverRank ? { from: colleague, day: handoverDay } : undefined,
      createdDay: calendar.weekdayOnOrBefore(createdDay),
      employees: drawEmployees(random, plan.usualAmountEuro),
      channel: random.pickWeighted(channels),
      plan,
    };
  });
  return withIds(random, drafts);
}

/** Larger customers place larger orders, loosely. */
function drawEmployees(random: Random, usualAmountEuro: number): number {
  const exact = 8 + (usualAmountEuro / 40) * (random.integer(30, 220) / 100);
  return exact > 100 ? Math.round(exact / 10) * 10 : Math.round(exact);
}

/** HubSpot counts up as records are made, with gaps, so the older record has the smaller id. */
function withIds(random: Random, drafts: readonly Omit<Account, "id">[]): readonly Account[] {
  const oldestFirst = drafts.toSorted((left, right) => left.createdDay - right.createdDay);
  let id = 8_100_000_000;
  return oldestFirst.map((draft) => {
    id += random.integer(1_000, 900_000);
    return { id: String(id), ...draft };
  });
}
