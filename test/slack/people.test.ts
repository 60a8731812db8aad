import { expect, test } from "vitest";
import { createPeople } from "../../src/slack/people.ts";

const member = {
  id: "U1",
  team_id: "T1",
  name: "ann",
  profile: { real_name: "Ann Archer", email: "ann@example.com" },
};

/** People as Slack describes them, a clock to turn, and how often Slack was asked. */
function bench(users: Readonly<Record<string, object>>) {
  const state = { asked: 0, now: new Date("2026-06-30T12:00:00Z") };
  const info = async ({ user }: { readonly user: string }) => {
    state.asked += 1;
    if (users[user] === undefined) throw new Error("user_not_found");
    return { ok: true, user: users[user] };
  };
  const find = createPeople({
    client: { users: { info } } as never,
    teamId: "T1",
    now: () => state.now,
    log: { warn() {} } as never,
  });
  return { state, find };
}

test("a full member has a name, standing and an address", async () => {
  const { find } = bench({ U1: member });
  expect(await find("U1")).toEqual({ name: "Ann Archer", standing: "member", email: "ann@example.com" });
});

test.each([{ is_admin: true }, { is_owner: true }])(
  "who runs the workspace is told apart: %o",
  async (difference) => {
    const { find } = bench({
      U1: { ...member, ...difference },
      U2: { ...member, ...difference, is_restricted: true },
    });
    expect(await find("U1")).toMatchObject({ standing: "workspace-admin" });
    expect(await find("U2")).toEqual({ name: "Ann Archer" });
  },
);

test("a member whose address is not confirmed has standing and no address", async () => {
  const { find } = bench({ U1: { ...member, is_email_confirmed: false } });
  expect(await find("U1")).toEqual({ name: "Ann Archer", standing: "member" });
});

test("a member's zone is known where Slack names one that there is", async () => {
  const { find } = bench({
    U1: { ...member, tz: "America/Los_Angeles" },
    U2: { ...member, tz: "Middle Earth" },
    U3: { ...member, tz: null },
  });
  expect(await find("U1")).toMatchObject({ timeZone: "America/Los_Angeles" });
  expect(await find("U2")).not.toHaveProperty("timeZone");
  expect(await find("U3")).not.toHaveProperty("timeZone");
});

test("a bot is told apart", async () => {
  const { find } = bench({ U1: { ...member, is_bot: true, is_admin: true } });
  expect(await find("U1")).toEqual({ name: "Ann Archer", isBot: true });
});

test.each([
  ["a guest", { is_restricted: true }],
  ["a guest of one channel", { is_ultra_restricted: true }],
  ["somebody of another company", { is_stranger: true }],
  ["a former member", { deleted: true }],
  ["a member of another workspace", { team_id: "T2" }],
  ["somebody whose workspace is unknown", { team_id: undefined }],
])("%s has a name only", async (_who, difference) => {
  const { find } = bench({ U1: { ...member, ...difference } });
  expect(await find("U1")).toEqual({ name: "Ann Archer" });
});

test("Slack is asked once in ten minutes, also by several at once", async () => {
  const { find, state } = bench({ U1: member });
  await Promise.all([find("U1"), find("U1")]);
  await find("U1");
  expect(state.asked).toBe(1);
  state.now = new Date(state.now.getTime() + 10 * 60 * 1000);
  await find("U1");
  expect(state.asked).toBe(2);
});

test("who could not be found is asked for again", async () => {
  const { find, state } = bench({});
  expect(await find("U1")).toBeUndefined();
  expect(await find("U1")).toBeUndefined();
  expect(state.asked).toBe(2);
});

test("what is remembered does not grow without end", async () => {
  const { find, state } = bench(
    Object.fromEntries(Array.from({ length: 1001 }, (_, index) => [`U${index}`, member])),
  );
  for (let index = 0; index <= 1000; index += 1) await find(`U${index}`);
  await find("U1000");
  expect(state.asked).toBe(1001);
  await find("U0");
  expect(state.asked).toBe(1002);
});
