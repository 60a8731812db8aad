import { describe, expect, test } from "vitest";
import { createLog } from "../src/log.ts";
import { withoutSecrets } from "../src/without-secrets.ts";

const secrets = {
  "a bot token": "xoxb-123-456-abcDEF",
  "a rotated bot token": "xoxe.xoxb-1-MS0yLTEyMzQ",
  "a refresh token": "xoxe-1-My0xLTEyMzQ",
  "an app token": "xapp-1-A012-345-abcdef",
  "a user token": "xoxp-1-2-3-abc",
  "a response URL": "https://hooks.slack.com/commands/T0/123/abcDEF",
  "a response URL of an action": "https://hooks.slack.com/actions/T0/123/abcDEF",
  "a response URL of the playground": "http://127.0.0.1:3000/response/R123",
  "the address of a socket": "wss://wss-primary.slack.com/link/?ticket=abc&app_id=1",
  "a header": "Bearer abc.def",
};

/** What the log says of some fields. */
function logged(fields: object, message: string): string {
  let text = "";
  createLog("info", { write: (line) => (text += line) }).error(fields, message);
  return text;
}

describe.each(Object.entries(secrets))("%s", (_, secret) => {
  test("is cut out wherever it stands, and the line stays one that can be read", () => {
    const cause = new Error(`the cause: ${secret}.`);
    const err = Object.assign(new Error(`at ${secret}!`, { cause }), { data: { deep: [secret] } });
    const text = logged({ err, value: secret, nested: { text: `"${secret}"` } }, `message ${secret}`);
    expect(text).not.toContain(secret.replace("Bearer ", ""));
    expect(JSON.parse(text)).toMatchObject({ level: 50, err: { type: "Error" } });
  });
});

test.each([
  "token",
  "botToken",
  "refresh_token",
  "response_url",
  "responseUrl",
  "client_secret",
  "signingSecret",
])("%s is cut out by its name, also in a body that is a text", (name) => {
  const body = { [name]: "p1ain-value", id: 7 };
  const text = logged({ body, sent: JSON.stringify(body) }, "sent");
  expect(text).not.toContain("p1ain-value");
  expect(JSON.parse(text)).toMatchObject({ body: { id: 7 } });
});

test("the codes of an installation and the passwords of a database are cut out of addresses", () => {
  const text = withoutSecrets(
    "GET /slack/oauth_redirect?code=123.abc&state=eyJ.x.y from postgresql://portfolio:hunter2@db:5432/x",
  );
  expect(text).toBe(
    "GET /slack/oauth_redirect?code=[secret]&state=[secret] from postgresql://portfolio:[secret]@db:5432/x",
  );
});

test("what is no secret stays as it is", () => {
  const text = logged(
    { err: Object.assign(new Error("not_in_channel"), { code: "slack_webapi_platform_error" }), team: "T0" },
    "Slack did not take a message",
  );
  expect(JSON.parse(text)).toMatchObject({
    err: { message: "not_in_channel", code: "slack_webapi_platform_error" },
    team: "T0",
    msg: "Slack did not take a message",
  });
});
