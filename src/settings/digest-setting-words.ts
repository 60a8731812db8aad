import { holidayRegionIn } from "./holiday-regions.ts";
import type { SettingWord } from "./setting-words.ts";

/** How digests go out, as people type and read it. */
export const digestSettingWords: readonly SettingWord[] = [
  {
    name: "digest-holidays",
    key: "digests",
    label: "Holidays of digests",
    example: "DE-BY",
    hint: "No digest comes on public holidays of this country or part of one; empty for none.",
    problem:
      "is no country, and no part of one, whose public holidays are known: use a code such as DE or DE-BY",
    isOptional: true,
    isComputed: false,
    read: (typed) => ({ digests: { holidays: holidayRegionIn(typed) } }),
    typed: ({ digests }) => digests.holidays,
    show: ({ digests }) => (digests.holidays === "" ? "none" : digests.holidays),
  },
  {
    name: "digest-slack-connect",
    key: "digests",
    label: "Digests in Slack Connect channels",
    example: "no",
    hint: "Whether channels that people of another company read may get digests.",
    choices: [
      { value: "no", label: "no: only channels of this company" },
      { value: "yes", label: "yes: also where other companies read" },
    ],
    problem: "must be yes or no",
    isComputed: false,
    // What is neither is refused by the settings.
    read: (typed) => ({ digests: { slackConnect: (answers.get(typed.toLowerCase()) ?? typed) as boolean } }),
    typed: ({ digests }) => (digests.slackConnect ? "yes" : "no"),
    show: ({ digests }) => (digests.slackConnect ? "allowed" : "not allowed"),
  },
];

const answers: ReadonlyMap<string, boolean> = new Map([
  ["yes", true],
  ["no", false],
]);
