import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { helpOf } from "../../src/create-desk.ts";
import { loadCommands } from "../../src/load-commands.ts";
import { limits } from "../../src/slack/limits.ts";
import { LOG_SHORTCUT } from "../../src/slack/log-form.ts";
import { askedScopes, botEvents, optionalScopes, scopes } from "../../src/slack/scopes.ts";
import { usageHint } from "../../src/slack/usage-hint.ts";

const root = new URL("../../", import.meta.url);
const manifest = await readFile(new URL("manifest.yml", root), "utf8");

/** The value after a key that occurs once. */
const settingOf = (key: string) => new RegExp(`^\\s*-? ?${key}: "?(.*?)"?$`, "m").exec(manifest)?.[1];

/** The items of a list of scopes. */
const scopesUnder = (key: string) => {
  const list = new RegExp(`^ {4}${key}:.*\\n((?: {6}- .+\\n)+)`, "m").exec(manifest)?.[1] ?? "";
  return [...list.matchAll(/- (.+)\n/g)].map(([, scope]) => scope);
};

test("asks for the scopes of the features, and no others", () => {
  expect(scopesUnder("bot")).toEqual(askedScopes);
  expect(askedScopes).toEqual(expect.arrayContaining(scopes.map(({ scope }) => scope)));
});

test("lets whoever installs the app refuse what it can do without", () => {
  const optional = optionalScopes.map(({ scope }) => scope);
  expect(scopesUnder("bot_optional")).toEqual(optional);
  expect(scopes.filter(({ scope }) => optional.includes(scope))).toEqual([]);
});

test("subscribes to the events that are listened to, and lets people write to the bot", () => {
  const list = /^ {4}bot_events:\n((?: {6}- .+\n)+)/m.exec(manifest)?.[1] ?? "";
  expect([...list.matchAll(/- (.+)\n/g)].map(([, event]) => event)).toEqual(botEvents);
  expect(settingOf("messages_tab_enabled")).toBe("true");
  expect(settingOf("messages_tab_read_only_enabled")).toBe("false");
});

test("has a home, and the shortcut that is listened to in the menu of messages", () => {
  expect(settingOf("home_tab_enabled")).toBe("true");
  expect(settingOf("callback_id")).toBe(LOG_SHORTCUT);
  expect(settingOf("type")).toBe("message");
});

test("the hint beside the command is the one the commands give", async () => {
  const commands = await loadCommands(new URL("commands/", root));
  const help = helpOf(commands);
  expect(settingOf("usage_hint")).toBe(usageHint(help));
});

test("the hint is short, and names help last", () => {
  const help = Array.from({ length: 40 }, (_, index) => ({
    name: `command-${index}`,
    usage: `command-${index} [a|b] [filters]`,
    summary: "",
    examples: [],
    isDaily: true,
  }));
  const hint = usageHint(help);
  expect(hint).toMatch(/^command-0 a · .* · help$/);
  expect(hint.length).toBeLessThanOrEqual(Math.min(100, limits.usageHint));
});

test("installing leads back to the bot, and its end is heard of", () => {
  expect(manifest).toContain("    - https://YOUR-HOST/slack/oauth_redirect\n");
  expect(botEvents).toEqual(expect.arrayContaining(["app_uninstalled", "tokens_revoked"]));
  // A token of one workspace in the environment must not expire.
  expect(settingOf("token_rotation_enabled")).toBe("false");
});

test("requests come over HTTP to one address, with people as ids", () => {
  expect(settingOf("command")).toBe("/portfolio");
  expect(settingOf("should_escape")).toBe("true");
  expect(settingOf("socket_mode_enabled")).toBe("false");
  const addresses = [...manifest.matchAll(/url: (\S+)/g)].map(([, url]) => url);
  expect(addresses).toEqual(Array(4).fill("https://YOUR-HOST/slack/events"));
});
