import { askInWords } from "./ask/ask-in-words.ts";
import type { Command } from "./command.ts";
import { dayIn } from "./core/calendar.ts";
import type { Answer, Desk, Request } from "./desk.ts";

const NOT_UNDERSTOOD =
  "I do not understand that, so I looked nothing up. Ask in other words, such as: who should get the new offer? Or press what comes near.";

/**
 * Answers sentences as the lines they ask for, and lines as they are: `ask` where people write as to a colleague, and
 * `answer` where they type commands, so that there a line that cannot be is told what comes near.
 */
export function createAsk(parts: {
  readonly answer: Desk["answer"];
  readonly commands: ReadonlyMap<string, Command>;
  readonly now: () => Date;
}): Pick<Desk, "answer" | "ask"> {
  const { commands, now } = parts;
  const isCommand = (line: string) => commands.has((line.trim().split(/\s/)[0] ?? "").toLowerCase());
  // A question is not a command that happens to begin with its first word.
  const isTyped = (line: string) => line.trim() === "" || (isCommand(line) && !/[?？]\s*$/.test(line));
  const read = (line: string) => askInWords(line, dayIn(now(), "UTC"));
  const answerAs = async (
    request: Request,
    { line, echo }: { readonly line: string; readonly echo: string },
  ) =>
    line === request.line.trim()
      ? parts.answer(request)
      : withEcho(await parts.answer({ ...request, line }), echo);
  return {
    answer: async (request) => {
      const asked = isTyped(request.line) ? undefined : read(request.line);
      return asked?.kind === "line" ? answerAs(request, asked) : parts.answer(request);
    },
    ask: async (request) => {
      const asked = read(request.line);
      if (asked.kind === "line") return answerAs(request, asked);
      if (isTyped(request.line)) return parts.answer(request);
      const suggestions = asked.near.filter((near) => isCommand(near.line));
      return { ok: false, message: NOT_UNDERSTOOD, suggestions };
    },
  };
}

/** The answer, with what the question was read as. */
function withEcho(answer: Answer, echo: string): Answer {
  if (!answer.ok) return { ...answer, message: `${echo} ${answer.message}` };
  const { reply } = answer;
  return { ...answer, reply: { ...reply, notes: [echo, ...(reply.notes ?? [])] } };
}
