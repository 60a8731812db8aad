import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cronFault } from "../../src/digest/cron.ts";
import { wordCron } from "../../src/digest/cron-words.ts";
import { type Holidays, holidaysIn, noHolidays } from "../../src/digest/holidays.ts";
import { nextRuns } from "../../src/digest/next-runs.ts";
import { wordRuns } from "../../src/digest/run-words.ts";
import { comingRuns, GRACE_MS, runsDue } from "../../src/digest/schedule.ts";

const berlin = "Europe/Berlin";

function holidays(region: string): Holidays {
  const found = holidaysIn(region);
  if (!found) throw new RangeError(`no holidays of ${region}`);
  return found;
}

describe("public holidays", () => {
  const runs = (cron: string, after: string, count: number, kept: Holidays) =>
    nextRuns({ cron }, berlin, new Date(after), count, kept).map(({ at, insteadOf }) =>
      [at.toISOString().slice(0, 16), ...(insteadOf ? [insteadOf.day] : [])].join(" not "),
    );

  test("move a run to the next day that is neither one nor at a weekend", async () => {
    // Christmas of 2026 is a Friday and a Saturday; New Year a Friday.
    expect(runs("30 8 * * 5", "2026-12-12T00:00:00Z", 4, holidays("DE"))).toEqual([
      "2026-12-18T07:30",
      "2026-12-28T07:30 not 2026-12-25",
      "2027-01-04T07:30 not 2027-01-01",
      "2027-01-08T07:30",
    ]);
  });

  test("are the region's own", async () => {
    // Epiphany is one in Bavaria alone of these two; 2027 has it on a Wednesday.
    const after = "2027-01-01T12:00:00Z";
    expect(runs("30 8 * * 3", after, 1, holidays("DE-BY"))).toEqual(["2027-01-07T07:30 not 2027-01-06"]);
    expect(runs("30 8 * * 3", after, 1, holidays("DE-BE"))).toEqual(["2027-01-06T07:30"]);
    expect(runs("30 8 * * 3", after, 1, noHolidays)).toEqual(["2027-01-06T07:30"]);
  });

  test("are left out where the regular run after them comes first", async () => {
    expect(runs("30 8 * * 1-5", "2026-12-23T12:00:00Z", 3, holidays("DE"))).toEqual([
      "2026-12-24T07:30",
      "2026-12-28T07:30",
      "2026-12-29T07:30",
    ]);
    expect(runs("30 8 25,26 12 *", "2026-12-01T00:00:00Z", 2, holidays("DE"))).toEqual([
      "2026-12-28T07:30 not 2026-12-26",
      "2027-12-27T07:30 not 2027-12-26",
    ]);
  });

  test("that lie before a moment may have moved a run behind it", async () => {
    expect(runs("30 8 * * 5", "2026-12-27T00:00:00Z", 1, holidays("DE"))).toEqual([
      "2026-12-28T07:30 not 2026-12-25",
    ]);
  });

  // Oracle: gov.uk, bank holidays: Boxing Day of 2026 is a Saturday, so Monday is one.
  test("have their substitutes, their last days and no halves", async () => {
    const [england, romania, china] = await Promise.all(["GB-ENG", "RO", "CN"].map(holidays));
    expect(england?.on("2026-12-28")).toContain("Boxing Day");
    expect(england?.on("2026-12-29")).toBeUndefined();
    // New Year has two days there.
    const days = ["2026-12-31", "2027-01-01", "2027-01-02", "2027-01-03"];
    expect(days.map((day) => romania?.on(day) !== undefined)).toEqual([false, true, true, false]);
    // On Youth Day young people have the afternoon off.
    expect(china?.on("2026-05-04")).toBeUndefined();
    expect(china?.on("2026-10-01")).toBe("National Day");
  });

  test("of places that nobody knows are none", async () => {
    expect(["XX", "DE-ZZ", "DE-BY-ZZ"].map(holidaysIn)).toEqual([undefined, undefined, undefined]);
    expect(holidaysIn("")).toBe(noHolidays);
    expect(holidays("US-LA-NO").on("2026-12-25")).toBe("Christmas Day");
  });

  test("say so where runs are shown", async () => {
    const found = nextRuns(
      { cron: "30 8 * * 5" },
      berlin,
      new Date("2026-12-12T00:00:00Z"),
      3,
      holidays("DE"),
    );
    expect(wordRuns(found, berlin, new Date("2026-12-12T00:00:00Z"))).toBe(
      "Fri 18 Dec 08:30, Mon 28 Dec 08:30 (not on Fri 25 Dec, Christmas Day), Mon 4 Jan 2027 08:30 (not on Fri 1 Jan 2027, New Year's Day), Europe/Berlin",
    );
  });
});

describe("what is due", () => {
  const weekly = { cron: "30 8 * * 2", zone: berlin };
  const due = (
    nextAt: string | undefined,
    now: string,
    more: { cron?: string; zone?: string; kept?: Holidays } = {},
  ) => {
    const { cron = weekly.cron, zone = berlin, kept = noHolidays } = more;
    const schedule = { cron, zone: berlin, nextAt: nextAt === undefined ? undefined : new Date(nextAt) };
    const { runAt, nextAt: next, ...rest } = runsDue(schedule, zone, new Date(now), kept);
    expect(rest).toEqual({ zone });
    return [runAt?.toISOString().slice(0, 16), next?.toISOString().slice(0, 16)];
  };

  test("is the run whose time has come, and the next one lies ahead", () => {
    expect(due("2026-11-24T07:30:00Z", "2026-11-24T07:30:00Z")).toEqual([
      "2026-11-24T07:30",
      "2026-12-01T07:30",
    ]);
    expect(due("2026-11-24T07:30:00Z", "2026-11-24T07:29:59Z")).toEqual([undefined, "2026-11-24T07:30"]);
  });

  test("after three weeks of downtime is nothing that was missed, or the last run alone", () => {
    expect(due("2026-11-03T07:30:00Z", "2026-11-23T12:00:00Z")).toEqual([undefined, "2026-11-24T07:30"]);
    expect(due("2026-11-03T07:30:00Z", "2026-11-24T13:30:00Z")).toEqual([
      "2026-11-24T07:30",
      "2026-12-01T07:30",
    ]);
    expect(due("2026-11-03T07:30:00Z", "2026-11-24T13:30:00.001Z")).toEqual([undefined, "2026-12-01T07:30"]);
    const hourly = { cron: "0 * * * *" };
    expect(due("2026-11-03T07:00:00Z", "2026-11-24T13:30:00Z", hourly)).toEqual([
      "2026-11-24T13:00",
      "2026-11-24T14:00",
    ]);
  });

  test("is never more than one run, each within the grace, and the next always comes later", () => {
    const moments = fc.record({
      nextAt: fc.date({ min: new Date("2026-01-01"), max: new Date("2027-01-01"), noInvalidDate: true }),
      laterMs: fc.integer({ min: 0, max: 40 * 86_400_000 }),
      cron: fc.constantFrom("30 8 * * 2", "0 * * * *", "15 2 * * *", "30 8 31L * *"),
      zone: fc.constantFrom(berlin, "America/New_York", "Australia/Lord_Howe"),
    });
    fc.assert(
      fc.property(moments, ({ nextAt: from, laterMs, cron, zone }) => {
        const [first] = nextRuns({ cron }, berlin, from, 1, noHolidays);
        const nextAt = first?.at ?? from;
        const now = new Date(nextAt.getTime() + laterMs);
        const found = runsDue({ cron, zone: berlin, nextAt }, zone, now, noHolidays);
        expect(found.nextAt?.getTime()).toBeGreaterThan(now.getTime());
        if (!found.runAt) return;
        expect(found.runAt.getTime()).toBeGreaterThanOrEqual(now.getTime() - GRACE_MS);
        expect(found.runAt.getTime()).toBeLessThanOrEqual(now.getTime());
      }),
      { seed: 7, numRuns: 200 },
    );
  });

  test("is nothing while it is paused", () => {
    expect(due(undefined, "2026-11-24T07:30:00Z")).toEqual([undefined, undefined]);
  });

  test("goes by the zone that the recipient is in by now", () => {
    // In New York it is half past two in the night: it comes at 08:30 there.
    expect(due("2026-11-24T07:30:00Z", "2026-11-24T07:30:00Z", { zone: "America/New_York" })).toEqual([
      undefined,
      "2026-11-24T13:30",
    ]);
    // In Tokyo it was 08:30 eight hours ago: this once it comes late rather than not at all.
    expect(due("2026-11-24T07:30:00Z", "2026-11-24T07:30:00Z", { zone: "Asia/Tokyo" })).toEqual([
      "2026-11-24T07:30",
      "2026-11-30T23:30",
    ]);
  });

  test("moves from a holiday that was only then put into the settings", async () => {
    const kept = holidays("DE");
    const late = { cron: "30 8 * * 5", kept };
    expect(due("2026-12-25T07:30:00Z", "2026-12-25T07:30:00Z", late)).toEqual([
      undefined,
      "2026-12-28T07:30",
    ]);
  });

  test("is shown beforehand as it will be", () => {
    const shown = (zone: string, nextAt: string | undefined, now: string) =>
      comingRuns(
        { ...weekly, nextAt: nextAt === undefined ? undefined : new Date(nextAt) },
        zone,
        new Date(now),
        2,
        noHolidays,
      ).map(({ at }) => at.toISOString().slice(0, 16));
    expect(shown(berlin, "2026-11-24T07:30:00Z", "2026-11-22T12:00:00Z")).toEqual([
      "2026-11-24T07:30",
      "2026-12-01T07:30",
    ]);
    expect(shown("America/New_York", "2026-11-24T07:30:00Z", "2026-11-22T12:00:00Z")).toEqual([
      "2026-11-24T13:30",
      "2026-12-01T13:30",
    ]);
    expect(shown("Asia/Tokyo", "2026-11-24T07:30:00Z", "2026-11-22T12:00:00Z")).toEqual([
      "2026-11-24T07:30",
      "2026-11-30T23:30",
    ]);
    expect(shown(berlin, "2026-11-03T07:30:00Z", "2026-11-22T12:00:00Z")).toEqual([
      "2026-11-24T07:30",
      "2026-12-01T07:30",
    ]);
    expect(shown(berlin, undefined, "2026-11-22T12:00:00Z")).toEqual([]);
  });
});

test.each([
  ["30 8 * * 2", "every Tuesday at 08:30"],
  ["15 7 * * 1,4", "every Monday and Thursday at 07:15"],
  ["30 8 * * 7", "every Sunday at 08:30"],
  ["30 8 * * 1-5", "every working day at 08:30"],
  ["0 0 * * *", "every day at 00:00"],
  ["30 8 1W * *", "on the first working day of the month at 08:30"],
  ["30 8 LW * *", "on the last working day of the month at 08:30"],
  ["30 8 31L * *", "on the last day of the month at 08:30"],
  ["30 8 L * *", "on the last day of the month at 08:30"],
  ["30 8 1,22,13 * *", "on the 1st, 22nd and 13th of the month at 08:30"],
  ["30 8 30L * *", "on the 30th of the month, or the last day of a shorter one, at 08:30"],
  ["30 8 * * 2#1,2#3", "on the first and third Tuesday of the month at 08:30"],
  ["30 8 * * 5#L", "on the last Friday of the month at 08:30"],
  ["0 8-17 * * 1-5", 'by cron "0 8-17 * * 1-5"'],
  ["0 8 13 * 5", 'by cron "0 8 13 * 5"'],
  ["0 8 1 1 *", 'by cron "0 8 1 1 *"'],
  ["0 8 29 2 *", 'by cron "0 8 29 2 *"'],
])("%s is %s", (cron, words) => {
  expect(cronFault(cron)).toBeUndefined();
  expect(wordCron(cron)).toBe(words);
});

test.each([
  ["0 8 30 2 *", "never"],
  ["0,30 8 * * *", "too-often"],
  ["*/5 * * * *", "too-often"],
  ["59,1 8 29 2 *", "too-often"],
  ["60 8 * * 2", "malformed"],
  ["30 8 * * 8", "malformed"],
  ["30 8 * *", "malformed"],
  ["0 30 8 * * 2", "malformed"],
  ["@weekly", "malformed"],
  ["? 8 * * *", "malformed"],
  ["30 8 32L * *", "malformed"],
  ["soon", "malformed"],
  ["", "malformed"],
])("%s is no schedule: %s", (cron, fault) => {
  expect(cronFault(cron)).toBe(fault);
});
