import fc from "fast-check";
import { afterEach, describe, expect, test } from "vitest";
import type { Action, Entry } from "../../src/command.ts";
import type { Desk, Request } from "../../src/desk.ts";
import type { Home } from "../../src/home/home.ts";
import { validateView } from "../../src/playground/validate-blocks.ts";
import { homeView } from "../../src/slack/home-view.ts";
import { nastyText } from "./nasty-text.ts";
import { ANN, type Bench, type BenchOptions, BOB, CHANNEL, startBench } from "./slack-bench.ts";

const entry = (index: number): Entry => ({
  lines: [[`${index}. Call Acme`]],
  actions: [{ kind: "fill", form: "work", label: "Done", line: `actions done id:${index}` }],
});
const sample: Home = {
  sections: [
    {
      title: "My accounts",
      lines: [["A  3 accounts"]],
      actions: [{ kind: "run", label: "Mine", line: "top mine" }],
    },
    { title: "What to do next", lines: [["2 actions"]], entries: [entry(1), entry(2)] },
    {
      title: "For admins",
      actions: [
        { kind: "form", form: "settings", label: "Settings", line: "settings" },
        { kind: "share", label: "Share", line: "top" },
      ],
    },
  ],
};

const idsIn = (blocks: readonly unknown[]) =>
  [...JSON.stringify(blocks).matchAll(/"action_id":"([^"]+)"/g)].map(([, id]) => id ?? "");

describe("a Home tab", () => {
  test("has a title for each section, then what it says, does and opens", () => {
    const { blocks } = homeView(sample);
    expect(blocks.map(({ type }) => type)).toEqual([
      ...["header", "rich_text", "actions", "divider"],
      ...["header", "rich_text", "rich_text", "actions", "rich_text", "actions", "divider"],
      ...["header", "actions"],
    ]);
    expect(idsIn(blocks)).toEqual(["run:s0-0", "fill-work:s1-e0-0", "fill-work:s1-e1-0", "form:s2-0"]);
    expect(validateView(homeView(sample))).toEqual([]);
  });

  test("is one that Slack takes, whatever is in it", () => {
    const line = fc.array(nastyText, { maxLength: 4 });
    const action = fc.record({
      kind: fc.constantFrom("run", "filter", "share"),
      label: nastyText,
      line: nastyText,
    });
    const section = fc.record({
      title: nastyText,
      lines: fc.array(line, { maxLength: 30 }),
      entries: fc.array(
        fc.record({ lines: fc.array(line, { maxLength: 3 }), actions: fc.array(action, { maxLength: 30 }) }),
        { maxLength: 30 },
      ),
      actions: fc.array(action, { maxLength: 40 }),
    });
    fc.assert(
      fc.property(fc.array(section, { minLength: 1, maxLength: 14 }), (sections) => {
        const view = homeView({ sections: sections as Home["sections"] });
        expect(validateView(view)).toEqual([]);
        const ids = idsIn(view.blocks);
        expect(new Set(ids).size).toBe(ids.length);
      }),
      { seed: 13, numRuns: 60 },
    );
  }, 60_000);

  test("says how much it leaves out", () => {
    const many = Array.from({ length: 80 }, (_, index) => entry(index));
    const view = homeView({ sections: [{ title: "What to do next", entries: many }] });
    expect(view.blocks.length).toBeLessThanOrEqual(100);
    expect(JSON.stringify(view)).toMatch(/\d+ more items are not shown here\./);
  });
});

describe("somebody who opens the app", () => {
  let bench: Bench;
  afterEach(() => bench.stop());
  const start = async (options: BenchOptions) => {
    bench = await startBench(options);
  };
  const shown = (userId: string) => JSON.stringify(bench.home(userId)?.blocks ?? []);
  const open = async (userId = ANN, tab: "home" | "messages" = "home") => {
    await bench.openAppTab({ userId, tab });
    if (tab === "home") await bench.waitFor(() => bench.home(userId));
  };

  test("sees their own page, composed as who they are", async () => {
    const asked: unknown[] = [];
    await start({
      home: async ({ viewer, place, people }) => {
        asked.push({ viewer, place, zone: (await people?.(ANN))?.timeZone });
        return sample;
      },
    });
    await open();
    expect(shown(ANN)).toContain("My accounts");
    expect(asked).toEqual([
      {
        viewer: { workspaceId: "bench", userId: ANN, email: "ann@example.com", standing: "member" },
        place: { channelId: ANN, isDirect: true },
        zone: "Europe/Berlin",
      },
    ]);
    expect(bench.home(BOB)).toBeUndefined();
    expect(bench.violations).toEqual([]);
  });

  test("sees it anew each time, and nothing is published for the other tab", async () => {
    let times = 0;
    await start({
      home: async () => {
        times += 1;
        return { sections: [{ title: `Look ${times}` }] };
      },
    });
    await open(ANN, "messages");
    await open();
    await open();
    await bench.waitFor(() => shown(ANN).includes("Look 2"));
    expect(times).toBe(2);
  });

  test("who presses there is answered in direct messages, and the page is shown anew", async () => {
    let times = 0;
    const home: Desk["home"] = async () => {
      times += 1;
      return { sections: [...sample.sections, { title: `Look ${times}` }] };
    };
    await start({ home });
    await open();
    const viewId = bench.home(ANN)?.id ?? "";
    expect(await bench.press({ userId: ANN, viewId, actionId: "run:s0-0" })).toEqual({ ok: true });
    const direct = { channelId: bench.directMessages(ANN), viewerId: ANN };
    const [answer] = await bench.waitFor(() => bench.messages(direct).length > 0 && bench.messages(direct));
    expect(answer?.text).toBe("Answer to top mine");
    expect(bench.asked).toMatchObject([{ line: "top mine", place: { channelId: ANN, isDirect: true } }]);
    await bench.waitFor(() => shown(ANN).includes("Look 2"));
    expect(bench.seen(ANN)).toEqual([]);
    expect(bench.violations).toEqual([]);
  });

  test("who fills in a form there too", async () => {
    let times = 0;
    const home: Desk["home"] = async () => {
      times += 1;
      return { sections: [...sample.sections, { title: `Look ${times}` }] };
    };
    await start({ home });
    await open();
    await bench.press({ userId: ANN, viewId: bench.home(ANN)?.id ?? "", actionId: "fill-work:s1-e1-0" });
    const view = await bench.waitFor(() => bench.frontModal(ANN));
    expect(shown(ANN)).toContain("Look 1");
    await bench.submitView({ userId: ANN, viewId: view.id, values: { "fill-hours": "1.5" } });
    await bench.waitFor(() => shown(ANN).includes("Look 2"));
    expect(bench.asked.map(({ line }: Request) => line)).toEqual(["actions done id:2 hours 1.5"]);
    const direct = { channelId: bench.directMessages(ANN), viewerId: ANN };
    expect(bench.messages(direct)).toHaveLength(1);
    expect(bench.violations).toEqual([]);
  });

  test("reads that something went wrong, with the number under which the log has the cause", async () => {
    await start({ home: () => Promise.reject(new Error("the store is gone")) });
    await open();
    const [, id] = /noted as ([0-9a-f]{8})/.exec(shown(ANN)) ?? [];
    expect(bench.logged).toContainEqual(expect.objectContaining({ id }));
  });

  test("reads what to do while Slack does not say who they are", async () => {
    await start({ home: async () => sample });
    bench.faults.next({ method: "users.info", error: "internal_error", times: 4 });
    await open();
    expect(shown(ANN)).toContain("Slack did not say who you are");
  });

  test("sees it where Slack breaks off or is busy", async () => {
    await start({ home: async () => sample });
    bench.faults.next({ method: "views.publish", drop: true });
    await open();
    expect(shown(ANN)).toContain("My accounts");
    bench.faults.next({ method: "views.publish", retryAfter: 1 });
    await open(BOB);
    expect(shown(BOB)).toContain("My accounts");
  });

  test("reads a sentence where Slack refuses the page", async () => {
    await start({ home: async () => sample });
    bench.faults.next({ method: "views.publish", error: "invalid_arguments" });
    await open();
    expect(shown(ANN)).toContain("/portfolio help");
  });
});

test("buttons of messages keep their answers where they are", async () => {
  const run: Action = { kind: "run", label: "Next", line: "top page:2" };
  const bench = await startBench({
    answer: ({ line }) => ({
      ...{ ok: true, command: "top", query: {}, line },
      reply: { headline: `Answer to ${line}`, actions: [run], data: {} },
    }),
    home: () => Promise.reject(new Error("nobody looks at Home")),
  });
  try {
    await bench.slash({ userId: ANN, channelId: CHANNEL, text: "top" });
    const [message] = await bench.waitFor(
      () => bench.seen(ANN).length > 0 && bench.messages({ channelId: CHANNEL, viewerId: ANN }),
    );
    await bench.press({ userId: ANN, messageTs: message?.ts ?? "", actionId: "run:0" });
    await bench.waitFor(() => bench.seen(ANN)[0]?.includes("Answer to top page:2"));
    expect(bench.logged).toEqual([]);
  } finally {
    await bench.stop();
  }
});
