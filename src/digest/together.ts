/**
 * Work that is done one by one, for those who ask: what is asked in the same turn of the event loop is answered together.
 * Where that fails, everybody of the turn is told so.
 */
export function together<Request, Answer>(
  work: (requests: readonly Request[]) => Promise<readonly Answer[]>,
): (request: Request) => Promise<Answer> {
  interface Waiting {
    readonly request: Request;
    answer(answer: Answer): void;
    fail(error: unknown): void;
  }
  let waiting: Waiting[] = [];

  async function answerThose(): Promise<void> {
    const those = waiting;
    waiting = [];
    try {
      const answers = await work(those.map(({ request }) => request));
      for (const [index, one] of those.entries()) {
        const answer = answers[index];
        if (answer === undefined) one.fail(new RangeError("What was asked has no answer."));
        else one.answer(answer);
      }
    } catch (error) {
      for (const one of those) one.fail(error);
    }
  }

  return (request) =>
    new Promise((answer, fail) => {
      if (waiting.length === 0) setImmediate(() => void answerThose());
      waiting.push({ request, answer, fail });
    });
}
