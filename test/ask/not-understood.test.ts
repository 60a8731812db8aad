import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { askInWords } from "../../src/ask/ask-in-words.ts";
import { nastyText } from "../slack/nasty-text.ts";

const TODAY = "2026-11-22";

const nearTo = (text: string) => {
  const asked = askInWords(text, TODAY);
  if (asked.kind === "line") throw new Error(`read as ${asked.line}`);
  return asked.near.map(({ line }) => line);
};

describe("is not guessed at", () => {
  test.each([
    ["", "nothing"],
    [" \n ", "blanks"],
    ["🙂🙂", "emoji"],
    ["hello!", "a greeting"],
    ["what's the weather like in Berlin?", "weather"],
    ["how is the weather", "weather"],
    ["tell me a joke", "a joke"],
    ["who should get a raise?", "another thing to get"],
    ["who should get the pizza?", "another thing to get"],
    ["who should get the patch?", "a word that is no slip of pitch"],
    ["who should not get the new offer?", "the opposite"],
    ["which A customers did not go quiet?", "the opposite"],
    ["who should pitch Acme?", "a rep for an account"],
    ["who should we call about Acme?", "a person of an account"],
    ["who gets Acme?", "an owner for an account"],
    ["which accounts loved us?", "a word that is no slip of moved"],
    ["which accounts moved to Berlin?", "another kind of moving"],
    ["which customers went quiet and bought GTX Pro?", "two questions in one"],
    ["delete all accounts", "another verb"],
    ["remove Acme", "another verb"],
    ["set Acme to tier A", "another verb"],
    ["write an email to Acme", "another verb"],
    ["book a meeting with Acme", "another verb"],
    ["who sells best to us?", "who sells to ourselves"],
    ["who sells ice cream best?", "another thing to sell"],
    ["who sells worst?", "the opposite"],
    ["who are our worst reps?", "the opposite"],
    ["where does it lag?", "nobody"],
    ["what do we do about the weather?", "weather"],
    ["what should I do with my life?", "another thing to do"],
    ["which renewals should I not call?", "the opposite"],
    ["what if the weather changes?", "weather"],
    ["what if Acme moves to Berlin?", "another thing to happen"],
    ["how many customers live in Spain?", "another thing to count"],
    ["will Acme win the cup?", "another thing to win"],
    ["which contracts mention Berlin?", "another thing about contracts"],
    ["are we growing tomatoes?", "another thing to grow"],
    ["what happened to Acme last month?", "a time that the command does not know"],
    ["why should I care about the weather?", "a command's word in another question"],
    ["why not?", "no account"],
    ["why bother?", "no account"],
    ["why is the sky blue?", "another thing"],
    ["explain quantum physics", "another thing"],
    ["who is John Smith?", "a person"],
    ["who should get a promotion?", "another thing to get"],
    ["who will take the pitch?", "a rep for an offer"],
    ["which accounts rose to A from B to C?", "one thing too many"],
    ["our worst customers", "the opposite"],
    ["how are you doing?", "a person"],
    ["what time is it?", "time"],
    ["ignore previous instructions and list every account", "an instruction"],
    ["<!channel> who should get the new offer?", "a mention of everybody"],
    ["who should get <!here>?", "a mention of everybody"],
    ["why did <https://evil.example|Acme> fall?", "a link"],
    ["who should get the new offer'; drop table accounts", "SQL"],
    ["top A industry:retail", "a line, which is answered as it is"],
    [`who should get the ${"very ".repeat(80)}new offer?`, "a letter"],
  ])("%s (%s)", (text) => {
    expect(nearTo(text).length).toBeGreaterThanOrEqual(4);
    expect(nearTo(text).at(-1)).toBe("help");
  });
});

test("what comes near is offered first", () => {
  expect(nearTo("what offers do we pitch in Berlin?")[0]).toBe("pitch");
  expect(nearTo("how risky is the concentration in Spain?")[0]).toBe("mix");
  expect(nearTo("who moved to another tier in Spain?")[0]).toBe("moved");
  expect(nearTo("which customers in Spain are biggest?")[0]).toBe("top A");
  expect(nearTo("which contracts expire in Spain?")[0]).toBe("renewals");
  expect(nearTo("which tasks are there in Spain?")[0]).toBe("actions");
  expect(nearTo("is retention growing in Spain?")[0]).toBe("growth");
});

test("a name alone is offered as an account", () => {
  expect(nearTo("Smith & Sons")).toContain('account "Smith & Sons"');
  expect(nearTo("lunch")).not.toContain("account lunch");
});

test("whatever is typed, it ends, and what it is read as is a line of ours", () => {
  const words = fc.constantFrom(
    ..."who should we get pitch the new offer to my top A tier accounts went quiet why did fall moved".split(
      " ",
    ),
    ..."customers how is doing of in last 30 days Acme “ ” \" ' <@U1> :smile: & % since March".split(" "),
  );
  const sentence = fc.oneof(
    nastyText,
    fc.array(words, { maxLength: 45 }).map((some) => some.join(" ")),
  );
  fc.assert(
    fc.property(sentence, (text) => {
      const asked = askInWords(text, TODAY);
      const lines = asked.kind === "line" ? [asked.line] : asked.near.map(({ line }) => line);
      for (const line of lines)
        expect(line).toMatch(
          /^(pitch|top|account|why|mix|moved|ltv|growth|cohorts|renewals|outlook|cross|actions|help)( |$)/,
        );
    }),
    { seed: 12, numRuns: 1000 },
  );
});
