import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, describe, expect, test } from "vitest";
import { loadCommands } from "../src/load-commands.ts";
import { allFilters, parseQuery } from "../src/query.ts";

const commands = await loadCommands(new URL("../commands/", import.meta.url));

describe.each([...commands])("the command %s", (name, command) => {
  test("says in one line what it is, and how it is typed", () => {
    expect(command.summary).toMatch(/^[A-Z][^\r\n]*[^\s.]$/);
    expect(command.summary.length).toBeLessThanOrEqual(90);
    expect(command.usage.split(" ")[0]).toBe(name);
    expect(command.usage).toMatch(/^\S+( \S+)*$/);
  });

  test("has examples that it understands itself", () => {
    for (const line of command.examples) {
      expect(line.split(" ")[0]).toBe(name);
      const query = parseQuery(line.slice(name.length), command.filters, command.ownWords);
      expect(command.options.safeParse(query.words)).toMatchObject({ success: true });
    }
  });

  test("knows each of its filters once, and says in its usage that there are some", () => {
    expect(new Set(command.filters).size).toBe(command.filters.length);
    expect(allFilters).toEqual(expect.arrayContaining([...command.filters]));
    expect(command.usage.includes("[filters]")).toBe(command.filters.length > 0);
  });

  test("takes any words without an error of its own", () => {
    for (const words of [
      [],
      ["A"],
      ["x", "y"],
      ["", "\u0000", '"'],
      Array.from({ length: 1_000 }, () => "word"),
    ]) {
      const { success, error } = command.options.safeParse(words);
      if (!success) expect(error.issues[0]?.message).toMatch(/\S/);
    }
  });
});

test("the commands that are asked every day come first in help, each in a place of its own", () => {
  const places = [...commands.values()].flatMap(({ helpOrder }) => helpOrder ?? []);
  expect(new Set(places).size).toBe(places.length);
  expect(commands.get("actions")?.helpOrder).toBe(Math.min(...places));
});

describe("a folder of commands", () => {
  const folders: string[] = [];
  afterEach(async () => {
    for (const folder of folders.splice(0)) await rm(folder, { recursive: true });
  });

  const words = new URL("../src/command-words.ts", import.meta.url).href;
  const good = (usage: string) => `import { accountName } from ${JSON.stringify(words)};
export default { summary: "Does it", usage: ${JSON.stringify(usage)}, examples: [], filters: [], options: accountName, run: async () => ({ headline: "Done", data: null }) };
`;
  /** Loads these files from a folder of their own. */
  async function load(files: Readonly<Record<string, string>>) {
    const folder = await mkdtemp(join(tmpdir(), "portfolio-commands-"));
    folders.push(folder);
    for (const [file, source] of Object.entries(files)) await writeFile(join(folder, file), source);
    return loadCommands(pathToFileURL(`${folder}/`));
  }

  test("is loaded by file name, the daily ones first and the others in alphabetical order", async () => {
    const daily = (usage: string, place: number) =>
      good(usage).replace("filters:", `helpOrder: ${place}, filters:`);
    const loaded = await load({
      "quick-wins.ts": good("quick-wins [30d]"),
      "drains.ts": good("drains"),
      "why.ts": daily("why", 1),
      "account.ts": daily("account", 2),
    });
    expect([...loaded.keys()]).toEqual(["why", "account", "drains", "quick-wins"]);
    expect(loaded.get("drains")?.summary).toBe("Does it");
  });

  test.each(["Top.ts", "quick_wins.ts", "top.js", "top.test.ts", "README.md", "-top.ts", "9.ts"])(
    "fails with the name of %s, which is no command's",
    async (file) => {
      await expect(load({ [file]: good("top") })).rejects.toThrow(
        `commands/${file}: a command's file is named in kebab-case`,
      );
    },
  );

  test.each([
    ["exports nothing", "export {};", "commands/bad.ts must default-export a Command"],
    ["exports by name only", "export const command = {};", "commands/bad.ts must default-export a Command"],
    ["exports something else", "export default 3;", "commands/bad.ts must default-export a Command"],
    ["has no summary", good("bad").replace("Does it", ""), "summary"],
    ["has no run", good("bad").replace("run:", "walk:"), "run must be a function"],
    [
      "has no options",
      good("bad").replace("options: accountName", "options: {}"),
      "options must be a zod type",
    ],
    ["has no filters", good("bad").replace("filters: []", "filters: 3"), "filters"],
    ["has another usage", good("top"), 'commands/bad.ts: its usage must start with "bad"'],
    ["has a longer usage", good("badly done"), 'commands/bad.ts: its usage must start with "bad"'],
    ["fails when it is loaded", 'throw new Error("no luck");', "commands/bad.ts cannot be loaded: no luck"],
    [
      "imports what is not there",
      'import "./missing.js"; export default 1;',
      "commands/bad.ts cannot be loaded",
    ],
  ])("fails with the path of a file that %s", async (_, source, message) => {
    const failure = load({ "bad.ts": source });
    await expect(failure).rejects.toThrow("commands/bad.ts");
    await expect(failure).rejects.toThrow(message);
  });
});
