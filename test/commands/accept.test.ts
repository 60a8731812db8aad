import { beforeAll, expect, test } from "vitest";
import type { Viewer } from "../../src/store/viewer.ts";
import { type Asked, openAsked } from "../helpers/small-portfolio.ts";
import { company, deal } from "../helpers/workspace.ts";

let asked: Asked;
beforeAll(async () => {
  asked = await openAsked();
  await asked.import({
    companies: ["Technology", "Technology", "Technology", "Tecnology"].map((industry, index) =>
      company(String(index), `Company ${index}`, { Industry: industry }),
    ),
    deals: [deal("1", "1", "10.00", "2026-01-01")],
  });
});
const linesOf = async (line: string) =>
  ((await asked.reply(line)).actions ?? []).flatMap((action) => (action.kind === "run" ? [action.line] : []));

test("suspects are listed with a button each, become rules, and come back when a rule ends", async () => {
  const list = await asked.reply("accept");
  expect(list.headline).toBe("1 value may be written wrongly");
  expect(list.table?.rows[0]?.slice(0, 2).map(({ text }) => text)).toEqual(["industry", "Tecnology"]);
  const [line = ""] = await linesOf("accept");
  expect(line).toBe('accept industry "Tecnology" as "Technology"');

  expect((await asked.reply(line)).headline).toBe('From now on industry "Tecnology" stands for "Technology"');
  expect((await asked.reply(line)).headline).toMatch(/^Nothing changes/);
  const settled = await asked.reply("accept");
  expect(settled.headline).toBe("No value waits for a decision");
  expect(JSON.stringify(settled.lines)).toContain("stands for");

  const end =
    settled.actions?.flatMap((action) => (action.kind === "choose" ? action.choices : []))[0]?.line ?? "";
  expect(end).toBe('accept industry "Tecnology" none');
  expect((await asked.reply(end)).headline).toBe('industry "Tecnology" counts as it is written again');
  expect((await asked.reply(end)).headline).toMatch(/^Nothing changes/);
  expect(await linesOf("accept")).toContain(line);
  expect((await asked.reply("accept")).data).toMatchObject({
    rules: [
      { column: "industry", value: "Tecnology", standsFor: "Technology", ended: { by: "the terminal" } },
    ],
  });
});

test("a value may hold quotes and be typed without any", async () => {
  const { headline } = await asked.reply('accept product "15"" screen" as "15 inch screen"');
  expect(headline).toBe('From now on product "15" screen" stands for "15 inch screen"');
  expect((await asked.reply("accept prod GTXPro as GTX Pro")).headline).toContain(
    '"GTXPro" stands for "GTX Pro"',
  );
  expect((await asked.reply("accept product GTXPro none")).headline).toContain("as it is written again");
});

test.each([
  ["accept colour red as blue", /^There is no column "colour": there are account, owner/],
  ["accept product GTXPro", /^Say what stands for what/],
  ["accept product as GTX", /^Say what stands for what/],
  ["accept product GTX as GTX", /already stands for itself/],
])("%s is refused with what would be right", async (line, sentence) => {
  expect((await asked.mistake(line)).message).toMatch(sentence);
});

test("only an admin decides", async () => {
  const viewer: Viewer = { workspaceId: asked.id, email: "ann@example.com", standing: "member" };
  for (const line of ["accept", "accept product A as B", "accept product A none"])
    expect((await asked.mistake(line, { viewer })).message).toBe("Only an admin of Portfolio may do this.");
});
