import { expect, test } from "vitest";
import type { Person } from "../../src/desk.ts";
import { createRoster } from "../../src/slack/roster.ts";

const TEAM = "T1";

/** A Slack with so many people, on pages of three, of whom one is not on the list. */
function bench(count: number, options: { readonly breaksAt?: number } = {}) {
  const state = { single: 0, pages: 0, nowMs: Date.parse("2026-11-24T07:30:00Z") };
  const person = (index: number): Person => ({ name: `Person ${index}`, standing: "member" });
  const find = createRoster({
    client: {
      users: {
        list: async ({ cursor = "0" }: { readonly cursor?: string }) => {
          state.pages += 1;
          if (state.pages === options.breaksAt) throw new Error("no answer");
          const start = Number(cursor);
          const ids = Array.from({ length: count }, (_, index) => index).slice(start, start + 3);
          return {
            members: ids.map((id) => ({ id: `U${id}`, team_id: TEAM, real_name: `Person ${id}` })),
            response_metadata: { next_cursor: start + 3 < count ? String(start + 3) : "" },
          };
        },
      },
    } as never,
    teamId: TEAM,
    findPerson: async (userId) => {
      state.single += 1;
      return userId === "U404" ? undefined : person(Number(userId.slice(1)));
    },
    now: () => new Date(state.nowMs),
    log: { warn() {} } as never,
  });
  return { state, find, person };
}

test("few people are asked for one by one", async () => {
  const { state, find, person } = bench(100);
  for (let index = 0; index < 50; index += 1) expect(await find(`U${index}`)).toEqual(person(index));
  expect(state).toMatchObject({ single: 50, pages: 0 });
});

test("many are asked for at once, and who is not on the list by themselves", async () => {
  const { state, find, person } = bench(200);
  const all = await Promise.all(Array.from({ length: 200 }, (_, index) => find(`U${index}`)));
  expect(all).toEqual(Array.from({ length: 200 }, (_, index) => person(index)));
  expect(state).toMatchObject({ single: 50, pages: 67 });
  expect(await find("U404")).toBeUndefined();
  expect(await find("U300")).toEqual(person(300));
  expect(state).toMatchObject({ single: 52, pages: 67 });
  state.nowMs += 11 * 60_000;
  await find("U1");
  expect(state).toMatchObject({ single: 53, pages: 67 });
});

test("where the list breaks off, the rest are asked for one by one", async () => {
  const { find, person } = bench(100, { breaksAt: 2 });
  const all = await Promise.all(Array.from({ length: 100 }, (_, index) => find(`U${index}`)));
  expect(all).toEqual(Array.from({ length: 100 }, (_, index) => person(index)));
});
