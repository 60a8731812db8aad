import { currencyExponent, formatMoney } from "../core/money.ts";
import { matchNames } from "../core/names.ts";
import {
  changeSettings,
  type PersonSetting,
  type QuotaSetting,
  type Settings,
  type SettingsPatch,
} from "../core/settings.ts";
import { UsageError } from "../usage-error.ts";

export const personUsage =
  "settings person ann@x.example admin|manager|rep [team:North] [manages:North,South]";
export const quotaUsage = "settings quota ann@x.example 2026Q1 250000 EUR";

/**
 * What `person <address> …` changes. What is left out stays as it is; `team:none` and `manages:none` take away.
 *
 * @param teams the teams there are, for `manages`.
 * @throws UsageError saying which word is wrong and what would be right.
 */
export function readPerson(
  [email = "", ...words]: readonly string[],
  settings: Settings,
  teams: readonly string[],
): (current: Settings) => SettingsPatch {
  if (email === "" || words.length === 0) throw new UsageError(`Say who and what: \`${personUsage}\`.`);
  const address = email.toLowerCase();
  const change =
    words.length === 1 && isRemoval(words[0])
      ? ({ people }: Settings) => ({ people: people.filter((person) => person.email !== address) })
      : personChange(address, words, teams);
  refuseFaults(settings, change(settings));
  return change;
}

/**
 * What `quota <address> <period> <amount> [currency]` changes.
 *
 * @throws UsageError saying which word is wrong and what would be right.
 */
export function readQuota(
  [email = "", period = "", amount = "", currency, ...more]: readonly string[],
  settings: Settings,
  otherwise: string | undefined,
): (current: Settings) => SettingsPatch {
  if (amount === "" || more.length > 0)
    throw new UsageError(`Say whose, for when and how much: \`${quotaUsage}\`.`);
  const about = { email: email.toLowerCase(), period: period.toUpperCase().replace("-", "") };
  const others = ({ quotas }: Settings) =>
    quotas.filter((quota) => quota.email !== about.email || quota.period !== about.period);
  if (isRemoval(amount)) return (current) => ({ quotas: others(current) });
  const code = (currency ?? settings.currency ?? otherwise ?? "").toUpperCase();
  if (code === "") throw new UsageError(`Say in which currency: \`${quotaUsage}\`.`);
  const quota = { ...about, amountMinor: minorUnits(amount, code), currency: code };
  const change = (current: Settings) => ({ quotas: [...others(current), quota].sort(byPersonAndPeriod) });
  refuseFaults(settings, change(settings));
  return change;
}

/** A person as a line: `admin`, `manager of North, South · team East`. */
export function showPerson({ role, team, manages }: PersonSetting): string {
  return [
    manages.length > 0 ? `${role} of ${manages.join(", ")}` : role,
    ...(team === undefined ? [] : [`team ${team}`]),
  ].join(" · ");
}

export function showQuota({ amountMinor, currency }: QuotaSetting): string {
  return formatMoney({ amount: amountMinor, currency });
}

function personChange(email: string, words: readonly string[], teams: readonly string[]) {
  const given: { role?: string; team?: string | undefined; manages?: readonly string[] } = {};
  for (const word of words) {
    const [, key, value = ""] = /^(team|manages):(.*)$/i.exec(word) ?? [];
    const isNone = value.toLowerCase() === "none";
    if (key === undefined) given.role = word.toLowerCase();
    else if (key.toLowerCase() === "team")
      given.team = isNone ? undefined : (knownTeam(value, teams) ?? value);
    else given.manages = isNone ? [] : value.split(",").map((name) => requireTeam(name.trim(), teams));
  }
  return ({ people }: Settings): SettingsPatch => {
    const known = people.find((person) => person.email === email);
    const { team, ...person } = { role: "rep", manages: [], ...known, ...given, email };
    // Only a manager manages: somebody who is none any more should not find the teams again when made one.
    const manages = person.role === "manager" ? [...person.manages] : [];
    if (given.manages && given.manages.length > 0 && person.role !== "manager")
      throw new UsageError(
        `${email} is ${person.role}: only a manager manages teams. Write manager as well.`,
      );
    const role = person.role as PersonSetting["role"];
    const changed = { email, role, manages, ...(team === undefined ? {} : { team }) };
    const others = people.filter((other) => other.email !== email);
    return { people: [...others, changed].sort((left, right) => (left.email < right.email ? -1 : 1)) };
  };
}

function knownTeam(typed: string, teams: readonly string[]): string | undefined {
  return teams.find((team) => team.toLowerCase() === typed.toLowerCase());
}

function requireTeam(typed: string, teams: readonly string[]): string {
  const found = matchNames(typed, teams, (team) => team);
  if (found.length === 1 && found[0] !== undefined) return found[0];
  const known = teams.length > 0 ? `There is ${teams.slice(0, 12).join(", ")}.` : "No data names a team yet.";
  throw new UsageError(
    found.length > 1
      ? `"${typed}" could be ${found.join(", ")}. Write more of it.`
      : `There is no team "${typed}". ${known} Somebody is put into a new one with \`settings person ann@x.example team:${typed || "North"}\`.`,
  );
}

/** @throws UsageError for the first thing that cannot be. */
function refuseFaults(settings: Settings, patch: SettingsPatch): void {
  const outcome = changeSettings(settings, patch);
  const fault = outcome.ok ? undefined : outcome.faults[0];
  if (!fault) return;
  throw new UsageError(
    fault.setting === "people" && fault.value === undefined
      ? "Portfolio needs an admin: this is the last one, and others would be left without any. Make somebody else admin first."
      : `${fault.value === undefined ? "This" : `"${fault.value}"`} ${fault.problem}.`,
  );
}

/**
 * A typed amount in minor units, exact whatever it is.
 *
 * @throws UsageError saying how amounts are written.
 */
export function minorUnits(typed: string, currency: string): number {
  const [, whole = "", fraction = ""] = /^(\d{1,3}(?:[,' ]\d{3})+|\d{1,15})(?:\.(\d+))?$/.exec(typed) ?? [];
  const digits = currencyExponent(currency);
  if (whole === "" || fraction.length > digits)
    throw new UsageError(
      `"${typed}" is no amount: write it such as 250000${digits > 0 ? " or 250000.50" : ""}.`,
    );
  return Number(whole.replace(/\D/g, "") + fraction.padEnd(digits, "0"));
}

function isRemoval(word: string | undefined): boolean {
  return word?.toLowerCase() === "remove";
}

function byPersonAndPeriod(left: QuotaSetting, right: QuotaSetting): number {
  const [one, other] = [`${left.email} ${left.period}`, `${right.email} ${right.period}`];
  return one < other ? -1 : 1;
}
