import { fork } from "node:child_process";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import type { Watch } from "../intake/intake.ts";
import type { StoreAddress } from "../store/connect.ts";
import { yieldToAnswers } from "../yield-to-answers.ts";
import { JobBroken } from "./job-broken.ts";
import { type Job, type News, news, type Order, type Outcome, outcomes } from "./messages.ts";

/** As much as the terminal gets for the same work. */
const HEAP_MB = 384;
/** More, and imports would look dead on a busy machine. */
const NICENESS = 5;
/** Of what a process says before it dies: where its memory runs out, only that tells. */
const LAST_WORDS_LENGTH = 2_000;

const program = fileURLToPath(new URL("background-process.ts", import.meta.url));

/** One background process, from its start to its end. */
export interface Child {
  readonly processId: number | undefined;
  readonly ended: Promise<void>;
  /**
   * @throws JobBroken when the process ends before the job does; an Error whose cause is what failed in there.
   */
  run<Kind extends Job["kind"]>(job: JobOf<Kind>, watch: Watch): Promise<Outcome<Kind>>;
  /** Lets it end; there must be no job. */
  leave(): void;
  /** Ends it at once, whatever it does. */
  kill(): void;
}

export type JobOf<Kind extends Job["kind"]> = Extract<Job, { kind: Kind }>;

/** How a process ended. */
interface End {
  readonly processId: number | undefined;
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly lastWords: string;
  /** What it did then. */
  readonly jobs: readonly Job["kind"][];
  readonly err?: Error;
}

interface Running {
  readonly job: Job;
  readonly watch: Watch;
  done(outcome: unknown): void;
  fail(error: Error): void;
}

/** Starts a process for jobs about a store. `onEnd` is told before the jobs are that end with it. */
export function startChild(address: StoreAddress, onEnd: (end: End) => void): Child {
  const child = fork(program, [], {
    // Where "tsx" is found, whatever directory the bot runs in.
    cwd: dirname(program),
    execArgv: [`--max-old-space-size=${HEAP_MB}`, "--import", "tsx"],
    // What is undefined or a date arrives as it is.
    serialization: "advanced",
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
  // From its first moment: loading its modules takes seconds of a processor.
  if (child.pid !== undefined) yieldToAnswers(NICENESS, child.pid);
  const running = new Map<number, Running>();
  let count = 0;
  let lastWords = "";
  child.stderr?.on("data", (data: Buffer) => {
    lastWords = (lastWords + data.toString()).slice(-LAST_WORDS_LENGTH);
  });

  let err: Error | undefined;
  child.on("error", (error) => {
    err = error;
  });
  const ended = new Promise<void>((resolve) => {
    child.once("close", (code, signal) => {
      const broken = [...running.values()];
      running.clear();
      const jobs = broken.map(({ job }) => job.kind);
      onEnd({ processId: child.pid, code, signal, lastWords, jobs, ...(err === undefined ? {} : { err }) });
      for (const { fail } of broken) fail(new JobBroken("died"));
      resolve();
    });
  });

  child.on("message", (message) => {
    const heard = news.safeParse(message);
    if (heard.success) {
      const job = running.get(heard.data.id);
      if (job) hear(heard.data, job);
      return;
    }
    err = heard.error;
    child.kill("SIGKILL");
  });

  function hear(heard: News, { watch, done, fail }: Running): void {
    if (heard.type === "progress") watch.progress(heard.file, heard.rows, heard.fractionRead);
    else if (heard.type === "waiting") watch.waiting(heard.sentence);
    else {
      running.delete(heard.id);
      if (heard.type === "done") done(heard.outcome);
      else fail(failureOf(heard));
    }
  }

  // A message that does not get there is no surprise: the process has ended, which is told above.
  const tell = (message: Order) => child.send(message, () => undefined);
  tell({ type: "open", address });

  return {
    processId: child.pid,
    ended,
    run: async (job, watch) => {
      count += 1;
      const id = count;
      const outcome = await new Promise<unknown>((done, fail) => {
        running.set(id, { job, watch, done, fail });
        tell({ type: "do", id, job });
      });
      return outcomes[job.kind].parse(outcome) as Outcome<typeof job.kind>;
    },
    leave: () => void tell({ type: "leave" }),
    kill: () => void child.kill("SIGKILL"),
  };
}

function failureOf({ name, message, details }: Extract<News, { type: "failed" }>): Error {
  const cause = Object.assign(new Error(message), { name, stack: details });
  return new Error("a job failed in the background process", { cause });
}
