// The process that does the bot's heavy work, so that the bot's event loop is free for answers. Started by
// `child.ts`, which tells it what to do; it leaves when the bot lets go of it or dies.
import { inspect } from "node:util";
import { createIntake } from "../intake/create-intake.ts";
import type { Watch } from "../intake/intake.ts";
import type { StoreAddress } from "../store/connect.ts";
import { openStore, type Store } from "../store/store.ts";
import { type Job, type News, type Order, type Outcome, order } from "./messages.ts";

const CLOSE_LIMIT_MS = 2_000;

const now = () => new Date();
let address: StoreAddress | undefined;
let opening: Promise<Store> | undefined;

// Whoever stops the bot may signal all its processes; when this one leaves is for the bot to say.
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => {});
// The bot is gone. What still runs is abandoned: the store removes what nobody finished.
process.on("disconnect", () => process.exit());
process.on("message", (message) => void obey(order.parse(message)));
// The bot may have died before this was listened for.
if (!process.connected) process.exit();

function obey(received: Order): Promise<void> {
  switch (received.type) {
    case "open":
      address = received.address;
      return Promise.resolve();
    case "do":
      return perform(received.id, received.job);
    case "leave":
      return leave();
  }
}

async function perform(id: number, job: Job): Promise<void> {
  try {
    tell({ type: "done", id, outcome: await outcomeOf(job, await theStore(), watchFor(id)) });
  } catch (error) {
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    tell({ type: "failed", id, name, message, details: inspect(error) });
  }
}

async function outcomeOf(job: Job, store: Store, watch: Watch): Promise<Outcome<Job["kind"]>> {
  const intake = createIntake({ store, now });
  switch (job.kind) {
    case "preview":
      return intake.preview(job.viewer, job.files, job.options, watch);
    case "import":
      return intake.import(job.viewer, job.files, job.options, watch);
    case "undo":
      return intake.undo(job.viewer, job.importIds, watch);
    case "refresh":
      return refresh(store, job.workspaceId);
    case "prepare":
      return store.prepareAnswers(job.workspaceId).then(() => undefined);
  }
}

/** A workspace that is gone is not made again. */
async function refresh(store: Store, workspaceId: string): Promise<undefined> {
  const workspace = await store.workspace(workspaceId);
  if (workspace) await store.refresh(workspace, { now: now() });
}

/** Opened with the first job; tried again with the next one where that fails. */
function theStore(): Promise<Store> {
  if (!address) throw new Error("a job came before the store's address");
  opening ??= openStore(address).catch((error: unknown) => {
    opening = undefined;
    throw error;
  });
  return opening;
}

function watchFor(id: number): Watch {
  return {
    progress: (file, rows, fractionRead) => tell({ type: "progress", id, file, rows, fractionRead }),
    waiting: (sentence) => tell({ type: "waiting", id, sentence }),
  };
}

function tell(message: News): void {
  process.send?.(message);
}

async function leave(): Promise<void> {
  setTimeout(() => process.exit(), CLOSE_LIMIT_MS);
  await (await opening)?.close();
  process.exit();
}
