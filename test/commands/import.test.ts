import { beforeAll, expect, test } from "vitest";
import { type Asked, openSmallPortfolio } from "../helpers/small-portfolio.ts";

let portfolio: Asked;
beforeAll(async () => {
  portfolio = await openSmallPortfolio();
  await portfolio.reply("settings person ann@example.com admin");
});

const as = (email: string) => ({ viewer: { workspaceId: portfolio.id, email, standing: "member" } }) as const;

test("says what can be imported, and offers the form", async () => {
  const { data, actions } = await portfolio.reply("import", as("ann@example.com"));
  const { recognised } = data as { recognised: readonly string[] };
  expect(recognised).toEqual(
    expect.arrayContaining(["HubSpot companies", "HubSpot deals", "Salesforce accounts"]),
  );
  expect(actions).toEqual([{ kind: "form", form: "import", label: "Upload files", line: "import" }]);
});

test("names the admins to everybody else", async () => {
  for (const line of ["import", "import steps 2"])
    expect((await portfolio.mistake(line, as("bob@example.com"))).message).toBe(
      "Only an admin imports files. Ask ann@example.com.",
    );
});

test("leads from step to step, to commands that there are", async () => {
  for (const [step, next] of [
    [1, "import steps 2"],
    [2, "import steps 3"],
    [3, "import steps 4"],
    [4, undefined],
  ] as const) {
    const { headline, actions = [] } = await portfolio.reply(`import steps ${step}`, as("ann@example.com"));
    expect(headline).toMatch(new RegExp(`^Step ${step} of 4: `));
    const lines = actions.flatMap((action) => (action.kind === "run" ? [action.line] : []));
    expect(lines.filter((line) => line.startsWith("import steps"))).toEqual(next === undefined ? [] : [next]);
    for (const line of lines) expect((await portfolio.ask(line, as("ann@example.com"))).ok).toBe(true);
  }
});

test.each(["import deals.csv", "import steps", "import steps 5", "import steps 0", "import steps 2 3"])(
  "%s is explained",
  async (line) => {
    expect((await portfolio.mistake(line)).message).toContain("press the button that `import` shows");
  },
);
