import { expect, test } from "vitest";
import type { Person } from "../../src/desk.ts";
import { createReaders } from "../../src/slack/audience.ts";

const people: Readonly<Record<string, Person>> = {
  U1: { name: "Ann", email: "ann@x.example", standing: "member" },
  U2: { name: "Bob", standing: "workspace-admin" },
  U3: { name: "Gus" },
  U9: { name: "Portfolio", isBot: true },
};

interface Channel {
  readonly info?: object;
  readonly members?: readonly string[];
  /** Slack's error code instead of an answer. */
  readonly error?: string;
}

/** Slack with one channel, a clock to turn, and how often it was asked. */
function bench({ info = {}, members = [], error }: Channel) {
  const state = { asked: 0, now: new Date("2026-06-30T12:00:00Z") };
  const client = {
    conversations: {
      info: async () => {
        state.asked += 1;
        if (error) throw Object.assign(new Error(error), { data: { ok: false, error } });
        return { ok: true, channel: { id: "C1", name: "sales", ...info } };
      },
      members: async ({ cursor = "0", limit }: { readonly cursor?: string; readonly limit: number }) => {
        const end = Number(cursor) + limit;
        return {
          ok: true,
          members: members.slice(Number(cursor), end),
          response_metadata: { next_cursor: end < members.length ? String(end) : "" },
        };
      },
    },
  };
  const find = createReaders({
    client: client as never,
    findPerson: async (id) => (id.startsWith("M") ? people.U1 : people[id]),
    workspaceId: "w",
    now: () => state.now,
    log: { warn() {} } as never,
  });
  return { state, find };
}

const many = (count: number) => Array.from({ length: count }, (_, index) => `M${index}`);

test("the readers of a channel are its members, page by page, without bots", async () => {
  const { find } = bench({ members: ["U1", "U2", "U9"] });
  expect(await find("C1")).toEqual({
    ok: true,
    audience: {
      place: "#sales",
      members: [
        { workspaceId: "w", email: "ann@x.example", standing: "member" },
        { workspaceId: "w", standing: "workspace-admin" },
      ],
    },
  });
  const large = await bench({ members: many(1000) }).find("C1");
  expect(large.ok && large.audience.members.length).toBe(1000);
});

test.each([
  ["one guest", { members: ["U1", "U3"] }, "1 guest reads #sales, and guests see no accounts"],
  ["several guests", { members: ["U3", "U3"] }, "2 guests read #sales"],
  [
    "another company",
    { info: { is_ext_shared: true }, members: ["U1"] },
    "People of another company read #sales",
  ],
  ["an invited company", { info: { is_pending_ext_shared: true } }, "People of another company read #sales"],
  ["a connected company", { info: { connected_team_ids: ["T2"] } }, "People of another company"],
  ["somebody unknown", { members: ["U1", "U7"] }, "Slack did not say who 1 of the members of #sales are"],
  ["more than a thousand", { members: many(1001) }, "#sales has more than 1000 members"],
  ["whom the app cannot see", { error: "channel_not_found" }, "Invite me with /invite @Portfolio"],
  ["whom Slack does not name", { error: "internal_error" }, "Please try again in a minute."],
])("nothing is shared where %s read", async (_who, channel, sentence) => {
  const readers = await bench(channel).find("C1");
  expect(readers.ok ? "" : `${readers.reason}. ${readers.remedy}`).toContain(sentence);
});

test("where people of another company may read, they and guests are no readers whose view counts", async () => {
  const { find } = bench({ info: { is_ext_shared: true }, members: ["U1", "U3"] });
  expect(await find("C1", { externalAllowed: true })).toMatchObject({
    ok: true,
    audience: { members: [{ workspaceId: "w", email: "ann@x.example", standing: "member" }] },
  });
  expect(await find("C1")).toMatchObject({ ok: false, isLasting: true });
});

test("what passes is told from what lasts", async () => {
  const isLasting = async (channel: Channel) => {
    const readers = await bench(channel).find("C1");
    return readers.ok ? undefined : readers.isLasting;
  };
  expect(await isLasting({ members: ["U1", "U3"] })).toBe(true);
  expect(await isLasting({ error: "channel_not_found" })).toBe(true);
  expect(await isLasting({ members: ["U1", "U7"] })).toBe(false);
  expect(await isLasting({ error: "internal_error" })).toBe(false);
});

test("the members of a channel are remembered for a minute, failures are not", async () => {
  const { find, state } = bench({ members: ["U1"] });
  await find("C1");
  await find("C1");
  expect(state.asked).toBe(1);
  state.now = new Date(state.now.getTime() + 60_000);
  await find("C1");
  expect(state.asked).toBe(2);
  const failing = bench({ error: "internal_error" });
  await failing.find("C1");
  await failing.find("C1");
  expect(failing.state.asked).toBe(2);
});
