import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Asked, openAsked } from "../helpers/small-portfolio.ts";
import { company, deal } from "../helpers/workspace.ts";
import { ANN, type Bench, BOB, CHANNEL, startBench } from "../slack/slack-bench.ts";

const admin = (workspaceId: string) =>
  ({ workspaceId, email: "ann@example.com", standing: "workspace-admin" }) as const;
const rep = (workspaceId: string) => ({ workspaceId, email: "bob@example.com", standing: "member" }) as const;

describe("a workspace without any import", () => {
  let empty: Asked;
  beforeAll(async () => {
    empty = await openAsked();
  });

  test.each(["top", "top A mine", "mix", "account acme", "why acme"])(
    "leads an admin who types %s",
    async (line) => {
      const { message, guidance, suggestions } = await empty.mistake(line, { viewer: admin(empty.id) });
      expect(message).toContain("Nothing is imported yet");
      expect(suggestions).toEqual([{ label: "Import files", line: "import" }]);
      expect(guidance?.headline).toBe("Nothing is imported yet: 4 steps to your first tier list");
      expect(guidance?.data).toEqual({ steps: ["import", "check", "tell the others", "weekly digest"] });
      expect(guidance?.actions).toMatchObject([{ kind: "form", form: "import", label: "Upload files" }]);
    },
  );

  test("leads an admin who asks for help, and lists the commands too", async () => {
    const { headline, lines, actions } = await empty.reply("help", { viewer: admin(empty.id) });
    expect(headline).toBe("Nothing is imported yet: 4 steps to your first tier list");
    expect(JSON.stringify(lines)).toContain("/invite @Portfolio");
    expect(JSON.stringify(lines)).toContain("top [A|B|C|D] [chart] [filters]");
    expect(actions).toMatchObject([{ kind: "form", form: "import" }]);
  });

  test("tells a rep whom to ask, and shows them no button", async () => {
    const before = await empty.mistake("top A", { viewer: rep(empty.id) });
    expect(before.message).toBe(
      "Nothing is imported yet. Ask an admin: whoever administers this Slack workspace can type /portfolio import.",
    );
    await empty.reply("settings person ann@example.com admin");
    const { message, suggestions, guidance } = await empty.mistake("top A", { viewer: rep(empty.id) });
    expect(message).toBe("Nothing is imported yet. Ask an admin: ann@example.com.");
    expect({ suggestions, guidance }).toEqual({ suggestions: [], guidance: undefined });
    const help = await empty.reply("help", { viewer: rep(empty.id) });
    expect(help.lines?.[0]).toEqual([message]);
    expect(help.actions).toEqual([]);
  });

  test("tells whoever sits at the terminal what to type there", async () => {
    const { message, guidance } = await empty.mistake("top A");
    expect(message).toContain("npm run portfolio -- import <files>");
    expect(guidance).toBeUndefined();
  });

  test("answers settings as ever", async () => {
    expect((await empty.ask("settings", { viewer: admin(empty.id) })).ok).toBe(true);
  });
});

test("with data there is nothing to lead to", async () => {
  const filled = await openAsked();
  await filled.import({
    companies: [company("1", "Alder")],
    deals: [deal("1", "1", "10.00", "2026-01-01")],
  });
  expect((await filled.reply("help", { viewer: admin(filled.id) })).headline).toBe(
    "What you can ask Portfolio",
  );
  expect((await filled.reply("top", { viewer: admin(filled.id) })).headline).toContain("1 account");
});

describe("in Slack", () => {
  let empty: Asked;
  let slack: Bench;
  beforeAll(async () => {
    empty = await openAsked();
    await empty.reply("settings person ann@example.com admin");
    slack = await startBench({ desk: empty.desk, workspaceId: empty.id });
  });
  afterAll(async () => {
    expect(slack.violations).toEqual([]);
    expect(slack.logged).toEqual([]);
    await slack.stop();
  });

  const messagesOf = (viewerId: string) => slack.messages({ channelId: CHANNEL, viewerId });
  async function type(userId: string, text: string) {
    const count = messagesOf(userId).length;
    await slack.slash({ userId, channelId: CHANNEL, text });
    return slack.waitFor(() => messagesOf(userId)[count]);
  }

  test.each(["top A", "help", "mix"])(
    "%s shows an admin the steps, and the button opens the form",
    async (line) => {
      const { blocks, ts, text } = await type(ANN, line);
      expect(text).toBe("Nothing is imported yet: 4 steps to your first tier list");
      expect(JSON.stringify(blocks)).toContain("Upload files");
      const known = slack.frontModal(ANN)?.id;
      await slack.press({ userId: ANN, messageTs: ts, actionId: "form:0" });
      const view = await slack.waitFor(() => {
        const front = slack.frontModal(ANN);
        return front?.id !== known && front;
      });
      expect(view.callback_id).toBe("import");
    },
  );

  test("a rep reads one sentence", async () => {
    expect((await type(BOB, "top A")).text).toBe("Nothing is imported yet. Ask an admin: ann@example.com.");
  });
});
