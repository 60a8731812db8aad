import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { changeSettings, defaultSettings, type Settings, visibilityModes } from "../../src/core/settings.ts";
import { describeChanges } from "../../src/settings/describe-settings.ts";
import { nearNames, zoneNames } from "../../src/settings/setting-values.ts";
import { readSetting, type SettingWord, settingWords } from "../../src/settings/setting-words.ts";

const settings: fc.Arbitrary<Settings> = fc
  .record({
    currency: fc.option(fc.constantFrom("EUR", "JPY", "KWD"), { nil: undefined }),
    timeZone: fc.constantFrom(...zoneNames),
    fiscalYearStart: fc.integer({ min: 1, max: 12 }),
    windowMonths: fc.integer({ min: 1, max: 120 }),
    compareDays: fc.integer({ min: 1, max: 730 }),
    cuts: fc
      .uniqueArray(fc.integer({ min: 1, max: 1000 }), { minLength: 3, maxLength: 3 })
      .map((some) => some.toSorted((left, right) => left - right))
      .map(([A = 0, B = 0, C = 0]) => ({ A, B, C })),
    revenue: fc.constantFrom("net" as const, "gross" as const),
    basisDays: fc.integer({ min: 0, max: 400 }),
    visibility: fc.constantFrom(...visibilityModes),
    value: fc.record({
      margin: fc.integer({ min: 1, max: 1000 }),
      discountPercent: fc.integer({ min: 0, max: 100 }),
      horizonMonths: fc.integer({ min: 3, max: 120 }),
      quietBelowPercent: fc.integer({ min: 1, max: 99 }),
    }),
    offers: fc
      .record({
        margin: fc.integer({ min: 1, max: 1000 }),
        minutesA: fc.integer({ min: 1, max: 6_000 }),
        floorPerHour: fc.integer({ min: 0, max: 999_999 }),
        pauseAbovePercent: fc.integer({ min: 50, max: 99 }),
        weightFit: fc.integer({ min: 0, max: 500 }),
      })
      .map((some) => ({ ...defaultSettings.offers, ...some })),
    actions: fc.record({
      perHolder: fc.integer({ min: 1, max: 100 }),
      coolDownDays: fc.integer({ min: 0, max: 365 }),
      rewardBudget: fc.integer({ min: 0, max: 100_000_000 }),
    }),
    digests: fc.record({
      slackConnect: fc.boolean(),
      holidays: fc.constantFrom("", "DE", "DE-BY", "US-CA", "GB-SCT"),
    }),
  })
  .map((some) => ({ ...defaultSettings, ...some }));

/** Settings that several words are parts of. */
const parted: ReadonlySet<string> = new Set([
  "offers",
  "value",
  "actions",
  "digests",
  "leaderboard",
  "coverage",
]);

/** The settings when this was typed for one of them. */
function typedInto(current: Settings, word: SettingWord, typed: string): Settings {
  const read = readSetting(word, typed, current);
  if (!read.ok) throw new Error(read.problem);
  const outcome = changeSettings(current, read.patch);
  if (!outcome.ok) throw new Error(outcome.faults[0]?.problem);
  return outcome.settings;
}

describe.each(settingWords.map((word) => [word.name, word] as const))("%s", (_, word) => {
  test("typed as it stands, it changes nothing; typed elsewhere, it becomes that", () => {
    fc.assert(
      fc.property(settings, settings, (current, other) => {
        expect(typedInto(current, word, word.typed(current))).toEqual(current);
        const after = typedInto(current, word, ` ${word.typed(other)} `);
        expect(word.typed(after)).toBe(word.typed(other));
        expect(after).toEqual(
          parted.has(word.key)
            ? { ...current, [word.key]: after[word.key] }
            : { ...current, [word.key]: other[word.key] },
        );
        expect(describeChanges(current, after)).toHaveLength(word.show(current) === word.show(after) ? 0 : 1);
      }),
      { seed: 4201, numRuns: 50 },
    );
  });

  test("whatever is typed is a value or a sentence that says what is wrong", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (typed) => {
        const read = readSetting(word, typed, defaultSettings);
        if (!read.ok) expect(read.problem).toMatch(/[.?]$/);
      }),
      { seed: 4202 },
    );
  });

  test("its example is understood", () => {
    expect(readSetting(word, word.example, defaultSettings).ok).toBe(true);
    expect(word.choices?.every(({ value }) => readSetting(word, value, defaultSettings).ok) ?? true).toBe(
      true,
    );
  });
});

test.each([
  ["berlin", ["Europe/Berlin"]],
  ["atlantis", []],
])("%s is near %j", (typed, near) => {
  const zone = settingWords.find(({ name }) => name === "time-zone");
  const read = zone && readSetting(zone, `Europe/${typed}x`, defaultSettings);
  expect(read?.ok === false ? read.near : undefined).toEqual(near);
});

test.each(["J", "Ju", "Ma"])("the month %s is not guessed", (typed) => {
  const month = settingWords.find(({ name }) => name === "fiscal-year");
  expect(month && readSetting(month, typed, defaultSettings)).toMatchObject({ ok: false });
});

test("near names are those a slip away, the nearest first", () => {
  expect(nearNames("windw", ["currency", "window", "cuts"])).toEqual(["window"]);
  expect(nearNames("hist", ["history", "cuts"])).toEqual(["history"]);
  expect(nearNames("", ["history"])).toEqual([]);
});

test.each([
  ["offer-margin", "37.5 %", { margin: 375 }],
  ["offer-minutes-b", "45 minutes", { minutesB: 45 }],
  ["offer-rest-days", "14d", { restDays: 14 }],
  ["offer-weight-similar", "0%", { weightSimilar: 0 }],
])("%s %s changes that part of the offers' settings alone", (name, typed, offers) => {
  const word = settingWords.find((each) => each.name === name);
  expect(word && readSetting(word, typed, defaultSettings)).toEqual({ ok: true, patch: { offers } });
});

test("a margin that can not be is refused in the unit in which it was typed", () => {
  const word = settingWords.find(({ name }) => name === "offer-margin");
  expect(word && readSetting(word, "101", defaultSettings)).toMatchObject({
    problem: '"101" must be a percentage from 0.1 to 100.',
  });
});

test.each([
  ["actions-per-person", "5 actions", { actions: { perHolder: 5 } }],
  ["actions-cool-down", "21d", { actions: { coolDownDays: 21 } }],
  ["reward-budget", "2,500", { actions: { rewardBudget: 2_500 } }],
  ["digest-holidays", "de-by", { digests: { holidays: "DE-BY" } }],
  ["digest-holidays", "Germany", { digests: { holidays: "DE" } }],
  ["digest-holidays", "none", { digests: { holidays: "" } }],
  ["digest-slack-connect", "Yes", { digests: { slackConnect: true } }],
])("%s %s changes that part alone", (name, typed, patch) => {
  const word = settingWords.find((each) => each.name === name);
  expect(word && readSetting(word, typed, defaultSettings)).toEqual({ ok: true, patch });
});

test.each([
  ["digest-holidays", "ZZ", /^"ZZ" is no country, and no part of one, whose public holidays are known/],
  ["digest-holidays", "DE-ZZ", /such as DE or DE-BY\.$/],
  ["digest-holidays", "Germny", /Did you mean Germany\?$/],
  ["digest-slack-connect", "perhaps", /^"perhaps" must be yes or no\.$/],
  ["reward-budget", "-5", /^"-5" must be a whole number from 0 to 100000000\.$/],
  ["actions-per-person", "0", /^"0" must be a whole number from 1 to 100\.$/],
])("%s %s is refused with what would be right", (name, typed, problem) => {
  const word = settingWords.find((each) => each.name === name);
  expect(word && readSetting(word, typed, defaultSettings)).toMatchObject({
    ok: false,
    problem: expect.stringMatching(problem),
  });
});
