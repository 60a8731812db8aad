import { type ChildProcess, spawn } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createRandom, type Random } from "../../src/core/random.ts";
import { openStore, type Store } from "../../src/store/store.ts";
import { embeddedStore, type OwnStore, scratchDatabase } from "../helpers/own-store.ts";
import { isSilent, targetOf } from "./proof-schedules.ts";
import { fates, type StubSlack, startStubSlack } from "./stub-slack.ts";

// Many digests are due at once, Slack is at its worst, and workers die at any moment: nobody sees a digest twice, none is
// missing but those that the ledger says may be, and what it says is true.

const proving = Boolean(process.env.PROVE);
const rounds = Number(process.env.ROUNDS ?? (proving ? 50 : 1));
const schedules = proving ? 200 : 8;
/** After so many, those who are left may finish. */
const mostKillsInRound = proving ? 4 : 1;
/** How long a worker lives at least, and at most: milliseconds for long, else messages that Slack was given. */
const life = proving ? ([200, 2_500] as const) : ([1, 4] as const);
const SEED = 20_261_122;
const WORKSPACE = "proof";
const SETTLED_WITHIN_MS = 600_000;

interface Kind {
  readonly name: string;
  readonly workers: number;
  create(): Promise<OwnStore>;
}

const kinds: readonly Kind[] = process.env.TEST_DATABASE_URL
  ? [{ name: "a PostgreSQL server, two workers", workers: 2, create: scratchDatabase }]
  : [{ name: "the embedded store, one worker", workers: 1, create: async () => embeddedStore() }];

describe.each(kinds)("on $name", { timeout: 3_600_000 }, ({ workers, create }) => {
  let own: OwnStore;
  let store: Store;
  beforeAll(async () => {
    own = await create();
    store = await openStore(own.address);
  });
  afterAll(async () => {
    await store.close();
    await own.remove();
  });

  // Where the history cannot be read less is promised: quickly that is tried with several workers only.
  test.each(
    [["with", true] as const, ["without", false] as const].filter(
      ([, granted]) => granted || proving || workers > 1,
    ),
  )("%s the history of channels", async (_, historyGranted) => {
    const random = createRandom(SEED + Number(historyGranted));
    const slack = await startStubSlack({ random: createRandom(SEED + 7), historyGranted });
    const crew = createCrew({ own, slack, random, workers });
    const table: string[] = [];
    try {
      for (let round = 1; round <= rounds; round += 1) {
        const before = slack.accepted.length;
        const runAt = await makeDue(own);
        const startedMs = Date.now();
        await crew.harassUntil(async () => (await left(own)) === 0);
        const outcome = judge(await deliveries(own, runAt), slack);
        table.push(
          row([
            round,
            outcome.due,
            slack.accepted.length - before,
            ...counted(outcome.statuses),
            crew.kills,
            `${((Date.now() - startedMs) / 1000).toFixed(1)} s`,
          ]),
        );
        expect({ round, ...outcome.wrong }).toEqual({ round, ...nothingWrong });
        expect(outcome.due).toBe(schedules);
        if (historyGranted) expect(outcome.statuses.get("unconfirmed") ?? 0).toBe(0);
      }
    } finally {
      await crew.dismiss();
      await slack.close();
      if (proving) report(table, slack);
    }
    expect(crew.kills).toBeGreaterThan(0);
  });
});

const nothingWrong = { twice: [], missing: [], untrue: [], open: [] };

/** Every schedule is due now, for the first time or once more. */
async function makeDue(own: OwnStore): Promise<Date> {
  const runAt = new Date();
  await own.rows(
    `INSERT INTO digest_schedule (workspace_id, target, target_name, is_channel, owner_id, cron, zone, next_at, created_at, changed_at)
     SELECT $1, target, target, target LIKE 'C%', 'U0OWNER', '30 8 * * 2', 'Europe/Berlin', $3, $3, $3 FROM unnest($2::text[]) AS target
     ON CONFLICT (workspace_id, target, filters) DO UPDATE SET next_at = $3`,
    [WORKSPACE, Array.from({ length: schedules }, (_, index) => targetOf(index)), runAt],
  );
  return runAt;
}

/** What nobody has seen to yet. */
async function left(own: OwnStore): Promise<number> {
  const [row] = await own.rows(
    `SELECT (SELECT count(*) FROM digest_schedule WHERE next_at <= now())::int
       + (SELECT count(*) FROM digest_delivery WHERE settled_at IS NULL)::int AS left`,
  );
  return Number(row?.left);
}

interface Row {
  readonly key: string;
  readonly target: string;
  readonly status: string;
  readonly ts: unknown;
}

async function deliveries(own: OwnStore, runAt: Date): Promise<readonly Row[]> {
  const rows = await own.rows(
    "SELECT schedule_id, run_at, target, edition, status::text AS status, message_ts FROM digest_delivery WHERE run_at = $1",
    [runAt],
  );
  return rows.map(({ schedule_id, target, edition, status, message_ts: ts }) => ({
    // As it is promised to be, said anew.
    key: [schedule_id, runAt.toISOString(), target, edition].join("/"),
    target: String(target),
    status: String(status),
    ts,
  }));
}

/** What the ledger says beside what Slack has. */
function judge(rows: readonly Row[], slack: StubSlack) {
  const there = new Map<string, string[]>();
  for (const { key, ts } of slack.accepted) there.set(key, [...(there.get(key) ?? []), ts]);
  const seen = (key: string) => there.get(key) ?? [];
  const statuses = new Map<string, number>();
  for (const { status } of rows) statuses.set(status, (statuses.get(status) ?? 0) + 1);
  const isTrue = ({ key, status, ts, target }: Row) =>
    status === "confirmed"
      ? seen(key)[0] === ts
      : status === "silent"
        ? isSilent(target) && seen(key).length === 0
        : status === "unconfirmed";
  const keys = (some: readonly Row[]) => some.map(({ key, status }) => `${status} ${key}`);
  return {
    due: rows.length,
    statuses,
    wrong: {
      twice: [...there].filter(([, stamps]) => stamps.length > 1).map(([key]) => key),
      missing: keys(
        rows.filter(
          ({ key, target, status }) =>
            seen(key).length === 0 && !isSilent(target) && status !== "unconfirmed",
        ),
      ),
      untrue: keys(rows.filter((each) => !isTrue(each))),
      open: keys(rows.filter(({ status }) => ["reserved", "sending", "failed"].includes(status))),
    },
  };
}

/** Workers that die at any moment, and are replaced. */
function createCrew(options: {
  readonly own: OwnStore;
  readonly slack: StubSlack;
  readonly random: Random;
  readonly workers: number;
}) {
  const { own, slack, random, workers } = options;
  let kills = 0;
  const alive: (ChildProcess | undefined)[] = Array.from({ length: workers }, () => undefined);

  async function hire(): Promise<ChildProcess> {
    const program = fileURLToPath(new URL("./digest-worker.ts", import.meta.url));
    const child = spawn(process.execPath, ["--import", "tsx", program], {
      env: {
        ...process.env,
        NODE_OPTIONS: "",
        STORE: JSON.stringify(own.address),
        SLACK: slack.apiUrl,
        WORKSPACE,
      },
      stdio: ["ignore", "pipe", "inherit"],
    });
    await Promise.race([
      new Promise((resolve) => child.stdout?.once("data", resolve)),
      new Promise((_, reject) => child.once("exit", () => reject(new Error("a worker did not start")))),
    ]);
    return child;
  }

  async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.kill(signal);
    await ended;
  }

  /** A kill after some of the messages is always in the middle, however quick the machine is. */
  function lived(): number {
    return proving ? Date.now() : [...slack.met.values()].reduce((sum, times) => sum + times, 0);
  }

  /** One place of the crew: a worker lives for a while and is killed, until all is done. */
  async function hold(place: number, mayKill: () => boolean): Promise<void> {
    for (;;) {
      const worker = alive[place] ?? (await hire());
      alive[place] = worker;
      const [least, most] = life;
      for (const diesAt = lived() + least + random() * (most - least); lived() < diesAt && mayKill(); )
        await sleep(5);
      if (!mayKill()) return;
      kills += 1;
      await end(worker, "SIGKILL");
      alive[place] = undefined;
    }
  }

  return {
    get kills() {
      return kills;
    },
    async harassUntil(isDone: () => Promise<boolean>): Promise<void> {
      let done = false;
      const enough = kills + mostKillsInRound;
      const places = Promise.all(alive.map((_, place) => hold(place, () => !done && kills < enough)));
      let isBroken = false;
      places.catch(() => {
        isBroken = true;
      });
      for (
        const limitMs = Date.now() + SETTLED_WITHIN_MS;
        Date.now() < limitMs && !done && !isBroken;
        await sleep(50)
      )
        done = await isDone();
      const isInTime = done;
      done = true;
      await places;
      if (!isInTime) throw new Error("digests were left over");
    },
    async dismiss(): Promise<void> {
      await Promise.all(alive.map((worker) => worker && end(worker, "SIGTERM")));
    },
  };
}

function counted(statuses: ReadonlyMap<string, number>): readonly number[] {
  return ["confirmed", "unconfirmed", "silent", "failed"].map((status) => statuses.get(status) ?? 0);
}

function row(cells: readonly unknown[]): string {
  return cells.map((cell) => String(cell).padStart(11)).join("");
}

/** What happened, for whoever proves. */
function report(table: readonly string[], slack: StubSlack): void {
  const head = row([
    "round",
    "due",
    "messages",
    "confirmed",
    "unconfirmed",
    "silent",
    "failed",
    "kills",
    "time",
  ]);
  const met = fates.map(([fate]) => `  ${String(slack.met.get(fate) ?? 0).padStart(6)}  ${fate}`);
  const scope = slack.historyGranted ? "with" : "without";
  process.stdout.write(
    `\n${scope} the history of channels\n${[head, ...table].join("\n")}\n\nWhat Slack did:\n${met.join("\n")}\n`,
  );
}
