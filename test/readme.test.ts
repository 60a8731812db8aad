import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterAll, expect, test } from "vitest";
import { createDesk } from "../src/create-desk.ts";
import { loadCommands } from "../src/load-commands.ts";
import { openSmallPortfolio } from "./helpers/small-portfolio.ts";

const root = fileURLToPath(new URL("../", import.meta.url));
const readme = readFileSync(join(root, "README.md"), "utf8");
// Beside `commands/`, so that the example's imports mean the same files.
const folder = mkdtempSync(join(root, ".readme-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** The first code block of a language after some words. */
function blockAfter(words: string, language: string): string {
  const start = readme.indexOf(words);
  const block = new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``).exec(readme.slice(start));
  if (start === -1 || !block?.[1]) throw new Error(`README.md has no ${language} block after "${words}"`);
  return block[1];
}

test("the example subcommand works as it is printed", async () => {
  writeFileSync(join(folder, "owners.ts"), blockAfter("**Add a subcommand**", "ts"));
  const commands = await loadCommands(pathToFileURL(`${folder}/`));
  const portfolio = await openSmallPortfolio();
  const desk = createDesk({ store: portfolio.store, commands, now: () => new Date() });
  const answer = await desk.answer({
    viewer: { workspaceId: portfolio.id, standing: "operator" },
    line: "owners A",
  });
  expect(answer).toMatchObject({ ok: true });
  // The example's own test makes these claims.
  const claims = blockAfter("test/commands/owners.test.ts", "ts");
  const reply = answer.ok ? answer.reply : undefined;
  expect(claims).toContain(`toBe(${JSON.stringify(reply?.headline)})`);
  expect(claims).toContain(`toEqual({ "Ann Archer": 2, "Bob Baker": 1 })`);
  expect(reply?.data).toEqual({ "Ann Archer": 2, "Bob Baker": 1 });
});

test("the two commands of a newcomer are the first code a reader meets", () => {
  const commands = [...readme.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, text]) => text?.trim());
  expect(commands.slice(0, 2)).toEqual(["npm ci && npm start", "npm ci && npm test"]);
});

test("names every setting there is", () => {
  const config = ["src/config.ts", "src/slack-config.ts"]
    .map((file) => readFileSync(join(root, file), "utf8"))
    .join("");
  for (const [, variable] of config.matchAll(/^ {2}([A-Z_]{4,}):/gm)) {
    if (variable === "SLACK_API_URL" || variable === "PLAYGROUND") continue;
    expect(readme).toContain(`\`${variable}\``);
  }
});
