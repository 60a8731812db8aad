import type { Line } from "./samples.ts";
import { seededName, seededRep } from "./seed.ts";
import type { StubPerson } from "./slack-stub.ts";

const PEOPLE = 20;
/** So many that no line comes again within minutes: what is remembered of an account would be all that is measured. */
const ROUNDS = 500;
/** So that neighbours in the order of lines are no neighbours in the data. */
const STRIDE = 7919;

/** The largest ones. */
const industries = ["Motors industry", "Foods industry"];

/** Sales reps of the seeded portfolio. */
export const people: readonly StubPerson[] = Array.from({ length: PEOPLE }, (_, index) => ({
  id: `U0REP${index + 1}`,
  email: seededRep(index + 1),
}));

/** How often a line is asked, beside the others: lists and single accounts most, the whole portfolio seldom. */
const round = [
  "top A",
  "account <name>",
  "top mine",
  "why <name>",
  "top A industry:X",
  "account <name>",
  "mix",
  "top A",
  "why <name>",
  "help",
  "top mine",
  "account <name>",
] as const;
export const labels: readonly string[] = [...new Set(round)];

/** What people type into a portfolio of so many accounts: every time for another account and by somebody else. */
export function commandLines(accounts: number): readonly Line[] {
  return Array.from({ length: ROUNDS }, () => round)
    .flat()
    .map((label, index) => {
      const name = seededName(1 + ((index * STRIDE) % accounts));
      const userId = people[index % PEOPLE]?.id ?? "";
      return { label, userId, ...wordingOf(label, name, index) };
    });
}

function wordingOf(
  label: (typeof round)[number],
  name: string,
  index: number,
): Pick<Line, "text" | "expects"> {
  switch (label) {
    case "account <name>":
      return { text: `account ${name}`, expects: name };
    case "why <name>":
      return { text: `why ${name}`, expects: name };
    case "top A industry:X": {
      const industry = industries[index % industries.length];
      return { text: `top A industry:"${industry}"`, expects: " of spend" };
    }
    case "help":
      return { text: label, expects: "Filters:" };
    default:
      return { text: label, expects: " of spend" };
  }
}

/**
 * Answers whose chart only a picture can show: it is drawn and uploaded into direct messages, unless it is the same as
 * the one before. Hence two in turn.
 */
export const chartLines: readonly Line[] = industries.map((industry) => ({
  label: "charts",
  text: `mix chart industry:"${industry}"`,
  userId: people[0]?.id ?? "",
  expects: " of spend",
}));
