import { expect, test } from "vitest";
import { createChannels } from "../../src/slack/channels.ts";

/** Slack with one conversation, a clock to turn, and how often it was asked. */
function bench(about: { readonly info?: object; readonly error?: string }) {
  const state = { asked: 0, now: new Date("2026-06-30T12:00:00Z") };
  const info = async () => {
    state.asked += 1;
    const { error } = about;
    if (error) throw Object.assign(new Error(error), { data: { ok: false, error } });
    return { ok: true, channel: { id: "C1", name: "sales", is_member: true, ...about.info } };
  };
  const find = createChannels({
    client: { conversations: { info } } as never,
    now: () => state.now,
    log: { warn() {} } as never,
  });
  return { state, find };
}

test.each([
  ["a channel", {}, { name: "#sales", isMember: true, isExternal: false }],
  ["one that the app is not in", { is_member: false }, { isMember: false }],
  ["one of another company too", { is_ext_shared: true }, { isExternal: true }],
  ["one that another company is invited to", { is_pending_ext_shared: true }, { isExternal: true }],
  ["one with a connected company", { connected_team_ids: ["T2"] }, { isExternal: true }],
  ["direct messages", { is_im: true, is_member: undefined }, { name: "this conversation", isMember: true }],
  ["messages of several", { is_mpim: true, name: "mpdm-ann--bob-1" }, { name: "this conversation" }],
])("%s is told as it is", async (_what, info, expected) => {
  expect(await bench({ info }).find("C1")).toMatchObject({ id: "C1", ...expected });
});

test("a channel that the app may not see is none", async () => {
  expect(await bench({ error: "channel_not_found" }).find("C1")).toBeUndefined();
});

test("while Slack does not say, no channel is said to be missing", async () => {
  const { find, state } = bench({ error: "internal_error" });
  await expect(find("C1")).rejects.toThrow("Slack did not say what channel that is");
  await expect(find("C1")).rejects.toThrow("try again");
  expect(state.asked).toBe(2);
});

test("what Slack said is remembered for a minute", async () => {
  const { find, state } = bench({});
  await Promise.all([find("C1"), find("C1")]);
  expect(state.asked).toBe(1);
  state.now = new Date(state.now.getTime() + 60_000);
  await find("C1");
  expect(state.asked).toBe(2);
});
