import type { Settings } from "../core/settings.ts";
import type { SettingsVersion } from "../store/workspaces.ts";
import { showPerson, showQuota } from "./people-words.ts";
import { type SettingWord, settingWords } from "./setting-words.ts";

/** What differs between two versions of the settings, in words: "Currency: EUR → USD". */
export function describeChanges(before: Settings, after: Settings): readonly string[] {
  return [
    ...settingWords
      .filter((word) => differs(word, before, after))
      .map(({ label, show }) => `${label}: ${show(before)} → ${show(after)}`),
    ...describeEach(before.people, after.people, ({ email }) => email, showPerson),
    ...describeEach(
      before.quotas,
      after.quotas,
      ({ email, period }) => `Quota of ${email} for ${period}`,
      showQuota,
    ),
  ];
}

/** Whether standings have to be computed anew after a change. */
export function needsComputing(before: Settings, after: Settings): boolean {
  return settingWords.some((word) => word.isComputed && differs(word, before, after));
}

/** The version that gave a setting its value; undefined while it has its default, or longer ago than the history goes. */
export function lastChange(
  { show }: Pick<SettingWord, "show">,
  history: readonly SettingsVersion[],
): SettingsVersion | undefined {
  return history.find(({ settings }, index) => {
    const earlier = history[index + 1];
    return earlier !== undefined && show(earlier.settings) !== show(settings);
  });
}

function differs({ show }: SettingWord, before: Settings, after: Settings): boolean {
  return show(before) !== show(after);
}

/** What was added, removed or is another now, by name. */
function describeEach<Item>(
  before: readonly Item[],
  after: readonly Item[],
  nameOf: (item: Item) => string,
  show: (item: Item) => string,
): readonly string[] {
  const shown = (items: readonly Item[]) => new Map(items.map((item) => [nameOf(item), show(item)]));
  const [old, fresh] = [shown(before), shown(after)];
  return [...new Set([...old.keys(), ...fresh.keys()])]
    .filter((name) => old.get(name) !== fresh.get(name))
    .map((name) => `${name}: ${old.get(name) ?? "nothing"} → ${fresh.get(name) ?? "removed"}`);
}
