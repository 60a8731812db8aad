import { askInWords } from "./ask/ask-in-words.ts";
import type { Command } from "./command.ts";
import { dayIn } from "./core/calendar.ts";
import type { Answer, Desk } from "./desk.ts";

const NOT_UNDERSTOOD =
  "I do not understand that, so I looked nothing up. Ask in other words, such as: who should get the new offer? Or press what comes near.";

/** Answers sentences as the lines they ask for, and lines as they are. */
export function createAsk(parts: {
  readonly answer: Desk["answer"];
  readonly commands: ReadonlyMap<string, Command>;
  readonly now: () => Date;
}): Desk["ask"] {
  const { answer, commands, now } = parts;
  const isCommand = (line: string) => commands.has((line.trim().split(/\s/)[0] ?? "").toLowerCase());
  // A question is not a command that happens to begin with its first word.
  const isTyped = (line: string) => line.trim() === "" || (isCommand(line) && !/[?？]\s*$/.test(line));
  return async (request) => {
    const { line } = request;
    const asked = askInWords(line, dayIn(now(), "UTC"));
    if (asked.kind === "unknown" && !isTyped(line)) {
      const suggestions = asked.near.filter((near) => isCommand(near.line));
      return { ok: false, message: NOT_UNDERSTOOD, suggestions };
    }
    if (asked.kind === "unknown" || asked.line === line.trim()) return answer(request);
    return withEcho(await answer({ ...request, line: asked.line }), asked.echo);
  };
}

/** The answer, with what the question was read as. */
function withEcho(answer: Answer, echo: string): Answer {
  if (!answer.ok) return { ...answer, message: `${echo} ${answer.message}` };
  const { reply } = answer;
  return { ...answer, reply: { ...reply, notes: [echo, ...(reply.notes ?? [])] } };
}
