import { beforeAll, describe, expect, test } from "vitest";
import type { VisibilityMode } from "../src/core/settings.ts";
import { createDesk } from "../src/create-desk.ts";
import type { Answer, Desk } from "../src/desk.ts";
import { loadCommands } from "../src/load-commands.ts";
import { renderReply } from "../src/slack/render-blocks.ts";
import type { Store } from "../src/store/store.ts";
import { pressable } from "./helpers/crawl.ts";
import type { RawWorkspace } from "./helpers/facts.ts";
import { modes, peopleSettings, type Sees, seenBy, viewerIn } from "./helpers/leak-people.ts";
import { leaksIn, secretsOf } from "./helpers/leak-secrets.ts";
import { openLeakWorld, worldAccounts, worldReps } from "./helpers/leak-world.ts";
import { openWorkspace } from "./helpers/workspace.ts";

// What is posted is read by everybody in the channel: it holds what each of them may see, and nobody else's name.

const commands = await loadCommands(new URL("../commands/", import.meta.url));
let world: RawWorkspace;
let desk: Desk;
let store: Store;
beforeAll(async () => {
  world = await openLeakWorld();
  ({ store } = await openWorkspace());
  desk = createDesk({ store, commands, now: () => new Date("2026-10-31T12:00:00Z") });
  await world.settings({ people: peopleSettings });
});

const inMode = (visibility: VisibilityMode) => world.settings({ visibility });

function share(by: string, line: string, readers: readonly string[]): Promise<Answer> {
  const members = [by, ...readers].map((name) => viewerIn(world, name));
  const mentioned = async () => ({ name: "Sven Ostler", email: "sven@leak.example" });
  return desk.answer({
    viewer: viewerIn(world, by),
    line,
    audience: { place: "#sales", members },
    people: mentioned,
  });
}

/** What lands in the channel, with all that can be looked up in it. */
const posted = (answer: Extract<Answer, { ok: true }>) =>
  `${JSON.stringify(answer.reply)} ${JSON.stringify(renderReply(answer.reply, { line: answer.line, shared: { by: "the sharer" } }))}`;

const account = (owner: string) => worldAccounts.find((each) => each.owner === owner)?.name ?? "";
const common = (all: readonly Sees[]): Sees =>
  all.reduce((one, other) =>
    one === "all" ? other : other === "all" ? one : one.filter((name) => other.includes(name)),
  );

const channels = [
  ["nora", ["nils", "mia"]],
  ["max", ["sven", "ada"]],
  ["ada", ["operator"]],
  ["ada", ["eda", "max"]],
  ["nils", []],
] as const;

/** Every line in every channel takes long: but for `npm run prove`, each is typed in a third of them. */
const typedIn = (nth: number) => (_line: string, index: number) =>
  Boolean(process.env.PROVE) || index % 3 === nth % 3;

describe.each(modes)("in mode %s", (mode) => {
  beforeAll(() => inMode(mode));

  test.each(channels)(
    "%s shares with %j what all of them may see, and no names",
    { timeout: 300_000 },
    async (by, readers) => {
      const nth = modes.indexOf(mode) * channels.length + channels.findIndex((each) => each[1] === readers);
      const sees = common([by, ...readers].map((name) => seenBy(name, mode)));
      const sharer = worldReps.find(({ email }) => email.startsWith(by))?.name;
      const others = worldReps.filter(({ name }) => name !== sharer);
      const typed = [
        ...["top mine", "mix explain", "top since 400d", "top within:industry", "top <@U0SVEN>"],
        ...["Nils Brandt", "Sara Vance"].flatMap((name) => [
          `top owner:"${name}"`,
          `account ${account(name)}`,
          `why ${account(name)}`,
        ]),
        ...[...commands].flatMap(([name, { examples }]) => [name, ...examples]),
      ].filter(typedIn(nth));
      const own = await Promise.all(typed.map((line) => desk.answer({ viewer: viewerIn(world, by), line })));
      const lines = [...new Set([...typed, ...own.flatMap((answer) => pressable(answer).shares)])];
      let shared = 0;
      for (const line of lines) {
        const answer = await share(by, line, readers);
        if (!answer.ok) {
          expect({ line, message: answer.message }).toMatchObject({
            message: expect.stringContaining("Nothing was shared."),
          });
          continue;
        }
        shared += 1;
        const text = posted(answer);
        for (const reader of readers)
          expect({ line, reader, leaks: leaksIn(text, "", secretsOf(seenBy(reader, mode))) }).toEqual({
            line,
            reader,
            leaks: [],
          });
        const named = others
          .flatMap(({ name, email }) => [name, email])
          .filter((word) => text.includes(word));
        expect({ line, named: mode === "all" ? [] : named }).toEqual({ line, named: [] });
      }
      expect(shared > 0).toBe(sees === "all" || sees.length > 0);
    },
  );

  test("nothing at all is shared where a guest, a stranger or nobody in particular reads", async () => {
    for (const reader of ["guest", "stranger", "unclear"])
      expect(await share("ada", "top", [reader])).toMatchObject({
        ok: false,
        message: expect.stringContaining("Nobody else in #sales may see these accounts"),
      });
    expect(await share("guest", "top", ["ada"])).toMatchObject({ ok: false });
  });
});

describe("without names", () => {
  beforeAll(() => inMode("team"));

  test("other reps are all the same one, the sharer is not, and nobody is nobody", async () => {
    const rows = async (by: string, readers: readonly string[]) => {
      const answer = await share(by, "top", readers);
      const data = answer.ok
        ? (answer.reply.data as { rows: { account: string; owner: string | null }[] })
        : { rows: [] };
      return Object.fromEntries(data.rows.map(({ account: name, owner }) => [name.split(" ")[0], owner]));
    };
    expect(await rows("nora", ["nils"])).toEqual({
      ...{ Zephyrine: "Nora Quill", Quorlix: "Nora Quill" },
      ...{ Vantrell: "another rep", Ombrecht: "another rep" },
    });
    const toAdmins = await rows("ada", ["operator"]);
    expect(new Set(Object.values(toAdmins))).toEqual(new Set(["another rep", null]));
    expect(toAdmins.Hadrimont).toBeNull();
  });

  test("a filter by somebody else's name is neither worded nor echoed, nor in a button", async () => {
    const answer = await share("nora", 'top owner:"Nils Brandt"', ["nils"]);
    expect(answer).toMatchObject({
      ok: true,
      line: "",
      reply: { headline: expect.stringContaining('(owner:"another rep")') },
    });
    const own = await share("nora", "top mine", ["nils"]);
    expect(own).toMatchObject({ ok: true, line: "top mine" });
  });

  test("what was set by hand names who did it, and is left out", async () => {
    const zephyrine = worldAccounts.find(({ name }) => name.startsWith("Zephyrine"))?.id ?? "";
    const manager = store.decisions(await store.access(viewerIn(world, "mia")));
    await manager.correct(zephyrine, { field: "industry", value: "Brewing", reason: "Nils Brandt says so" });
    const own = await desk.answer({ viewer: viewerIn(world, "nora"), line: "account zephyrine" });
    expect(own.ok && posted(own)).toMatch(/mia@leak|Nils Brandt says so/);
    const shared = await share("nora", "account zephyrine", ["nils"]);
    expect(shared.ok && posted(shared)).toContain("Zephyrine Works");
    expect(shared.ok && posted(shared)).not.toMatch(/mia@leak|Nils Brandt/);
  });

  test("a list by owner would tell reps apart and is not shared", async () => {
    expect(await share("nora", "top within:owner", ["nils"])).toMatchObject({
      ok: false,
      message: expect.stringContaining("cannot be shared"),
    });
    await inMode("all");
    expect(await share("nora", "top within:owner", ["nils"])).toMatchObject({ ok: true });
  });
});
