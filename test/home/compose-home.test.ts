import { beforeAll, describe, expect, test } from "vitest";
import type { Home, HomeSection } from "../../src/home/home.ts";
import { validateView } from "../../src/playground/validate-blocks.ts";
import { homeView } from "../../src/slack/home-view.ts";
import type { Viewer } from "../../src/store/viewer.ts";
import { openActionPortfolio } from "../helpers/action-portfolio.ts";
import { type OfferPortfolio, openOfferPortfolio } from "../helpers/offer-portfolio.ts";
import { type Asked, openAsked, openSmallPortfolio } from "../helpers/small-portfolio.ts";

const member = (asked: Asked, email: string): Viewer => ({
  workspaceId: asked.id,
  userId: "U0SOMEBODY",
  email,
  standing: "member",
});
const homeFor = async (asked: Asked, viewer: Viewer): Promise<Home> => {
  const home = await asked.desk.home({ viewer });
  expect(validateView(homeView(home))).toEqual([]);
  return home;
};
const titles = ({ sections }: Home) => sections.map(({ title }) => title);
const sectionOf = ({ sections }: Home, title: string): HomeSection => {
  const found = sections.find((section) => section.title === title);
  if (!found) throw new Error(`no section ${title} among ${sections.map((each) => each.title).join(", ")}`);
  return found;
};
/** The lines as people read them. */
const read = ({ lines = [], entries = [] }: HomeSection) =>
  [...lines, ...entries.flatMap((entry) => entry.lines)].map((line) =>
    line.map((span) => (typeof span === "string" ? span : span.text)).join(""),
  );
const buttons = ({ actions = [] }: HomeSection) => actions.map(({ label }) => label);

describe("a small portfolio", () => {
  let asked: Asked;
  beforeAll(async () => {
    asked = await openSmallPortfolio();
  });

  test("a rep sees their own accounts by tier, and what moved among them", async () => {
    const home = await homeFor(asked, member(asked, "ann@example.com"));
    const own = sectionOf(home, "My accounts");
    // Ann owns every second one: Alder and Cedar in A, Elm in B, Ginkgo in C, Iris in D.
    expect(read(own).slice(0, 5)).toEqual([
      "A  2 accounts · €6,200 · 90.9 % of spend",
      "B  1 account · €400 · 5.9 % of spend",
      "C  1 account · €200 · 2.9 % of spend",
      "D  1 account · €20 · 0.3 % of spend",
      "Moved in 90 days: 2 fell, 1 new.",
    ]);
    expect(read(own).slice(5)).toEqual([
      "• Cedar GmbH, new → A: first bought 30 Jun 2026",
      expect.stringMatching(/^• Elm GmbH, A → B: /),
      expect.stringMatching(/^• Ginkgo GmbH, B → C: /),
    ]);
    expect(own.actions).toMatchObject([{ line: "top mine" }, { line: "moved mine" }]);
    expect(titles(home)).not.toContain("For admins");
  });

  test("each section opens in a line that is understood", async () => {
    const viewer = member(asked, "ann@example.com");
    const { sections } = await homeFor(asked, viewer);
    const lines = sections
      .flatMap(({ actions = [] }) => actions)
      .flatMap((action) => (action.kind === "run" ? [action.line] : []));
    expect(lines.length).toBeGreaterThan(4);
    for (const line of lines)
      expect({ line, ok: (await asked.ask(line, { viewer })).ok }).toEqual({ line, ok: true });
  });

  test("whoever is no rep sees everything they may, and why it is not their own", async () => {
    const home = await homeFor(asked, member(asked, "new@example.com"));
    const [why, first] = read(sectionOf(home, "Accounts"));
    expect(why).toBe("All that you see, since no rep in the imported data has the address new@example.com.");
    expect(first).toBe("A  3 accounts · €8,200 · 82.0 % of spend");
  });

  test("everybody sees how old the data is; what can be done about it, an admin", async () => {
    const rep = sectionOf(await homeFor(asked, member(asked, "bob@example.com")), "Data");
    expect(read(rep).join("\n")).toMatch(/data as of 30 Jun 2026[\s\S]*• HubSpot: (fresh|stale), /);
    expect(buttons(rep)).toEqual(["State of the data"]);
    const admin = await homeFor(asked, { ...member(asked, "root@example.com"), standing: "workspace-admin" });
    expect(buttons(sectionOf(admin, "Data"))).toEqual(["State of the data", "Upload files"]);
    expect(sectionOf(admin, "For admins").actions).toMatchObject([
      { kind: "form", form: "settings" },
      { kind: "run", line: "digest everybody" },
    ]);
  });

  test("guests and people of other companies get a sentence", async () => {
    const home = await homeFor(asked, { workspaceId: asked.id, userId: "U0GUEST" });
    expect(home.sections).toHaveLength(1);
    expect(read(home.sections[0] as HomeSection)).toEqual([
      expect.stringContaining("full members of this workspace only"),
    ]);
  });
});

describe("where reps see their own accounts only", () => {
  let asked: Asked;
  beforeAll(async () => {
    asked = await openSmallPortfolio();
    await asked.reply("settings visibility own");
  });

  test("a rep's page names nobody else's accounts", async () => {
    const text = JSON.stringify(await homeFor(asked, member(asked, "bob@example.com")));
    expect(text).not.toMatch(/Alder|Cedar|Elm|Ginkgo|Iris/);
  });

  test("a rep chooses among their own accounts, the largest first, whatever they type", async () => {
    const bob = member(asked, "bob@example.com");
    const names = async (typed: string) => (await asked.desk.accounts(bob, typed)).map(({ name }) => name);
    expect(await names("")).toEqual(["Birch GmbH", "Dogwood GmbH", "Fir GmbH", "Hazel GmbH", "Juniper GmbH"]);
    expect(await names("dog")).toEqual(["Dogwood GmbH"]);
    expect(await names("Alder")).not.toContain("Alder GmbH");
    expect(await asked.desk.accounts({ workspaceId: asked.id }, "")).toEqual([]);
  });

  test("whoever is no rep reads why they see nothing", async () => {
    const home = await homeFor(asked, member(asked, "new@example.com"));
    expect(read(sectionOf(home, "Accounts"))).toEqual([
      "You see no accounts, since no rep in the imported data has the address new@example.com. Ask an admin to add your address to your rep record.",
    ]);
  });
});

describe("with actions", () => {
  let asked: OfferPortfolio;
  beforeAll(async () => {
    asked = await openActionPortfolio();
  });

  test("the first three are there with their buttons, and one that was done is no more", async () => {
    const viewer = member(asked, "ann@example.com");
    const next = sectionOf(await homeFor(asked, viewer), "What to do next");
    expect(read(next)[0]).toMatch(/^\d+ actions for you/);
    expect(next.entries).toHaveLength(3);
    const done = next.entries?.[0]?.actions?.find(({ label }) => label === "Done");
    if (done?.kind !== "fill") throw new Error("no button Done");
    await asked.reply(`${done.line} hours 1`, { viewer });
    const after = sectionOf(await homeFor(asked, viewer), "What to do next");
    expect(JSON.stringify(after.entries)).not.toContain(done.line);
  });

  test("who has a digest sees when it comes next", async () => {
    const viewer = member(asked, "bob@example.com");
    const people = async () => ({ name: "Bob Baker", standing: "member" as const, timeZone: "Asia/Tokyo" });
    const place = { channelId: "U0SOMEBODY", isDirect: true };
    const home = () => asked.desk.home({ viewer, people, place });
    expect(read(sectionOf(await home(), "My digests"))[0]).toContain("No digest");
    await asked.reply("digest on weekly tue at 08:30", { viewer, people, place });
    expect(read(sectionOf(await home(), "My digests")).join("\n")).toMatch(/Tue 3 Nov 08:30.*Asia\/Tokyo/);
  });
});

describe("with offers", () => {
  let asked: OfferPortfolio;
  beforeAll(async () => {
    asked = await openOfferPortfolio();
  });

  test("a rep sees the waves in which they hold accounts, a manager all of them", async () => {
    const ann = member(asked, "ann@example.com");
    const mia = member(asked, "mia@example.com");
    expect(read(sectionOf(await homeFor(asked, ann), "Offers"))).toEqual(["No offer is running."]);
    await asked.say("mia", 'pitch "Care plan" product:Pump');
    const [own] = read(sectionOf(await homeFor(asked, ann), "Offers"));
    expect(own).toMatch(/^Care plan: A open, .*; \d+ of your \d+ accounts still to pitch$/);
    const [all] = read(sectionOf(await homeFor(asked, mia), "Offers"));
    expect(all).toMatch(/^Care plan: A open, .*; none of its accounts is yours$/);
    expect(JSON.stringify(sectionOf(await homeFor(asked, ann), "Offers").actions)).toContain(
      'offer \\"Care plan\\"',
    );
  });
});

describe("an empty store", () => {
  let asked: Asked;
  beforeAll(async () => {
    asked = await openAsked();
  });

  test("leads an admin, and tells the others whom to ask", async () => {
    const admin = await homeFor(asked, { ...member(asked, "root@example.com"), standing: "workspace-admin" });
    expect(titles(admin)).toEqual(["Nothing is imported yet: 4 steps to your first tier list", "For admins"]);
    expect(buttons(admin.sections[0] as HomeSection)).toEqual(["Upload files"]);
    const rep = await homeFor(asked, member(asked, "ann@example.com"));
    expect(read(rep.sections[0] as HomeSection)).toEqual([expect.stringContaining("Ask an admin")]);
  });
});
