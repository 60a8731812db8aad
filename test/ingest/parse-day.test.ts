import { assert, asyncProperty, constantFrom, date } from "fast-check";
import { describe, expect, test } from "vitest";
import { addDays, dayIn } from "../../src/core/calendar.ts";
import type { Dialect } from "../../src/ingest/dialect.ts";
import { parseDay } from "../../src/ingest/parse-day.ts";
import { dateOrderOf } from "../../src/ingest/written-days.ts";

const plain: Dialect = { timeZone: "UTC" };
const dmy: Dialect = { dateOrder: "dmy", timeZone: "UTC" };
const mdy: Dialect = { dateOrder: "mdy", timeZone: "UTC" };

describe("in any file", () => {
  test.each([
    ["2025-03-14", "2025-03-14"],
    [" 2025-03-14 10:22 ", "2025-03-14"],
    ["2025-03-14 10:22:33", "2025-03-14"],
    ["2025-03-14T23:59:00Z", "2025-03-14"],
    ["2025-03-14T00:10:00.123+02:00", "2025-03-13"],
    ["2025-03-14T20:10:00.000-0800", "2025-03-15"],
    ["2024-02-29", "2024-02-29"],
    ["2025-3-4", "2025-03-04"],
    ["2025/03/14", "2025-03-14"],
    ["20250314", "2025-03-14"],
    ["14.3.2025", "2025-03-14"],
    ["3.4.2025", "2025-04-03"],
    ["03.04.25", "2025-04-03"],
    ["3.4.70", "1970-04-03"],
    ["3.4.69", "2069-04-03"],
    ["1 Dec 2010", "2010-12-01"],
    ["1. December 2010", "2010-12-01"],
    ["Dec 1, 2010", "2010-12-01"],
    ["September 1 2010 8:26 AM", "2010-09-01"],
    ["01-Dec-10", "2010-12-01"],
    ["1-sept-2010", "2010-09-01"],
    ["14/03/2025", "2025-03-14"],
    ["03/14/2025 8:26", "2025-03-14"],
    ["4/4/2025", "2025-04-04"],
    ["45730", "2025-03-14"],
    ["45730.75", "2025-03-14"],
  ])("%s", (text, day) => {
    expect(parseDay(text, plain)).toEqual({ ok: true, day });
  });

  const otherForm = "not a date: write dates as YYYY-MM-DD";
  test.each([
    ["2025-02-30 11:05", "there is no 2025-02-30 in the calendar"],
    ["2025-02-29", "there is no 2025-02-29 in the calendar"],
    ["2025-13-01", "there is no 2025-13-01 in the calendar"],
    ["31.4.2025", "there is no 2025-04-31 in the calendar"],
    ["0205-03-14", "0205 cannot be the year"],
    ["9999-12-31", "9999 cannot be the year"],
    ["13/14/2025", "there is no 2025-13-14 in the calendar"],
    ["03/04/2025", "can be read two ways: say --dates dmy or mdy"],
    ...[
      "soon",
      "",
      "2025-03-14 25:00",
      "2025-03-14 13:00 PM",
      "1 Foo 2010",
      "12",
      "19999",
      "80001",
      "3/4",
    ].map((text) => [text, otherForm]),
  ] as [string, string][])("refuses %j", (text, reason) => {
    expect(parseDay(text, plain)).toEqual({ ok: false, reason });
  });
});

describe("in a file of one order", () => {
  test.each([
    ["03/04/2025", dmy, "2025-04-03"],
    ["03/04/2025", mdy, "2025-03-04"],
    ["3-4-25 8:26 AM", dmy, "2025-04-03"],
    ["12/1/2010 8:26", mdy, "2010-12-01"],
    ["3.4.2025", mdy, "2025-04-03"],
    ["2025-03-04", dmy, "2025-03-04"],
  ] as const)("%s with %j is %s", (text, dialect, day) => {
    expect(parseDay(text, dialect)).toEqual({ ok: true, day });
  });

  test("a date of the other order is none", () => {
    expect(parseDay("14/03/2025", mdy)).toEqual({
      ok: false,
      reason: "not a date with the month first, as the file writes them",
    });
    expect(parseDay("03/14/2025", dmy)).toEqual({
      ok: false,
      reason: "not a date with the day first, as the file writes them",
    });
  });
});

test.each([
  ["14/03/2025", "dmy"],
  ["03-14-25", "mdy"],
  ["03/04/2025", "ambiguous"],
  ["4/4/2025", undefined],
  ["3.4.2025", undefined],
  ["2025-03-04", undefined],
  ["45730", undefined],
  ["13/14/2025", undefined],
  ["40/03/2025", undefined],
] as const)("%s shows the order %s", (text, order) => {
  expect(dateOrderOf(text)).toBe(order);
});

const days = date({ min: new Date("1970-01-01"), max: new Date("2069-12-31"), noInvalidDate: true });

test("every day comes back from every way of writing it", async () => {
  await assert(
    asyncProperty(
      days,
      constantFrom("/", "-"),
      constantFrom("", " 8:26", " 08:26:11 PM", "T23:59"),
      async (instant, mark, time) => {
        const day = instant.toISOString().slice(0, 10);
        const [year = "", month = "", date = ""] = day.split("-");
        const name = instant.toLocaleString("en-GB", { month: "long", timeZone: "UTC" });
        const ways: readonly (readonly [string, Dialect])[] = [
          [day, plain],
          [`${date}${mark}${month}${mark}${year}`, dmy],
          [`${month}${mark}${date}${mark}${year}`, mdy],
          [`${Number(date)}${mark}${Number(month)}${mark}${year.slice(2)}`, dmy],
          [`${Number(date)}.${Number(month)}.${year}`, mdy],
          [`${year}${month}${date}`, plain],
          [`${date} ${name.slice(0, 3)} ${year}`, plain],
          [`${name} ${Number(date)}, ${year}`, plain],
        ];
        for (const [text, dialect] of ways) expect(parseDay(text + time, dialect)).toEqual({ ok: true, day });
      },
    ),
    { numRuns: 300, seed: 20250314 },
  );
});

test("an instant is the day in the zone, as the calendar has it", async () => {
  await assert(
    asyncProperty(
      days,
      constantFrom("UTC", "Europe/Berlin", "America/St_Johns", "Asia/Kathmandu", "Pacific/Apia"),
      constantFrom(0, 120, -210, 345),
      async (instant, timeZone, offset) => {
        const local = new Date(instant.getTime() + offset * 60_000).toISOString().slice(0, 16);
        const sign = offset < 0 ? "-" : "+";
        const hours = String(Math.floor(Math.abs(offset) / 60)).padStart(2, "0");
        const zone = offset === 0 ? "Z" : `${sign}${hours}:${String(Math.abs(offset) % 60).padStart(2, "0")}`;
        expect(parseDay(`${local}${zone}`, { timeZone })).toEqual({
          ok: true,
          day: dayIn(instant, timeZone),
        });
      },
    ),
    { numRuns: 300, seed: 20250314 },
  );
});

test("a zone moves the days at midnight and not before", () => {
  const berlin: Dialect = { timeZone: "Europe/Berlin" };
  expect(parseDay("2025-07-01T21:59:59Z", berlin)).toEqual({ ok: true, day: "2025-07-01" });
  expect(parseDay("2025-07-01T22:00:00Z", berlin)).toEqual({ ok: true, day: addDays("2025-07-01", 1) });
  expect(parseDay("2025-07-01T23:30", berlin)).toEqual({ ok: true, day: "2025-07-01" });
});
