import { expect, test } from "vitest";
import { createAsk } from "../src/answer-in-words.ts";
import type { Command } from "../src/command.ts";
import type { Answer, Request } from "../src/desk.ts";

const viewer = { workspaceId: "w" };
const command = {} as Command;

/** Asks a desk that has some commands, and whose every answer is this one. */
async function ask(
  line: string,
  more: { readonly commands?: readonly string[]; readonly answer?: Answer; readonly isTyped?: boolean } = {},
) {
  const { commands = ["actions", "top", "moved", "why", "help"], answer, isTyped = false } = more;
  const answered: string[] = [];
  const desk = createAsk({
    commands: new Map(commands.map((name) => [name, command])),
    now: () => new Date("2026-11-22T12:00:00Z"),
    answer: async ({ line }: Request) => {
      answered.push(line);
      const reply = { headline: "Here", notes: ["Data as of 2026-06-30"], data: {} };
      return answer ?? { ok: true, command: "top", query: {}, line, reply };
    },
  });
  return { answer: await desk[isTyped ? "answer" : "ask"]({ viewer, line }), answered };
}

test("a question is answered as its line, and the first note says which", async () => {
  expect(await ask("which A customers went quiet?")).toMatchObject({
    answered: ["top A quiet"],
    answer: { reply: { notes: ["I read this as `top A quiet`.", "Data as of 2026-06-30"] } },
  });
});

test("typed as a command, a question is read too, and everything else stays a line", async () => {
  const typed = async (line: string) => (await ask(line, { isTyped: true })).answered;
  expect(await typed("which A customers went quiet?")).toEqual(["top A quiet"]);
  expect(await typed("why did Acme fall to B?")).toEqual(["why Acme"]);
  for (const line of ["top A", "why Acme", "tpo A", "what is the weather?", ""])
    expect(await typed(line)).toEqual([line]);
});

test("time is counted from today", async () => {
  expect((await ask("which accounts moved this month?")).answered).toEqual(["moved 21d"]);
});

test("a question that its command refuses says how it was read, too", async () => {
  const refused: Answer = { ok: false, message: 'No account is called "Acme".', suggestions: [] };
  expect((await ask("why did Acme fall?", { answer: refused })).answer).toMatchObject({
    message: 'I read this as `why Acme`. No account is called "Acme".',
  });
});

test.each(["top A industry:retail", "TOP A industry:retail", "why Acme", "help"])(
  "%s is a line, answered as it is",
  async (line) => {
    const { answer, answered } = await ask(line);
    expect(answered).toEqual([line]);
    expect(answer).toMatchObject({ reply: { notes: ["Data as of 2026-06-30"] } });
  },
);

test.each(["what is the weather?", "why should I care about the weather?", "🙂"])(
  "%s is asked back with the commands there are",
  async (line) => {
    const { answer, answered } = await ask(line);
    expect(answered).toEqual([]);
    expect(answer).toMatchObject({ ok: false, message: expect.stringContaining("do not understand") });
    const lines = answer.ok ? [] : answer.suggestions.map(({ line }) => line);
    expect(lines).toEqual(expect.arrayContaining(["actions", "top A", "help"]));
    expect(lines).toHaveLength(3);
  },
);
