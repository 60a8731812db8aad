import { countOf } from "../wording.ts";
import { countIn } from "./setting-values.ts";
import type { SettingWord } from "./setting-words.ts";

/** Whether and how reps are compared, as people type and read it. */
export const leaderboardSettingWords: readonly SettingWord[] = [
  {
    name: "leaderboard",
    key: "leaderboard",
    label: "Leaderboard",
    example: "on",
    hint: "Whether results of reps are held against one another, by `leaderboard` and `coach`: on or off.",
    choices: [
      { value: "on", label: "on: results are set beside what was to be expected" },
      { value: "off", label: "off: nobody is compared" },
    ],
    problem: "must be on or off",
    isComputed: false,
    // What is neither is refused by the settings.
    read: (typed) => ({ leaderboard: { isOn: (answers.get(typed.toLowerCase()) ?? typed) as boolean } }),
    typed: ({ leaderboard }) => (leaderboard.isOn ? "on" : "off"),
    show: ({ leaderboard }) => (leaderboard.isOn ? "on" : "off"),
  },
  {
    name: "leaderboard-least-deals",
    key: "leaderboard",
    label: "Fewest deals to compare",
    example: "20",
    hint: "Of a rep with fewer closed deals than this it is too early to say anything: 5 to 1,000.",
    isComputed: false,
    read: (typed) => ({ leaderboard: { leastDeals: countIn(typed, "deals?") } }),
    typed: ({ leaderboard }) => String(leaderboard.leastDeals),
    show: ({ leaderboard }) => countOf(leaderboard.leastDeals, "closed deal"),
  },
];

const answers: ReadonlyMap<string, boolean> = new Map([
  ["on", true],
  ["yes", true],
  ["off", false],
  ["no", false],
]);
