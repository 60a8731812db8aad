import { expect, test } from "vitest";
import { outlookOptions, outlookWords } from "../../src/outlook/outlook-options.ts";

const read = (line: string) => outlookOptions.safeParse(line === "" ? [] : line.split(" "));
const nothing = { without: undefined, pace: undefined, isChart: false, isExplained: false };

test.each([
  ["", nothing],
  ["chart explain", { ...nothing, isChart: true, isExplained: true }],
  ["without Acme Tools GmbH", { ...nothing, without: "Acme Tools GmbH" }],
  ["without biggest acquisition 50%", { ...nothing, without: "biggest", pace: 0.5 }],
  ["acquisition 12.5 % without Acme chart", { ...nothing, without: "Acme", pace: 0.125, isChart: true }],
  ["Acquisition halved", { ...nothing, pace: 0.5 }],
  ["acquisition 0%", { ...nothing, pace: 0 }],
  ["acquisition 1000", { ...nothing, pace: 10 }],
])("understands %j", (line, options) => {
  expect(read(line)).toEqual({ success: true, data: options });
});

test.each([
  ["without", "Without which account?"],
  ["without chart", "Without which account?"],
  ["acquisition", "say acquisition as a percentage"],
  ["acquisition without Acme", 'I do not understand "without"'],
  ["acquisition 1001%", 'I do not understand "1001%"'],
  ["acquisition -5%", 'I do not understand "-5%"'],
  ["in two years", 'I do not understand "in two years"'],
])("refuses %j", (line, message) => {
  expect(read(line).error?.issues[0]?.message).toContain(message);
});

test("what is understood is written as it is read again", () => {
  for (const line of ["without Acme Tools acquisition 12.5% chart", "acquisition 50 explain", ""]) {
    const options = outlookOptions.parse(line === "" ? [] : line.split(" "));
    expect(outlookOptions.parse(outlookWords(options))).toEqual(options);
  }
});
