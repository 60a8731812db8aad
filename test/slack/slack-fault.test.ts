import {
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebAPIRequestError,
} from "@slack/web-api";
import { describe, expect, test } from "vitest";
import { sentenceOf } from "../../src/slack/slack-advice.ts";
import { answeredWith, faultOf, isAboutBlocks, isSpentAddress } from "../../src/slack/slack-fault.ts";

const platform = (error: string, messages: readonly string[] = []) =>
  new WebAPIPlatformError({ ok: false, error, response_metadata: { messages: [...messages] } });
const network = (code: string) =>
  new WebAPIRequestError(new TypeError("fetch failed", { cause: Object.assign(new Error(code), { code }) }));

describe("a fault of Slack", () => {
  test.each([
    ["a refusal", platform("not_in_channel"), { error: "not_in_channel", status: 200, fate: "refused" }],
    ["a breakdown in Slack", platform("fatal_error"), { error: "fatal_error", status: 200, fate: "unknown" }],
    [
      "a page of somebody else",
      platform("<html>Sign in</html>"),
      { error: "unreadable_answer", fate: "unknown" },
    ],
    [
      "a rate limit",
      new WebAPIRateLimitedError(30),
      { error: "ratelimited", retryAfterMs: 30_000, fate: "refused" },
    ],
    [
      "a rate limit in words",
      platform("ratelimited"),
      { error: "ratelimited", retryAfterMs: 1_000, fate: "refused" },
    ],
    ["a status", new WebAPIHTTPError(503, "", {}, ""), { error: "http_503", status: 503, fate: "unknown" }],
    ["a broken connection", network("ECONNRESET"), { error: "ECONNRESET", fate: "unknown" }],
    ["nobody there", network("ECONNREFUSED"), { error: "ECONNREFUSED", fate: "refused" }],
    ["a time limit", new WebAPIRequestError(new DOMException("late", "TimeoutError")), { fate: "unknown" }],
  ])("%s", (_, err, expected) => {
    expect(faultOf(err)).toMatchObject(expected);
  });

  test("keeps addresses to itself", () => {
    const err = new Error("limit exceeded (url: https://files.slack.com/upload/v1/ABC, retry-after: x)");
    expect(faultOf(err)).toEqual({
      error: "Error",
      fate: "unknown",
      details: ["limit exceeded (url: [address] retry-after: x)"],
    });
  });

  test("is about blocks where it names them, in its word or in what it says", () => {
    for (const word of [
      "invalid_blocks",
      "invalid_blocks_format",
      "msg_blocks_too_long",
      "invalid_attachments",
    ])
      expect(isAboutBlocks(faultOf(platform(word)))).toBe(true);
    const pointed = platform("invalid_form", [
      "[ERROR] invalid slack file [json-pointer:/blocks/0/slack_file]",
    ]);
    expect(isAboutBlocks(faultOf(pointed))).toBe(true);
    expect(isAboutBlocks(faultOf(platform("not_in_channel")))).toBe(false);
  });

  test("at a response URL has its reason in the body, whatever the status", () => {
    const refused = (error: string) => answeredWith(404, { ok: false, error }, undefined);
    expect(refused("invalid_blocks")).toMatchObject({ error: "invalid_blocks", fate: "refused" });
    expect(isSpentAddress(refused("used_url"))).toBe(true);
    expect(isSpentAddress(answeredWith(200, { ok: false, error: "is_archived" }, undefined))).toBe(false);
    expect(answeredWith(429, undefined, "7")).toMatchObject({ retryAfterMs: 7_000 });
  });

  test("is told in a sentence that says what to do, whatever it is", () => {
    for (const error of ["not_in_channel", "token_revoked", "invalid_blocks", "fatal_error", "brand_new"])
      expect(sentenceOf(faultOf(platform(error)))).toMatch(/^Slack .*\. .*\.$/);
  });
});
