import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  changeSettings,
  defaultSettings,
  roles,
  type Settings,
  settingKeys,
  settingsSchema,
  visibilityModes,
} from "../../src/core/settings.ts";

const email = fc.constantFrom("ann@x.example", "bob@x.example", "cem@x.example");
const person = fc.record({
  email,
  role: fc.constantFrom(...roles),
  manages: fc.array(fc.constantFrom("North", "South"), { maxLength: 2 }),
});
const quota = fc.record({
  email,
  period: fc.constantFrom("2026", "2026Q1"),
  amountMinor: fc.nat(),
  currency: fc.constant("EUR"),
});
const settings: fc.Arbitrary<Settings> = fc
  .record(
    {
      currency: fc.constantFrom("EUR", "JPY"),
      timeZone: fc.constantFrom("UTC", "Europe/Berlin"),
      fiscalYearStart: fc.integer({ min: 1, max: 12 }),
      windowMonths: fc.integer({ min: 1, max: 120 }),
      cuts: fc.constantFrom({ A: 800, B: 950, C: 990 }, { A: 500, B: 800, C: 1000 }),
      visibility: fc.constantFrom(...visibilityModes),
      people: fc.uniqueArray(person, { selector: (one) => one.email, maxLength: 3 }),
      quotas: fc.uniqueArray(quota, { selector: (one) => `${one.email} ${one.period}`, maxLength: 4 }),
    },
    { requiredKeys: [] },
  )
  .map((some) => settingsSchema.parse(some));
/** Values right and wrong, for every setting. */
const anything = fc.oneof(
  fc.anything(),
  fc.string(),
  fc.integer(),
  fc.constantFrom("EUR", "Mars/Olympus", "net", "own"),
  fc.array(person),
  fc.array(quota),
);
const patch = fc.dictionary(fc.constantFrom(...settingKeys), anything, { maxKeys: 3, noNullPrototype: true });

describe("changing settings", () => {
  test("to what they are already changes nothing", () => {
    fc.assert(
      fc.property(settings, (current) => {
        expect(changeSettings(current, current)).toEqual({ ok: true, settings: current, changed: [] });
        expect(changeSettings(current, {})).toEqual({ ok: true, settings: current, changed: [] });
      }),
      { seed: 4101 },
    );
  });

  test("with anything at all is refused by name, or gives settings that are settings", () => {
    fc.assert(
      fc.property(settings, patch, (current, wanted) => {
        const outcome = changeSettings(current, wanted as Partial<Settings>);
        if (outcome.ok) {
          expect(settingsSchema.parse(outcome.settings)).toEqual(outcome.settings);
          expect(changeSettings(outcome.settings, wanted as Partial<Settings>)).toEqual({
            ...outcome,
            changed: [],
          });
          expect(Object.keys(wanted)).toEqual(expect.arrayContaining([...outcome.changed]));
        } else {
          expect(outcome.faults).not.toEqual([]);
          for (const { setting, problem } of outcome.faults) {
            expect(Object.keys(wanted)).toContain(setting);
            expect(problem).not.toBe("");
          }
        }
      }),
      { seed: 4102 },
    );
  });

  test.each([
    [{ currency: "XYZ" }, "currency", "XYZ", "is no currency: use a code such as EUR"],
    [{ timeZone: "Berlin" }, "timeZone", "Berlin", "is no time zone: use one such as Europe/Berlin"],
    [{ fiscalYearStart: 13 }, "fiscalYearStart", "13", "is no month: use one such as April"],
    [{ windowMonths: 0 }, "windowMonths", "0", "must be a whole number from 1 to 120"],
    [{ compareDays: 1.5 }, "compareDays", "1.5", "must be a whole number from 1 to 730"],
    [
      { cuts: { A: 990, B: 950, C: 800 } },
      "cuts",
      undefined,
      "must be three rising percentages such as 80/95/99",
    ],
    [{ people: [{ email: "ann", role: "admin" as const }] }, "people", "ann", "is no e-mail address"],
  ])("%j is refused with what would be right", (wanted, setting, value, problem) => {
    expect(changeSettings(defaultSettings, wanted)).toEqual({
      ok: false,
      faults: [{ setting, value, problem }],
    });
  });

  test("names an address as it is compared, and nobody twice", () => {
    const ann = { email: " Ann@X.example ", role: "admin" as const };
    expect(changeSettings(defaultSettings, { people: [ann] })).toMatchObject({
      settings: { people: [{ email: "ann@x.example", role: "admin", manages: [] }] },
      changed: ["people"],
    });
    expect(changeSettings(defaultSettings, { people: [ann, ann] })).toMatchObject({
      faults: [{ setting: "people", problem: "names somebody twice" }],
    });
  });

  test("never leaves people without an admin who had one", () => {
    const [ann, bob] = [
      { email: "ann@x.example", role: "admin" as const, manages: [] },
      { email: "bob@x.example", role: "rep" as const, manages: [] },
    ];
    const current = { ...defaultSettings, people: [ann, bob] };
    const lockedOut = { ok: false, faults: [{ setting: "people", problem: "would have no admin left" }] };
    expect(changeSettings(current, { people: [bob] })).toMatchObject(lockedOut);
    expect(changeSettings(current, { people: [{ ...ann, role: "rep" }, bob] })).toMatchObject(lockedOut);
    expect(changeSettings(current, { people: [ann] }).ok).toBe(true);
    expect(changeSettings(current, { people: [ann, { ...bob, role: "admin" }] }).ok).toBe(true);
    expect(changeSettings({ ...current, people: [ann] }, { people: [] }).ok).toBe(true);
    expect(changeSettings(defaultSettings, { people: [bob] }).ok).toBe(true);
  });
});
