import { z } from "zod";
import type { Reply } from "../command.ts";

// What the bot and its background process say to each other. Both are the same program, yet not surely the same
// version of it: the files may have changed since the bot started.

const viewer = z.object({
  workspaceId: z.string(),
  email: z.string().exactOptional(),
  name: z.string().exactOptional(),
  standing: z.enum(["operator", "member", "workspace-admin"]).exactOptional(),
});

const intakeOptions = z.object({
  currency: z.string().exactOptional(),
  dates: z.enum(["dmy", "mdy"]).exactOptional(),
});

const files = z.object({ viewer, files: z.array(z.string()), options: intakeOptions });

const job = z.discriminatedUnion("kind", [
  files.extend({ kind: z.literal("preview") }),
  files.extend({ kind: z.literal("import") }),
  z.object({ kind: z.literal("undo"), viewer, importIds: z.array(z.int()) }),
  z.object({ kind: z.literal("refresh"), workspaceId: z.string() }),
  z.object({ kind: z.literal("prepare"), workspaceId: z.string() }),
]);

/** Work that takes long enough to keep others waiting. */
export type Job = z.output<typeof job>;

const storeAddress = z.union([z.object({ databaseUrl: z.string() }), z.object({ dataDir: z.string() })]);

/** To the background process. */
export const order = z.discriminatedUnion("type", [
  /** Comes first: which store the jobs are about. It is no argument, since those are seen by everybody on the machine. */
  z.object({ type: z.literal("open"), address: storeAddress }),
  z.object({ type: z.literal("do"), id: z.int(), job }),
  /** Comes when there is no job. */
  z.object({ type: z.literal("leave") }),
]);
export type Order = z.output<typeof order>;

/** Only what every answer has is checked: the rest is what commands say to renderers, which take it as it is. */
const reply = z.custom<Reply>(
  (value) => z.looseObject({ headline: z.string(), data: z.unknown() }).safeParse(value).success,
);
const refusal = z.object({
  ok: z.literal(false),
  message: z.string(),
  asks: z.literal("dates").exactOptional(),
});

/** What each kind of job comes to. What a person can mend is one of the outcomes, with the sentence they read. */
export const outcomes = {
  preview: z.union([z.object({ ok: z.literal(true), reply }), refusal]),
  import: z.union([
    z.object({ ok: z.literal(true), reply, importIds: z.array(z.int()), issues: z.int() }),
    refusal,
  ]),
  undo: z.union([z.object({ ok: z.literal(true), reply }), refusal.omit({ asks: true })]),
  refresh: z.undefined(),
  prepare: z.undefined(),
} as const satisfies Record<Job["kind"], z.ZodType>;

export type Outcome<Kind extends Job["kind"]> = z.output<(typeof outcomes)[Kind]>;

/** From the background process. */
export const news = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("progress"),
    id: z.int(),
    file: z.string(),
    rows: z.int(),
    fractionRead: z.number(),
  }),
  z.object({ type: z.literal("waiting"), id: z.int(), sentence: z.string() }),
  z.object({ type: z.literal("done"), id: z.int(), outcome: z.unknown() }),
  /** An error that nobody expected, for the log. */
  z.object({
    type: z.literal("failed"),
    id: z.int(),
    name: z.string(),
    message: z.string(),
    /** With the stack and what caused it. */
    details: z.string(),
  }),
]);
export type News = z.output<typeof news>;
