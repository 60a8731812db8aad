import fc from "fast-check";

/** Names as bad as they come out of a CRM. */
export const nastyNames: readonly string[] = [
  "Smith & Sons <Berlin>",
  "<!channel>",
  "<@U012345>",
  "@here",
  "*bold* _it_ ~no~ `code`",
  'The "Best" Co, "quoted',
  ":fire: 🧑‍🧑‍🧒‍🧒 👍🏽",
  "شركة النور & אור",
  "\u202Eevil\u202C\u0007\u0000bell",
  "\uD83D alone \uDC00",
  "z\u0301\u0302\u0303".repeat(200),
  `a${"\u0301".repeat(5000)}`,
  "𝕳".repeat(300),
  "x".repeat(300),
  "&".repeat(300),
  "اa".repeat(150),
  "line\nbreak\ttab",
  "",
  "   ",
];

/** Text that has caused trouble somewhere, or any text at all. */
export const nastyText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...nastyNames),
  fc.string({ unit: "binary", maxLength: 400 }),
  fc.string({ maxLength: 60 }),
  fc.integer({ min: 0, max: 3500 }).map((length) => "long ".repeat(length / 5)),
);
