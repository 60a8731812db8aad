import { expect, test } from "vitest";
import { readTypedLine } from "../../src/slack/typed-line.ts";

test.each([
  ["  top A  ", "top A"],
  ["account Smith &amp; Sons &lt;Berlin&gt;", "account Smith & Sons <Berlin>"],
  ["account &amp;lt;", "account &lt;"],
  ["top <@U123|ann>", "top <@U123|ann>"],
  ["account <http://acme.com|acme.com>", "account acme.com"],
  ["account <https://acme.com/x?a=1&amp;b=2>", "account https://acme.com/x?a=1&b=2"],
  ["log <mailto:ann@acme.com|ann@acme.com> called", "log ann@acme.com called"],
  ["digest weekly <#C123|sales>", "digest weekly <#C123>"],
  ["digest weekly <#C123|>", "digest weekly <#C123>"],
])("%j is read as %j", (delivered, typed) => {
  expect(readTypedLine(delivered)).toBe(typed);
});
