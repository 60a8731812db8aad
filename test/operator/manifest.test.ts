import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { forAddress, forSocketMode } from "../../src/operator/manifest.ts";

const manifest = await readFile(new URL("../../manifest.yml", import.meta.url), "utf8");
const written = parse(manifest);

test("for an address everything leads there, and nothing else differs", () => {
  const printed = forAddress(manifest, "https://portfolio.example.com/");
  expect(printed).not.toMatch(/YOUR-HOST|# /);
  expect(parse(printed)).toEqual(
    parse(manifest.replaceAll("https://YOUR-HOST", "https://portfolio.example.com")),
  );
});

test.each([
  "portfolio.example.com",
  "http://portfolio.example.com",
  "https://example.com/slack",
  "YOUR-HOST",
])("%s is no address that Slack reaches", (address) => {
  expect(() => forAddress(manifest, address)).toThrow(`--address ${address} is not the address of a server`);
});

test("for Socket Mode nothing needs an address, and all that is asked for stays", () => {
  const printed = forSocketMode(manifest);
  expect(printed).not.toMatch(/YOUR-HOST|https:/);
  const { settings, features, oauth_config } = parse(printed);
  expect(settings).toEqual({
    ...written.settings,
    event_subscriptions: { bot_events: written.settings.event_subscriptions.bot_events },
    interactivity: { is_enabled: true },
    socket_mode_enabled: true,
  });
  const [{ url: _, ...command }] = written.features.slash_commands;
  expect(features).toEqual({ ...written.features, slash_commands: [command] });
  expect(oauth_config).toEqual({ scopes: written.oauth_config.scopes });
});
