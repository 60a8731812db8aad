import { describe, expect, test } from "vitest";
import { keyOf } from "../../src/digest/delivery-key.ts";
import type { PostOutcome } from "../../src/digest/messenger.ts";
import { usualTimes } from "../../src/digest/times.ts";
import { deliveryBench, digest, posted, RUN } from "./delivery-bench.ts";

const unknown: PostOutcome = { kind: "unknown", fault: "TimeoutError" };
const later: PostOutcome = { kind: "later", fault: "service_unavailable" };
const found = { kind: "found", channelId: "C0SALES", messageTs: "1795000000.000100" } as const;

describe("a digest", () => {
  test("is posted once with its key and confirmed, however often somebody comes", async () => {
    const bench = deliveryBench({});
    await Promise.all([bench.deliver(), bench.deliver(), bench.deliver()]);
    await bench.deliver();
    expect(bench.sent.map(({ key, target }) => [key, target])).toEqual([
      ["1/2026-11-24T07:30:00.000Z/C0SALES/0", "C0SALES"],
    ]);
    expect(bench.row()).toMatchObject({ status: "confirmed", messageTs: posted.messageTs, settledAt: RUN });
  });

  test("with nothing to say is silent", async () => {
    const bench = deliveryBench({ compose: async () => ({ kind: "nothing" }) });
    await bench.deliver();
    expect([bench.sent, bench.row()?.status]).toEqual([[], "silent"]);
  });

  test("of one schedule, run, target and edition has a key of its own", () => {
    const about = { scheduleId: 1, runAt: RUN, target: "C1", edition: 0 };
    const others = [
      { scheduleId: 2 },
      { runAt: new Date(RUN.getTime() + 1) },
      { target: "C2" },
      { edition: 1 },
    ];
    const keys = [about, ...others.map((other) => ({ ...about, ...other }))].map(keyOf);
    expect(new Set(keys).size).toBe(5);
  });
});

describe("what Slack does not do", () => {
  test("is tried again after 1, 5, 25 minutes and so on, and has failed after a day", async () => {
    const bench = deliveryBench({ posts: [later] });
    const waits = await bench.toTheEnd();
    expect(waits.slice(0, 5)).toEqual([1, 5, 25, 125, 180]);
    const hours = waits.reduce((sum, minutes) => sum + minutes, 0) / 60;
    expect(hours).toBeGreaterThan(24);
    expect(hours).toBeLessThan(30);
    expect(bench.row()).toMatchObject({
      status: "failed",
      fault: "service_unavailable",
      attempts: waits.length + 1,
    });
    expect([bench.schedule()?.paused, bench.told]).toEqual([undefined, []]);
  });

  test("for want of patience holds the whole workspace, and is no attempt", async () => {
    const bench = deliveryBench({
      posts: [{ kind: "limited", fault: "ratelimited", afterMs: 30_000 }, posted],
    });
    expect(await bench.deliver()).toEqual(new Date(RUN.getTime() + 30_000));
    expect([bench.state.heldMs, bench.row()?.attempts]).toEqual([30_000, 0]);
    await bench.deliver();
    expect(bench.sent).toHaveLength(1);
    bench.state.nowMs += 30_000;
    await bench.deliver();
    expect([bench.sent.length, bench.row()?.status]).toEqual([2, "confirmed"]);
  });

  test("until somebody does something pauses the schedule, and tells its owner once with the fix", async () => {
    const bench = deliveryBench({ posts: [{ kind: "refused", fault: "not_in_channel" }] });
    await bench.toTheEnd();
    expect(bench.row()).toMatchObject({ status: "failed", fault: "not_in_channel" });
    expect(bench.schedule()).toMatchObject({
      paused: { code: "slack", error: "not_in_channel" },
      nextAt: undefined,
    });
    expect(bench.told).toHaveLength(1);
    const { userId, reply } = bench.told[0] ?? {};
    expect(userId).toBe("U0OWNER");
    expect(reply?.headline).toBe("The digest in #sales is paused");
    expect(JSON.stringify(reply?.lines)).toContain("Type /invite @Portfolio in #sales");
  });

  test("because the app was thrown out is logged, since nobody can be told", async () => {
    const bench = deliveryBench({ posts: [{ kind: "refused", fault: "token_revoked" }] });
    await bench.toTheEnd();
    expect(bench.told).toEqual([]);
    expect(bench.schedule()?.paused).toMatchObject({ error: "token_revoked", toldAt: expect.any(String) });
    expect(bench.logged).toContainEqual(expect.objectContaining({ reason: "token_revoked" }));
  });
});

describe("who reads a channel", () => {
  test("being unknown for a while, nothing is posted until it is known", async () => {
    let isKnown = false;
    const bench = deliveryBench({
      compose: async () => (isKnown ? digest : { kind: "later", fault: "readers_unknown" }),
    });
    await bench.deliver();
    expect([bench.sent, bench.row()?.fault]).toEqual([[], "readers_unknown"]);
    isKnown = true;
    bench.state.nowMs += 60_000;
    await bench.deliver();
    expect(bench.row()?.status).toBe("confirmed");
  });

  test("being somebody who may not, nothing is posted, and its owner is told why", async () => {
    const sentence = "1 guest reads #sales, and guests see no accounts, so no digest is posted there.";
    const bench = deliveryBench({ compose: async () => ({ kind: "not-allowed", sentence }) });
    await bench.toTheEnd();
    expect([bench.sent, bench.row()?.status]).toEqual([[], "failed"]);
    expect(bench.schedule()?.paused).toMatchObject({ code: "readers", sentence });
    expect(bench.told.map(({ reply }) => reply.lines)).toEqual([[[sentence]]]);
  });
});

describe("what may have arrived", () => {
  test.each([
    ["found, it is confirmed", () => found, 1, { status: "confirmed", messageTs: found.messageTs }],
    ["surely not there, it is sent", () => ({ kind: "absent" }) as const, 2, { status: "confirmed" }],
    [
      "nobody may look, it is unconfirmed for good",
      () => ({ kind: "unable" }) as const,
      1,
      { status: "unconfirmed", fault: "TimeoutError", settledAt: expect.any(Date) },
    ],
    [
      "Slack never says, it is unconfirmed for good after a day",
      () => ({ kind: "later" }) as const,
      1,
      { status: "unconfirmed", settledAt: expect.any(Date) },
    ],
  ])("is looked for: %s", async (_name, find, posts, row) => {
    const bench = deliveryBench({ posts: [unknown, posted], find });
    await bench.toTheEnd();
    expect(bench.row()).toMatchObject(row);
    expect(bench.sent).toHaveLength(posts);
  });

  test("is not sent again before it surely is not there", async () => {
    const bench = deliveryBench({ posts: [unknown, posted] });
    const waits = await bench.toTheEnd();
    expect(waits).toEqual([(usualTimes.leaseMs + usualTimes.settleMs) / 60_000]);
    expect(usualTimes.settleMs).toBeGreaterThan(3 * usualTimes.callMs);
  });

  test("when a process died in the middle is looked for too, and sent only when it is surely not there", async () => {
    const bench = deliveryBench({});
    const { post } = bench.messenger;
    let hasDied = false;
    bench.messenger.post = async (...about) => {
      const outcome = await post(...about);
      if (hasDied) return outcome;
      hasDied = true;
      return new Promise(() => {});
    };
    void bench.deliver();
    await new Promise((resolve) => setImmediate(resolve));
    expect(bench.row()?.status).toBe("sending");
    await bench.deliver();
    expect(bench.sent).toHaveLength(1);
    bench.afterTheLease();
    // Its last call may have begun just before the lease ended.
    expect(await bench.deliver()).toEqual(new Date(RUN.getTime() + usualTimes.leaseMs + usualTimes.settleMs));
    expect(bench.sent).toHaveLength(1);
    bench.state.nowMs = RUN.getTime() + usualTimes.leaseMs + usualTimes.settleMs;
    await bench.deliver();
    expect([bench.sent.length, bench.row()?.status]).toEqual([2, "confirmed"]);
  });

  test("breaking in the middle of a post, it is unknown", async () => {
    const bench = deliveryBench({
      posts: [
        () => {
          throw new Error("no digest can be drawn");
        },
      ],
      find: () => ({ kind: "unable" }),
    });
    await bench.toTheEnd();
    expect(bench.row()).toMatchObject({ status: "unconfirmed", fault: "broken" });
  });
});

describe("a worker", () => {
  test("that composed for longer than its lease does not post", async () => {
    const bench: ReturnType<typeof deliveryBench> = deliveryBench({
      compose: async () => {
        bench.afterTheLease();
        return digest;
      },
    });
    expect(await bench.deliver()).toBeUndefined();
    expect([bench.sent, bench.row()?.sentAt]).toEqual([[], undefined]);
  });

  test("begins no call that could outlast its lease", async () => {
    const still: boolean[] = [];
    const bench: ReturnType<typeof deliveryBench> = deliveryBench({
      posts: [
        ({ isStillOurs }) => {
          still.push(isStillOurs());
          bench.state.nowMs += usualTimes.leaseMs - usualTimes.callMs;
          still.push(isStillOurs());
          return later;
        },
      ],
    });
    await bench.deliver();
    expect(still).toEqual([true, false]);
  });

  test("that breaks before anything is sent is no harm, and what it dies of is given up", async () => {
    const bench = deliveryBench({
      compose: async () => {
        throw new Error("no figures");
      },
    });
    const waits = await bench.toTheEnd();
    expect(waits.length).toBe(usualTimes.retriesMs.length);
    expect([bench.sent, bench.row()]).toMatchObject([[], { status: "failed", fault: "broken" }]);
    const dying = deliveryBench({ compose: () => new Promise(() => {}) });
    for (let lives = 0; lives <= usualTimes.retriesMs.length; lives += 1) {
      void dying.deliver();
      await new Promise((resolve) => setImmediate(resolve));
      dying.afterTheLease();
    }
    await dying.deliver();
    expect(dying.row()).toMatchObject({ status: "failed", fault: "interrupted" });
  });

  test("waits for a store that is gone for a moment, to say that it arrived", async () => {
    const bench = deliveryBench({});
    const { settle } = bench.ledger;
    let failures = 2;
    bench.ledger.settle = async (...about) => {
      failures -= 1;
      if (failures >= 0) throw new Error("the store is gone");
      return settle(...about);
    };
    await bench.deliver();
    expect(bench.row()?.status).toBe("confirmed");
  });
});

describe("a schedule that was paused meanwhile", () => {
  const paused = { code: "person", by: "ann@example.com", at: RUN.toISOString() } as const;

  test("sends nothing more", async () => {
    const bench = deliveryBench({ schedule: { paused, nextAt: undefined } });
    await bench.deliver();
    expect([bench.sent, bench.row()]).toMatchObject([[], { status: "failed", fault: "paused" }]);
  });

  test("sends what somebody asked to have sent again", async () => {
    const bench = deliveryBench({ schedule: { paused, nextAt: undefined }, edition: 1 });
    await bench.deliver();
    expect(bench.row()?.status).toBe("confirmed");
  });
});
