import { beforeAll, describe, expect, test } from "vitest";
import { createDesk } from "../src/create-desk.ts";
import type { ChoiceFilter, Desk } from "../src/desk.ts";
import { loadCommands } from "../src/load-commands.ts";
import type { Access } from "../src/store/access.ts";
import type { Database } from "../src/store/connect.ts";
import { createReads } from "../src/store/create-reads.ts";
import { createDecisions } from "../src/store/decisions.ts";
import { Refused } from "../src/store/refused.ts";
import type { Executor } from "../src/store/sql.ts";
import type { Store } from "../src/store/store.ts";
import { crawl } from "./helpers/crawl.ts";
import type { RawWorkspace } from "./helpers/facts.ts";
import { askingIn, isLong } from "./helpers/leak-asking.ts";
import {
  accountsOf,
  isSeen,
  modes,
  people,
  peopleSettings,
  type Sees,
  seenBy,
  viewerIn,
} from "./helpers/leak-people.ts";
import { everythingIn, leaksIn, secretsOf } from "./helpers/leak-secrets.ts";
import { openLeakWorld, type WorldAccount, worldAccounts, worldReps } from "./helpers/leak-world.ts";
import { installRowSecurity, underRowSecurity } from "./helpers/row-security.ts";
import { openWorkspace } from "./helpers/workspace.ts";

// Everybody types and presses everything they can, and nothing of what they may not see comes back: no name,
// no amount, no sum. Then PostgreSQL hides the rows itself, and every answer must still be the same.

const commands = await loadCommands(new URL("../commands/", import.meta.url));
/** The long run types and presses everything; otherwise everybody does a part of it, each another one. */
const mostPressed = isLong ? 2_000 : 4;
const mostTyped = isLong ? Number.POSITIVE_INFINITY : 12;

let world: RawWorkspace;
let store: Store;
let plain: Desk;
let secured: Desk;
beforeAll(async () => {
  world = await openLeakWorld();
  await world.settings({ people: peopleSettings });
  await installRowSecurity();
  store = (await openWorkspace()).store;
  plain = deskOn(() => world.database);
  secured = deskOn((access) => underRowSecurity(world.database, access));
});

/** The real desk; nothing that is pressed changes anything. */
function deskOn(executor: (access: Access) => Executor): Desk {
  const { database } = world;
  return createDesk({
    commands,
    now: () => new Date("2026-10-31T12:00:00Z"),
    store: {
      ...store,
      reads: (access) => createReads(executor(access), access),
      decisions: (access) => createDecisions(readOnly(database), access),
      once: async () => true,
    },
  });
}

function readOnly(database: Database): Database {
  return new Proxy(database, {
    get(target, property, receiver) {
      if (property === "$executeRaw" || property === "$transaction")
        return () => Promise.reject(new Refused("Nothing is changed here."));
      return Reflect.get(target, property, receiver);
    },
  });
}

const mentioned = async () => ({ name: "Somebody Mentioned", email: "sven@leak.example" });

const typo = (word: string) => `${word.slice(0, 3)}${word.slice(4)}`;

/** What people type: examples, filters, and other people's accounts by name, id and near miss, in small letters. */
function seedsFor(sees: Sees, probes: number): readonly string[] {
  const wanted = worldAccounts.filter((account) => !isSeen(sees, account));
  const hidden = (wanted.length > 0 ? wanted : worldAccounts).slice(0, probes);
  const own = accountsOf(sees).slice(0, 2);
  const variants = (account: WorldAccount) => {
    const [word = "", industry = "", land = "", product = "", segment = ""] = account.words.map((each) =>
      each.toLowerCase(),
    );
    const rep = account.owner?.toLowerCase() ?? "nobody";
    const team = worldReps.find(({ name }) => name === account.owner)?.team.toLowerCase() ?? "none";
    return [
      ...["owner", "team", "region", "industry", "product"].map(
        (filter, index) => `${filter}:"${[rep, team, land, industry, product][index]}"`,
      ),
      `northmark:"${segment}"`,
      `southmark:"${segment}"`,
      `"${word}"`,
      `"${typo(word)}"`,
      `"id:${account.id}"`,
      `industry:"${typo(industry)}"`,
    ];
  };
  const plainVariants = [
    "",
    "mine",
    "team",
    "A",
    "D",
    "within:industry",
    "within:owner",
    "within:region",
    "within:southmark",
    "since 400d",
    "fy:2025",
    "cohort:2025",
    "quiet 30d",
    "up",
    "from:A",
    "page:2",
    "page:99",
    "30d",
    "400d down",
    "reconciliation",
    "rejected",
    "<@U0SVEN|sven>",
    "explain",
    ...[
      "chart",
      "raw",
      "raw wins",
      "by win-rate",
      "funnel",
      "incentives",
      "champions",
      "by potential",
      "gaps",
      "capacity",
      "raci",
    ],
  ];
  return [
    "",
    "nonsense",
    ...[...commands].flatMap(([name, { examples }]) => [
      ...examples,
      ...[...plainVariants, ...[...hidden, ...own].flatMap(variants)].map((rest) => `${name} ${rest}`.trim()),
    ]),
  ];
}

/** Every so many lines, from one on that differs from person to person. */
function partOf(lines: readonly string[], from: number, most: number): readonly string[] {
  const step = Math.max(1, Math.floor(lines.length / most));
  return lines.filter((_, index) => index % step === from % step);
}

const isNobody = (name: string) => ["guest", "stranger", "unclear"].includes(name);

const filters: readonly ChoiceFilter[] = ["owner", "team", "industry", "region", "product"];

describe.each(modes)("in mode %s", (mode) => {
  beforeAll(() => world.settings({ visibility: mode }));

  test.each(askingIn(mode))(
    "%s finds nothing else in Home, in menus of accounts and in digests",
    async (name) => {
      const viewer = viewerIn(world, name);
      const sees = seenBy(name, mode);
      const secrets = secretsOf(sees);
      const typed = [
        "",
        "e",
        ...worldAccounts.filter((account) => !isSeen(sees, account)).map(({ words }) => words[0]),
      ];
      const read = async (desk: Desk) => [
        { typed: "", answer: await desk.home({ viewer, people: mentioned }) },
        { typed: "", answer: await desk.digest({ viewer, filters: "", last: undefined, lastAt: undefined }) },
        ...(await Promise.all(
          typed.map(async (word = "") => ({ typed: word, answer: await desk.accounts(viewer, word) })),
        )),
      ];
      const answers = await read(plain);
      const leaks = answers.flatMap(({ typed, answer }) => leaksIn(JSON.stringify(answer), typed, secrets));
      expect(leaks).toEqual([]);
      expect(await read(secured)).toEqual(answers);
      const { sections } = await plain.home({ viewer, people: mentioned });
      expect(sections.length > 1).toBe(!isNobody(name));
    },
  );

  test.each(askingIn(mode))("%s gets nothing that is not theirs", { timeout: 1_200_000 }, async (name) => {
    const viewer = viewerIn(world, name);
    const sees = seenBy(name, mode);
    const secrets = secretsOf(sees);
    const found: string[] = [];
    const choices = new Map<ChoiceFilter, readonly string[]>();
    for (const filter of filters) {
      const offered = [
        ...(await plain.choices(viewer, filter, "")),
        ...(await plain.choices(viewer, filter, "e")),
      ];
      expect(await secured.choices(viewer, filter, "")).toEqual(await plain.choices(viewer, filter, ""));
      found.push(
        ...leaksIn(JSON.stringify(offered), "", secrets).map((leak) => `${leak} in the choices of ${filter}`),
      );
      choices.set(filter, offered);
    }
    const asked = await crawl(
      partOf(
        seedsFor(sees, isLong ? 99 : 2),
        // Far apart, so that not everybody comes to the same commands.
        37 * (Object.keys(people).indexOf(name) + modes.indexOf(mode)),
        mode === "all" ? mostTyped / 2 : mostTyped,
      ),
      mostPressed,
      (line) => plain.answer({ viewer, line, rows: "all", people: mentioned }),
      async (line, answer) => {
        found.push(
          ...leaksIn(everythingIn(answer), line, secrets).map((leak) => `${leak} in the answer to ${line}`),
        );
        const again = await secured.answer({ viewer, line, rows: "all", people: mentioned });
        expect({ line, answer: again }).toEqual({ line, answer });
        if (isNobody(name)) expect({ line, ok: answer.ok }).toEqual({ line, ok: false });
      },
      async (filter) => choices.get(filter) ?? [],
    );
    expect(found).toEqual([]);
    expect(asked).toBeGreaterThan(5);
  });
});
