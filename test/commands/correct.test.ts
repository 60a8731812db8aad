import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Viewer } from "../../src/store/viewer.ts";
import { type Asked, openSmallPortfolio } from "../helpers/small-portfolio.ts";
import { accountId } from "../helpers/workspace.ts";

// Tests take place on 31 October 2026: see `openAsked`.

const root = "root@example.com";
const mia = "mia@example.com";

let portfolio: Asked;
const member = (email: string): { viewer: Viewer } => ({
  viewer: { workspaceId: portfolio.id, email, standing: "member" },
});
const asManager = (line: string) => portfolio.reply(line, member(mia));
const factsOf = async (line: string) =>
  Object.fromEntries(((await asManager(line)).facts ?? []).map(({ label, value }) => [label, value]));

beforeAll(async () => {
  portfolio = await openSmallPortfolio();
  await portfolio.reply(`settings person ${root} admin`);
  await portfolio.reply(`settings person ${mia} manager manages:North`);
});
beforeEach(async () => {
  for (const field of ["owner", "industry", "tier"])
    await portfolio.reply(`correct "id:${accountId("8")}" ${field} none`);
});

async function refresh(): Promise<void> {
  const workspace = await portfolio.store.ensureWorkspace(portfolio.id);
  await portfolio.store.refresh(workspace, { now: new Date("2026-10-31T12:00:00Z") });
}

describe("a correction", () => {
  test("of the tier shows with name, reason and end, on the card and in why, before and after a refresh", async () => {
    const line = "correct hazel tier:a until 2027-03-31 because <!channel> they just signed";
    const { headline, lines, actions } = await asManager(line);
    expect(headline).toBe("Hazel GmbH: tier set to A until 31 Mar 2027");
    expect(lines).toEqual([["Because: ", "<!channel> they just signed"]]);
    expect(actions).toContainEqual(expect.objectContaining({ label: "Take back" }));
    expect((await asManager(line)).headline).toBe(
      "Nothing changes: the tier of Hazel GmbH is set to A already",
    );

    const set = /set by mia@example\.com on \d+ \w+ \d{4} until 31 Mar 2027: <!channel> they just signed$/;
    const before = await asManager("account hazel");
    expect(before.notes).toContain("The tier A, set by hand, shows from the next snapshot on.");
    expect((await factsOf("account hazel")).Tier).toMatch(set);

    await refresh();
    const after = await asManager("account hazel");
    expect(after.headline).toContain("tier A");
    expect((await factsOf("account hazel")).Tier).toMatch(/^A, /);
    expect(after.notes?.join(" ")).not.toContain("set by hand, shows");
    expect(after.data).toMatchObject({
      corrections: [{ field: "tier", value: "A", until: "2027-03-31", by: mia }],
    });
    const why = await asManager("why hazel");
    expect(why.headline).toMatch(/^Hazel GmbH is A: set by hand until 31 Mar 2027, D by /);
    expect(why.lines?.[0]?.[0]).toMatch(/^Tier A, set by mia@example\.com/);
  });

  test("of owner and industry is found by parts of names, survives an import, and is taken back", async () => {
    expect((await asManager("correct hazel gmbh owner:ann because she knows them")).headline).toBe(
      "Hazel GmbH: owner set to Ann Archer",
    );
    expect((await asManager("correct Hazel industry:retail because they opened shops")).headline).toBe(
      "Hazel GmbH: industry set to Retail",
    );
    await refresh();
    const facts = await factsOf("account hazel");
    expect(facts.Owner).toMatch(/^Ann Archer, North, set by mia@example\.com on .*: she knows them$/);
    expect(facts.Industry).toMatch(/^Retail, set by mia@example\.com on .*: they opened shops$/);

    expect((await asManager("correct hazel owner none")).headline).toContain("is what the data says again");
    expect((await asManager("correct hazel owner none")).headline).toMatch(/^Nothing changes/);
    await refresh();
    expect((await factsOf("account hazel")).Owner).toBe("Bob Baker, South");
  });

  test("takes a mentioned person, and an end at the end", async () => {
    const { headline } = await portfolio.reply(
      "correct hazel owner:<@U1|ann> because Ann knows them until 2026-12-31",
      {
        ...member(mia),
        people: async () => ({ name: "Ann", email: "ann@example.com" }),
      },
    );
    expect(headline).toBe("Hazel GmbH: owner set to Ann Archer until 31 Dec 2026");
  });

  test.each([
    ["correct hazel", /^Say which account and what/],
    ["correct tier:A", /^Say which account and what/],
    ["correct hazel tier:A until 2027-03-31", /^Say why/],
    ["correct hazel tier:A because so", /^Say until when the tier holds/],
    ["correct hazel tier:E until 2027-03-31 because so", /^"E" is no tier: there are A, B, C, D\.$/],
    ["correct hazel tier:A until tomorrow because so", /^"tomorrow" is no day/],
    ["correct hazel tier:A until 2026-10-30 because so", /^30 Oct 2026 is over/],
    ["correct hazel owner: because so", /^Say which owner/],
    ["correct hazel owner:Zoe because so", /^There is no rep "Zoe"\. There is Ann Archer, Bob Baker\.$/],
    [
      "correct hazel industry:Space because so",
      /^There is no industry "Space"\. There is Real Estate, Retail\.$/,
    ],
    ["correct koa tier:A until 2027-03-31 because so", /never bought anything/],
    ["correct zzz tier:A until 2027-03-31 because so", /No account is called "zzz"/],
    [`correct hazel industry:retail because ${"x".repeat(501)}`, /at most 500 characters/],
  ])("%s is refused with what would be right", async (line, sentence) => {
    const before = await portfolio.dump();
    expect((await portfolio.mistake(line, member(mia))).message).toMatch(sentence);
    expect(await portfolio.dump()).toEqual(before);
  });

  test("is refused to a rep", async () => {
    const { message } = await portfolio.mistake("correct hazel tier none", member("ann@example.com"));
    expect(message).toBe("Only managers and admins of Portfolio may do this.");
  });
});
