import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { askInWords } from "../../src/ask/ask-in-words.ts";
import { allFilters, formatQuery, parseQuery } from "../../src/query.ts";

const TODAY = "2026-11-22";

/** The line that a sentence is read as; undefined where it is not understood. */
const read = (text: string) => {
  const asked = askInWords(text, TODAY);
  return asked.kind === "line" ? asked.line : undefined;
};

const understood: Readonly<Record<string, readonly (readonly [text: string, line: string])[]>> = {
  pitch: [
    ["who should get the new-offer pitch?", "pitch"],
    ["Who should get the new offer?", "pitch"],
    ["WHO SHOULD GET THE NEW OFFER", "pitch"],
    ["who shoud get the new-offer pitch", "pitch"],
    ["who should get the new-offer pich?", "pitch"],
    ["Could you please tell me who should get the new offer pitch first? Thanks!", "pitch"],
    ["Hi there, who’s next in line for the new offer?", "pitch"],
    ["whom do we pitch first?", "pitch"],
    ["who should I pitch next", "pitch"],
    ["who should be pitched first?", "pitch"],
    ["who gets the new offer", "pitch"],
    ["who do we call about the new offer next?", "pitch"],
    ["to whom should we sell the new product?", "pitch"],
    ["where should we start with the new offer", "pitch"],
    ["which accounts fit the new offer?", "pitch"],
    ["which customers are ready for the new offer?", "pitch"],
    ["show me the pitch list please", "pitch"],
    ["give me the call list for the new offer", "pitch"],
    ["how should we roll out the new offer?", "pitch"],
    ["best candidates for the new offer", "pitch"],
    ["which A customers should get the new offer?", "pitch tier:A"],
    ["which of my accounts should get the pitch?", "pitch mine"],
    ["whom do we pitch the Spring bundle to first?", 'pitch "Spring bundle" preview'],
    ["whom do we pitch the spring bundle to?", 'pitch "spring bundle" preview'],
    ["who should we offer “Spring bundle” to?", 'pitch "Spring bundle" preview'],
    ["who should get the Spring bundle?", 'pitch "Spring bundle" preview'],
    ["who gets the Spring offer?", "pitch Spring preview"],
    ["who's most likely to buy the Spring Bundle?", 'pitch "Spring Bundle" preview'],
    ["who would buy the spring bundle offer?", 'pitch "spring bundle" preview'],
    ["show me the pitch for 'GTX Pro'", 'pitch "GTX Pro" preview'],
    ["plan a pitch for the spring bundle", 'pitch "spring bundle" preview'],
    ['which of my customers should we pitch "Spring bundle" to?', 'pitch "Spring bundle" preview mine'],
  ],
  top: [
    ["which A customers went quiet?", "top A quiet"],
    ["Which of my A customers have gone quiet in the last 6 months?", "top A mine quiet 180d"],
    ["who hasn't bought anything for three months?", "top quiet 90d"],
    ["show me our top 10 accounts", "top"],
    ["who are our bigest customers?", "top"],
    ["list all B accounts please", "top B"],
    ["which accounts are in tier C?", "top C"],
    ["my biggest customers", "top mine"],
    ["Ann Archer's biggest accounts", 'top owner:"Ann Archer"'],
    ["<@U0ANN>'s biggest accounts", "top <@U0ANN>"],
    ["who buys GTX Pro?", 'top product:"GTX Pro"'],
    ["where does our money come from?", "top"],
  ],
  account: [
    ["tell me about Acme", "account Acme"],
    ["how is acme doing?", "account acme"],
    ["What’s going on with Bank of America?", 'account "Bank of America"'],
    ["show me the account “Smith & Sons”", 'account "Smith & Sons"'],
    ["what do we know about Smith & Sons?", 'account "Smith & Sons"'],
    ["who owns Coca-Cola?", "account Coca-Cola"],
  ],
  why: [
    ["why did Acme fall to B?", "why Acme"],
    ["Why is Müller GmbH only a B customer?", 'why "Müller GmbH"'],
    ["please explain why Acme fell", "why Acme"],
    ["why has Acme droped?", "why Acme"],
    ["what happened to acme?", "why acme"],
    ["why did Acme fall from A to B?", "why Acme"],
    ['why is "Top" in tier D', "why Top"],
  ],
  ltv: [
    ["what is Acme worth to us?", "ltv Acme"],
    ["what is the lifetime value of Bank of America", 'ltv "Bank of America"'],
    ["how much will Acme bring us?", "ltv Acme"],
    ["show me our customers by lifetime value", "ltv"],
    ["who will be worth most in the long run?", "ltv"],
    ["which of my accounts are worth the most in future?", "ltv mine"],
    ["what is our portfolio worth?", "ltv"],
  ],
  growth: [
    ["are we growing?", "growth"],
    ["did we grow compared to last year", "growth"],
    ["what is our net revenue retention?", "growth"],
    ["show me my revenue growth", "growth mine"],
    ["how much did we grow this year?", "growth"],
    ["NRR", "growth"],
  ],
  cohorts: [
    ["show me the cohorts", "cohorts"],
    ["how well do new customers stay?", "cohorts"],
    ["do our new customers come back within a year?", "cohorts"],
    ["customer retention by quarter of first purchase", "cohorts"],
  ],
  renewals: [
    ["which renewals are due?", "renewals"],
    ["which contracts end in the next 60 days?", "renewals 60d"],
    ["which of my contracts expire soon?", "renewals mine"],
    ["who is up for renewal?", "renewals"],
    ["what is due for renewal", "renewals"],
  ],
  outlook: [
    ["what if our biggest customer leaves?", "outlook without biggest"],
    ["what if Acme leaves us?", "outlook without Acme"],
    ["what happens if we lose Smith & Sons?", 'outlook without "Smith & Sons"'],
    ["what if acquisition halves?", "outlook acquisition 50"],
    ["what happens if we win half as many customers?", "outlook acquisition 50"],
    ["how many customers will leave in the next year?", "outlook"],
    ["how many new customers do we need to stand still?", "outlook"],
    ["where is my portfolio heading?", "outlook mine"],
    ["do we win enough new customers?", "outlook"],
  ],
  actions: [
    ["what should I do next?", "actions"],
    ["What should we work on this week?", "actions"],
    ["what do I have to do today?", "actions"],
    ["what's next?", "actions"],
    ["what is the next best action?", "actions"],
    ["what are my actions?", "actions mine"],
    ["show me my to-do list please", "actions mine"],
    ["what is on my plate this week", "actions mine"],
    ["what are Ann's open actions?", "actions owner:Ann"],
    ["who should I call next?", "actions"],
    ["which of my accounts should I visit this week?", "actions mine"],
    ["which renewals should I call?", "actions renewal"],
    ["which of my renewals should I call first?", "actions renewal mine"],
    ["which complaints do we have to settle?", "actions complaint"],
    ["who should I win back?", "actions win-back"],
    ["whom should we thank?", "actions thank-you"],
    ["who can we ask for a reference?", "actions reference"],
    ["who could I cross-sell to?", "actions cross-sell"],
    ["what is next for Acme?", "actions Acme"],
    ["what should I do about Smith & Sons?", 'actions "Smith & Sons"'],
    ["next best actions for Acme", "actions Acme"],
  ],
  cross: [
    ["is there anything unusual in our portfolio?", "cross"],
    ["what stands out?", "cross"],
  ],
  leaderboard: [
    ["who sells best to manufacturers?", "leaderboard industry:manufacturers"],
    ["Who of us sells best to retail customers?", "leaderboard industry:retail"],
    ["which rep is best at selling to companies in the steel industry?", "leaderboard industry:steel"],
    ["who sells GTX Pro best?", 'leaderboard product:"GTX Pro"'],
    ["who are our best reps?", "leaderboard"],
    ["show me the sales leaderboard please", "leaderboard"],
    ["who wins the most deals?", "leaderboard wins"],
    ["who has the best win rate?", "leaderboard win-rate"],
    ["who closes deals fastest?", "leaderboard cycle"],
    ["who are our champions?", "leaderboard champions"],
    ["which incentives should we set?", "leaderboard incentives"],
  ],
  coach: [
    ["coach me", "coach"],
    ["where do I lag?", "coach"],
    ["what am I good at?", "coach"],
    ["where does Bob lag?", "coach owner:Bob"],
    ["how can Bob Archer improve?", 'coach owner:"Bob Archer"'],
    ["what training does my team need?", "coach team"],
  ],
  mix: [
    ["how concentrated is our portfolio?", "mix"],
    ["how concentrated is my portfolio?", "mix mine"],
    ["do we depend on a few customers?", "mix"],
    ["how much of our revenue comes from our biggest customers?", "mix"],
    ["how many accounts make 80% of spend?", "mix"],
    ["What is our customer mix, please?", "mix"],
  ],
  moved: [
    ["which accounts moved this month?", "moved 21d"],
    ["what changed this quarter?", "moved 52d"],
    ["who fell in the last 30 days?", "moved 30d down"],
    ["which of my accounts fell to B?", "moved mine tier:B down"],
    ["which A accounts fell?", "moved from:A down"],
    ["who rose since March?", "moved 266d up"],
    ["which accounts climbed to A from B in the past quarter", "moved 90d tier:A from:B up"],
    ["any changes last week?", "moved 7d"],
  ],
};

describe.each(Object.entries(understood))("%s", (command, sentences) => {
  test.each(sentences)("%s", (text, line) => {
    expect(read(text)).toBe(line);
    expect(line.split(" ")[0]).toBe(command);
  });
});

test("what was understood is told, without ids that mean nothing to people", () => {
  expect(askInWords("which A customers went quiet?", TODAY)).toMatchObject({
    echo: "I read this as `top A quiet`.",
  });
  expect(askInWords("<@U0ANN>'s biggest accounts", TODAY)).toMatchObject({
    echo: "I read this as `top @person`.",
  });
});

test("every line parses to the query it was made from", () => {
  for (const [, line] of Object.values(understood).flat()) {
    const [command = ""] = line.split(" ");
    const accepted = command === "account" || command === "why" ? [] : allFilters;
    expect(formatQuery(command, parseQuery(line.slice(command.length), accepted))).toBe(line);
  }
});

test("politeness, case and marks change nothing", () => {
  const sentence = fc.constantFrom(...Object.values(understood).flat());
  const before = fc.constantFrom("", "Please, ", "hi! ", "Hey there, could you please ", "PLEASE ");
  const after = fc.constantFrom("", "?", "??", " please", " – thanks!", " 🙏", " :pray:", "…");
  fc.assert(
    fc.property(before, sentence, after, (start, [text, line], end) => {
      expect(read(`${start}${text}${end}`)).toBe(line);
    }),
    { seed: 11 },
  );
});
