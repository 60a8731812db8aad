import type { Line, Reply } from "../command.ts";
import type { Settings } from "../core/settings.ts";
import type { DecidedSettings } from "../store/decisions.ts";
import type { SettingsVersion } from "../store/workspaces.ts";
import { countOf, formatMoment } from "../wording.ts";
import { lastChange } from "./describe-settings.ts";
import { whoMay } from "./edit-settings.ts";
import { personUsage, quotaUsage, showPerson, showQuota } from "./people-words.ts";
import { type SettingWord, settingWords } from "./setting-words.ts";
import { rateUsage } from "./settings-lists.ts";

/** What concerns everybody who reads figures; the rest is for admins. */
const concernsAll: ReadonlySet<string> = new Set([
  "currency",
  "time-zone",
  "fiscal-year",
  "window",
  "compare",
  "cuts",
  "visibility",
]);

/**
 * Every setting with who changed it last, and what an admin can type.
 *
 * @param currency the one that totals are in so far.
 */
export function showForAdmin(
  decided: DecidedSettings,
  currency: string | undefined,
  history: readonly SettingsVersion[],
): Reply {
  const { settings, settingsVersion } = decided;
  const { quotas, timeZone } = settings;
  return {
    headline: settingsVersion === 0 ? "Settings, all as they come" : `Settings, version ${settingsVersion}`,
    table: {
      caption: "What is decided, and how to change it",
      columns: [{ title: "Setting" }, { title: "Value" }, { title: "Type" }, { title: "Changed" }],
      rows: settingWords.map((word) =>
        [
          word.label,
          word.show(settings),
          typedExample(word),
          changed(lastChange(word, history), timeZone),
        ].map((text) => ({ text })),
      ),
    },
    facts: [
      { label: "People", value: countRoles(settings) },
      { label: "Quotas", value: String(quotas.length) },
    ],
    lines: [
      ["Also by typing:"],
      ...[personUsage, quotaUsage, rateUsage].map((usage): Line => [{ text: usage, style: "code" }]),
    ],
    actions: [
      { kind: "form", form: "settings", label: "Change settings", line: "settings <name> <value>" },
      { kind: "run", label: "History", line: "settings history" },
      { kind: "run", label: "People", line: "settings people" },
      { kind: "run", label: "Quotas", line: "settings quotas" },
      { kind: "run", label: "Rates", line: "settings rates" },
    ],
    notes: currencyNotes(settings, currency),
    data: { version: settingsVersion, settings },
  };
}

/** What a rep or manager should know about how figures come about, and who to ask. */
export function showForReaders({ settings, admins }: DecidedSettings, currency: string | undefined): Reply {
  const shown = settingWords.filter(({ name }) => concernsAll.has(name));
  const [own] = settings.people;
  return {
    headline: "How the portfolio is computed and shown",
    facts: [
      ...shown.map(({ label, show }) => ({ label, value: show(settings) })),
      ...(own ? [{ label: "You are", value: showPerson(own) }] : []),
      ...settings.quotas.map((quota) => ({
        label: `Your quota for ${quota.period}`,
        value: showQuota(quota),
      })),
    ],
    notes: [...currencyNotes(settings, currency), `Only an admin changes settings. ${whoMay(admins)}`],
    data: { settings: Object.fromEntries(shown.map(({ key }) => [key, settings[key] ?? null])), admins },
  };
}

function typedExample({ name, example, choices }: SettingWord): string {
  const few = choices && choices.length <= 3 ? choices.map(({ value }) => value).join("|") : example;
  return `settings ${name} ${few}`;
}

function currencyNotes(settings: Settings, currency: string | undefined): readonly string[] {
  return settings.currency === undefined && currency !== undefined ? [`Most sales are in ${currency}.`] : [];
}

function countRoles({ people }: Settings): string {
  const counts = (["admin", "manager", "rep"] as const)
    .map((role) => ({ role, count: people.filter((person) => person.role === role).length }))
    .filter(({ count }) => count > 0)
    .map(({ role, count }) => countOf(count, role));
  return counts.join(", ") || "nobody is named yet";
}

function changed(version: SettingsVersion | undefined, timeZone: string): string {
  return version ? `${version.changedBy}, ${formatMoment(version.changedAt, timeZone)}` : "";
}
