import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { noHolidays } from "../../src/digest/holidays.ts";
import { nextRuns } from "../../src/digest/next-runs.ts";
import { firstShowing, showings, shownAt } from "./clocks.ts";

const zones = [
  "Europe/Berlin",
  "Europe/London",
  "Europe/Lisbon",
  "America/New_York",
  "America/Los_Angeles",
  "America/Sao_Paulo",
  "Asia/Kolkata",
  "Asia/Tokyo",
  "Australia/Sydney",
  "Australia/Lord_Howe",
  "Africa/Cairo",
  "Pacific/Auckland",
  "Pacific/Chatham",
] as const;

function runs(cron: string, zone: string, after: string, count: number): readonly string[] {
  return nextRuns({ cron }, zone, new Date(after), count, noHolidays).map(({ at }) => at.toISOString());
}

describe("weekly on Tuesday at 08:30, all of 2027", () => {
  const year = { from: "2027-01-01", until: "2027-12-31" };

  test("is the list that is kept, and what clocks show", async () => {
    const lists = zones.map((zone) => {
      const found = runs("30 8 * * 2", zone, "2026-12-30T00:00:00Z", 52);
      expect(found).toEqual(showings("08:30", 2, zone, year).map((moment) => moment.toISOString()));
      return [zone, ...found.map((at) => `  ${at} is ${shownAt(new Date(at), zone)} there`)].join("\n");
    });
    await expect(`${lists.join("\n\n")}\n`).toMatchFileSnapshot("./weekly-runs-2027.txt");
  });

  // Oracle: the dates of the changes in the IANA database, 2025b.
  test.each([
    ["Europe/Berlin", ["2027-03-23T07:30", "2027-03-30T06:30"], ["2027-10-26T06:30", "2027-11-02T07:30"]],
    ["Europe/London", ["2027-03-23T08:30", "2027-03-30T07:30"], ["2027-10-26T07:30", "2027-11-02T08:30"]],
    ["Europe/Lisbon", ["2027-03-23T08:30", "2027-03-30T07:30"], ["2027-10-26T07:30", "2027-11-02T08:30"]],
    ["America/New_York", ["2027-03-09T13:30", "2027-03-16T12:30"], ["2027-11-02T12:30", "2027-11-09T13:30"]],
    [
      "America/Los_Angeles",
      ["2027-03-09T16:30", "2027-03-16T15:30"],
      ["2027-11-02T15:30", "2027-11-09T16:30"],
    ],
    ["America/Sao_Paulo", ["2027-03-23T11:30", "2027-03-30T11:30"], ["2027-10-26T11:30", "2027-11-02T11:30"]],
    ["Asia/Kolkata", ["2027-03-23T03:00", "2027-03-30T03:00"], ["2027-10-26T03:00", "2027-11-02T03:00"]],
    ["Asia/Tokyo", ["2027-03-22T23:30", "2027-03-29T23:30"], ["2027-10-25T23:30", "2027-11-01T23:30"]],
    ["Australia/Sydney", ["2027-03-29T21:30", "2027-04-05T22:30"], ["2027-09-27T22:30", "2027-10-04T21:30"]],
    [
      "Australia/Lord_Howe",
      ["2027-03-29T21:30", "2027-04-05T22:00"],
      ["2027-09-27T22:00", "2027-10-04T21:30"],
    ],
    ["Africa/Cairo", ["2027-04-27T06:30", "2027-05-04T05:30"], ["2027-10-26T05:30", "2027-11-02T06:30"]],
    ["Pacific/Auckland", ["2027-03-29T19:30", "2027-04-05T20:30"], ["2027-09-20T20:30", "2027-09-27T19:30"]],
    ["Pacific/Chatham", ["2027-03-29T18:45", "2027-04-05T19:45"], ["2027-09-20T19:45", "2027-09-27T18:45"]],
  ])("in %s is at these moments around the changes", (zone, spring, autumn) => {
    for (const pair of [spring, autumn]) {
      const [first = ""] = pair;
      const before = new Date(Date.parse(`${first}Z`) - 1).toISOString();
      expect(runs("30 8 * * 2", zone, before, 2)).toEqual(pair.map((at) => `${at}:00.000Z`));
    }
  });
});

describe("a time that clocks", () => {
  // Oracle: the IANA database; São Paulo and Cairo change at midnight, Lord Howe by half an hour.
  test.each([
    ["Europe/Berlin", "2027-03-28 02:30", "2027-03-28T01:00"],
    ["Europe/London", "2027-03-28 01:30", "2027-03-28T01:00"],
    ["Europe/Lisbon", "2027-03-28 01:30", "2027-03-28T01:00"],
    ["America/New_York", "2027-03-14 02:30", "2027-03-14T07:00"],
    ["America/Los_Angeles", "2027-03-14 02:30", "2027-03-14T10:00"],
    ["America/Sao_Paulo", "2018-11-04 00:30", "2018-11-04T03:00"],
    ["Australia/Sydney", "2027-10-03 02:30", "2027-10-02T16:00"],
    ["Australia/Lord_Howe", "2027-10-03 02:15", "2027-10-02T15:30"],
    ["Africa/Cairo", "2027-04-30 00:30", "2027-04-29T22:00"],
    ["Pacific/Auckland", "2027-09-26 02:30", "2027-09-25T14:00"],
    ["Pacific/Chatham", "2027-09-26 03:00", "2027-09-25T14:00"],
  ])("in %s skip, %s, is when they have", (zone, wall, expected) => {
    expect(ranOn(zone, wall)).toEqual([`${expected}:00.000Z`]);
    expect(firstShowing(wall, zone).toISOString()).toBe(`${expected}:00.000Z`);
    expect(shownAt(new Date(`${expected}Z`), zone)).not.toBe(wall);
  });

  test.each([
    ["Europe/Berlin", "2027-10-31 02:30", "2027-10-31T00:30"],
    ["Europe/London", "2027-10-31 01:30", "2027-10-31T00:30"],
    ["Europe/Lisbon", "2027-10-31 01:30", "2027-10-31T00:30"],
    ["America/New_York", "2027-11-07 01:30", "2027-11-07T05:30"],
    ["America/Los_Angeles", "2027-11-07 01:30", "2027-11-07T08:30"],
    ["America/Sao_Paulo", "2019-02-16 23:30", "2019-02-17T01:30"],
    ["Australia/Sydney", "2027-04-04 02:30", "2027-04-03T15:30"],
    ["Australia/Lord_Howe", "2027-04-04 01:45", "2027-04-03T14:45"],
    ["Africa/Cairo", "2027-10-28 23:30", "2027-10-28T20:30"],
    ["Pacific/Auckland", "2027-04-04 02:30", "2027-04-03T13:30"],
    ["Pacific/Chatham", "2027-04-04 03:00", "2027-04-03T13:15"],
  ])("in %s show twice, %s, is the first of the two alone", (zone, wall, expected) => {
    expect(ranOn(zone, wall)).toEqual([`${expected}:00.000Z`]);
    // The other one is an hour later, or half an hour on Lord Howe.
    const again = [30, 60].map((minutes) => new Date(Date.parse(`${expected}Z`) + minutes * 60_000));
    expect(again.map((moment) => shownAt(moment, zone))).toContain(wall);
  });

  test("skip gives way to the next one within the hour", () => {
    expect(runs("30 * * * *", "Europe/Berlin", "2027-03-28T00:00:00Z", 3)).toEqual([
      "2027-03-28T00:30:00.000Z",
      "2027-03-28T01:30:00.000Z",
      "2027-03-28T02:30:00.000Z",
    ]);
  });

  /** The runs of that day when it is wished for at that time of every day. */
  function ranOn(zone: string, wall: string): readonly string[] {
    const [day = "", time = ""] = wall.split(" ");
    const [hour, minute] = time.split(":").map(Number);
    const before = new Date(Date.parse(`${day}T00:00Z`) - 48 * 3_600_000).toISOString();
    return runs(`${minute} ${hour} * * *`, zone, before, 5).filter(
      (at) => shownAt(new Date(at), zone).slice(0, 10) === day,
    );
  }
});

describe("month ends", () => {
  const days = (cron: string, after: string, count: number) =>
    runs(cron, "Europe/Berlin", after, count).map((at) => shownAt(new Date(at), "Europe/Berlin"));

  test("the 31st is the last day of shorter months, in leap years too", () => {
    expect(days("30 8 31L * *", "2027-12-31T12:00:00Z", 6)).toEqual(
      ["01-31", "02-29", "03-31", "04-30", "05-31", "06-30"].map((day) => `2028-${day} 08:30`),
    );
    expect(days("30 8 31L * *", "2027-01-31T12:00:00Z", 1)).toEqual(["2027-02-28 08:30"]);
  });

  test("the 29th and 30th are the last of February, and no other day of longer months", () => {
    expect(days("30 8 30L * *", "2027-01-01T00:00:00Z", 4)).toEqual(
      ["01-30", "02-28", "03-30", "04-30"].map((day) => `2027-${day} 08:30`),
    );
    expect(days("30 8 29L 2 *", "2026-01-01T00:00:00Z", 4)).toEqual(
      ["2026-02-28", "2027-02-28", "2028-02-29", "2029-02-28"].map((day) => `${day} 08:30`),
    );
    expect(days("30 8 15,30L * *", "2027-02-01T00:00:00Z", 3)).toEqual(
      ["02-15", "02-28", "03-15"].map((day) => `2027-${day} 08:30`),
    );
  });

  test("as cron has it, a 31st comes in long months only and a leap day in leap years only", () => {
    expect(days("30 8 31 * *", "2027-01-31T12:00:00Z", 2)).toEqual(["2027-03-31 08:30", "2027-05-31 08:30"]);
    expect(days("0 8 29 2 *", "2026-01-01T00:00:00Z", 3)).toEqual(
      ["2028", "2032", "2036"].map((year) => `${year}-02-29 08:00`),
    );
  });

  test("the first and the last working day are neither Saturday nor Sunday", () => {
    expect(days("30 8 1W * *", "2027-04-30T12:00:00Z", 3)).toEqual(
      ["05-03", "06-01", "07-01"].map((day) => `2027-${day} 08:30`),
    );
    expect(days("30 8 LW * *", "2027-01-01T00:00:00Z", 3)).toEqual(
      ["01-29", "02-26", "03-31"].map((day) => `2027-${day} 08:30`),
    );
  });
});

test("runs come after the moment, in their order, an hour apart or more, and at the wished time unless clocks skip it", () => {
  const wished = fc.record({
    zone: fc.constantFrom(...zones),
    hour: fc.integer({ min: 0, max: 23 }),
    minute: fc.constantFrom(0, 15, 30, 45),
    days: fc.constantFrom("* * *", "* * 2", "* * 0", "* * 1-5", "1 * *", "31L * *", "1W * *", "* * 0#1,0#L"),
    after: fc.date({ min: new Date("2026-01-01"), max: new Date("2030-12-31"), noInvalidDate: true }),
  });
  fc.assert(
    fc.property(wished, ({ zone, hour, minute, days, after }) => {
      const found = nextRuns({ cron: `${minute} ${hour} ${days}` }, zone, after, 4, noHolidays);
      expect(found).toHaveLength(4);
      let last = after.getTime();
      const time = [hour, minute].map((part) => String(part).padStart(2, "0")).join(":");
      for (const [index, { at }] of found.entries()) {
        expect(at.getTime() - last).toBeGreaterThanOrEqual(index === 0 ? 1 : 3_600_000);
        expect(at).toEqual(firstShowing(`${shownAt(at, zone).slice(0, 10)} ${time}`, zone));
        last = at.getTime();
      }
    }),
    { seed: 7, numRuns: 120 },
  );
});
