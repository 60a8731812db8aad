import type { ReceiverEvent } from "@slack/bolt";
import { pino } from "pino";
import { afterEach, describe, expect, test, vi } from "vitest";
import { requestIdOf } from "../../src/slack/request-id.ts";
import { createRequestLedger, type RequestLedger, type RequestSeal } from "../../src/slack/request-ledger.ts";
import { pendingInMemory } from "./pending-in-memory.ts";

const command = (trigger: string, text = "top A") => ({
  command: "/portfolio",
  text,
  team_id: "T1",
  user_id: "U1",
  channel_id: "C1",
  trigger_id: trigger,
});

const seal: RequestSeal = {
  seal: (workspaceId, text) => `${workspaceId}:${Buffer.from(text).toString("base64")}`,
  open: (workspaceId, sealed) => {
    if (!sealed.startsWith(`${workspaceId}:`)) throw new Error("sealed by somebody else");
    return Buffer.from(sealed.slice(workspaceId.length + 1), "base64").toString();
  },
};

let opened: RequestLedger[] = [];
afterEach(async () => {
  for (const ledger of opened) await ledger.stop();
  opened = [];
});

/** A ledger over a store in memory, which several may share as several processes do. */
function open(run: (event: ReceiverEvent) => Promise<void>, pending = pendingInMemory()) {
  const logged: Record<string, unknown>[] = [];
  const log = pino({ level: "warn" }, { write: (text: string) => void logged.push(JSON.parse(text)) });
  const ledger = createRequestLedger({
    pending,
    foreseeing: (_workspaceId, work) => work(),
    seal,
    workspaceOf: async (teamId) => (teamId === "T1" ? "w1" : undefined),
    run,
    log,
  });
  opened.push(ledger);
  return { ledger, pending, logged };
}

function sent(body: Record<string, unknown>) {
  const event = {
    body,
    acknowledged: 0,
    ack: async () => {
      event.acknowledged += 1;
    },
  };
  return event;
}

describe("a request", () => {
  test("is done once; whatever comes again is only acknowledged", async () => {
    const done: unknown[] = [];
    const { ledger, pending } = open(async ({ body, ack }) => {
      await ack();
      done.push(body.text);
    });
    const [first, again] = [sent(command("1")), sent(command("1", "top B"))];
    await ledger.perform(first);
    await ledger.perform(again);
    expect(done).toEqual(["top A"]);
    expect([first.acknowledged, again.acknowledged]).toEqual([1, 1]);
    expect(pending.open.size).toBe(0);
  });

  test("is noted, sealed, before it is begun, and no longer once it is done", async () => {
    const { ledger, pending } = open(async () => {
      const [left] = pending.open.values();
      expect(left?.body).not.toContain("top A");
      expect(seal.open("w1", left?.body ?? "")).toContain("top A");
    });
    await ledger.perform(sent(command("1")));
    expect(pending.open.size).toBe(0);
  });

  test("that fails is not done again: the person was told", async () => {
    const { ledger, pending } = open(async () => {
      throw new Error("no luck");
    });
    await expect(ledger.perform(sent(command("1")))).rejects.toThrow("no luck");
    expect(pending.open.size).toBe(0);
  });

  test.each([
    ["a stranger's", { ...command("1"), team_id: "T9" }],
    ["one that only asks", { type: "block_suggestion", team: { id: "T1" }, user: { id: "U1" }, value: "a" }],
  ])("%s is done without a note", async (_, body) => {
    let done = 0;
    const { ledger, pending } = open(async () => {
      done += 1;
      expect(pending.open.size).toBe(0);
    });
    await ledger.perform(sent(body));
    await ledger.perform(sent(body));
    expect(done).toBe(2);
  });

  test("is done although the store is gone", async () => {
    const pending = pendingInMemory();
    pending.accept = async () => {
      throw new Error("no store");
    };
    let done = 0;
    const { ledger, logged } = open(async () => {
      done += 1;
    }, pending);
    await ledger.perform(sent(command("1")));
    expect(done).toBe(1);
    expect(JSON.stringify(logged)).toContain("no store");
  });
});

describe("a request that was left behind", () => {
  /** A process that accepts a request and dies over it. */
  async function leaveBehind(body: Record<string, unknown>) {
    const pending = pendingInMemory();
    const { ledger } = open(() => new Promise(() => {}), pending);
    void ledger.perform(sent(body));
    await vi.waitFor(() => expect(pending.open.size).toBe(1));
    // Nobody stops a process that has died.
    opened = [];
    pending.letGo();
    return pending;
  }

  test("is done by whoever starts next, as it was sent", async () => {
    const pending = await leaveBehind(command("1", "mix"));
    const done: unknown[] = [];
    const { ledger, logged } = open(async ({ body, ack }) => {
      await ack();
      done.push(body);
    }, pending);
    ledger.start();
    await vi.waitFor(() => expect(pending.open.size).toBe(0));
    expect(done).toEqual([command("1", "mix")]);
    expect(JSON.stringify(logged)).toContain("taken up again");
    // Slack's own repetition comes too late.
    await ledger.perform(sent(command("1", "mix")));
    expect(done).toHaveLength(1);
  });

  test("is given up when processes keep dying over it", async () => {
    const pending = await leaveBehind(command("1"));
    for (let life = 0; life < 2; life += 1) {
      await pending.takeOver(undefined);
      pending.letGo();
    }
    let done = 0;
    const { ledger, logged } = open(async () => {
      done += 1;
    }, pending);
    ledger.start();
    await vi.waitFor(() => expect(pending.open.size).toBe(0));
    expect(done).toBe(0);
    expect(JSON.stringify(logged)).toContain("given up");
  });

  test("that cannot be opened is given up, with the cause in the log", async () => {
    const pending = pendingInMemory();
    await pending.accept({ workspaceId: "w1", id: "1", body: "sealed with another key" });
    pending.letGo();
    const { ledger, logged } = open(async () => {}, pending);
    ledger.start();
    await vi.waitFor(() => expect(pending.open.size).toBe(0));
    expect(JSON.stringify(logged)).toContain("sealed by somebody else");
  });

  test("is waited for when the ledger stops", async () => {
    let finish = () => {};
    const { ledger } = open(
      () =>
        new Promise((resolve) => {
          finish = resolve;
        }),
    );
    const work = ledger.perform(sent(command("1")));
    await new Promise((resolve) => setTimeout(resolve, 20));
    let isStopped = false;
    const stopped = ledger.stop().then(() => {
      isStopped = true;
    });
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(isStopped).toBe(false);
    finish();
    await Promise.all([work, stopped]);
  });
});

describe("which request something is", () => {
  const message = { type: "message", channel_type: "im", channel: "D1", ts: "1.2", user: "U1" };
  test.each([
    ["a command", command("t1"), { teamId: "T1", id: "t1" }],
    [
      "a button",
      { type: "block_actions", team: { id: "T1" }, user: { id: "U1", team_id: "T2" }, trigger_id: "t2" },
      { teamId: "T1", id: "t2" },
    ],
    [
      "a form without a trigger",
      { type: "view_submission", team: null, user: { id: "U1", team_id: "T1" }, view: { id: "V1" } },
      { teamId: "T1", id: "V1" },
    ],
    [
      "a message, whichever event it arrives in",
      { type: "event_callback", team_id: "T1", event_id: "Ev1", event: message },
      { teamId: "T1", id: "message:D1:1.2" },
    ],
    [
      "another event",
      { type: "event_callback", team_id: "T1", event_id: "Ev2", event: { type: "app_uninstalled" } },
      { teamId: "T1", id: "Ev2" },
    ],
    ["a closed form", { type: "view_closed", team: { id: "T1" }, user: { id: "U1" } }, undefined],
    ["nothing of Slack's", { hello: "there" }, undefined],
  ])("%s", (_, body, expected) => {
    expect(requestIdOf(body)).toEqual(expected);
  });
});
