import { beforeAll, expect, test } from "vitest";
import { type Asked, openSmallPortfolio } from "../helpers/small-portfolio.ts";

let portfolio: Asked;
beforeAll(async () => {
  portfolio = await openSmallPortfolio();
});

test("lists every command with its usage, the daily ones first; nothing typed means help", async () => {
  for (const line of ["help", "", "   ", "HELP"]) {
    const { data } = await portfolio.reply(line);
    const { commands } = data as { commands: readonly { readonly name: string }[] };
    const names = commands.map(({ name }) => name);
    const daily = ["actions", "top", "account", "why", "pitch", "prospects", "log", "digest"];
    expect(names.slice(0, daily.length)).toEqual(daily);
    expect(names.slice(daily.length)).toEqual(names.slice(daily.length).toSorted());
    expect(names).toContain("help");
  }
});

test("every example it offers is understood", async () => {
  const { actions = [] } = await portfolio.reply("help");
  const lines = actions.flatMap((action) => (action.kind === "run" ? [action.line] : []));
  expect(lines.length).toBeGreaterThan(3);
  for (const line of lines) {
    const viewer = { workspaceId: portfolio.id, email: "ann@example.com", standing: "member" } as const;
    expect((await portfolio.ask(line, { viewer })).ok).toBe(true);
  }
});

test("explains one command", async () => {
  const { headline, lines } = await portfolio.reply("help top");
  expect(headline).toBe("top: The accounts of a tier, largest first, each with its reason");
  expect(lines?.[0]).toEqual([{ text: "top [A|B|C|D] [chart] [filters]", style: "code" }]);
});

test("an unknown word offers the nearest commands and an account, with the rest of the line kept", async () => {
  const { message, suggestions } = await portfolio.mistake("tpo A mine");
  expect(message).toBe('"tpo" is not something I know. Did you mean one of these?');
  expect(suggestions.map(({ line }) => line)).toEqual(["top A mine", "account tpo A mine", "help"]);
});
