import { keepNewest } from "../core/keep-newest.ts";

/**
 * Asks once for each key, also where several want to know at once, and remembers the answer for a while; what could not
 * be answered is asked again.
 */
export function remember<Value>(
  ask: (key: string) => Promise<Value>,
  options: { readonly forMs: number; readonly most: number; readonly now: () => Date },
): (key: string) => Promise<Value> {
  const { forMs, most, now } = options;
  const remembered = new Map<string, { readonly answer: Promise<Value>; readonly until: number }>();

  const askAndForget = async (key: string): Promise<Value> => {
    try {
      return await ask(key);
    } catch (error) {
      remembered.delete(key);
      throw error;
    }
  };

  return (key) => {
    const known = remembered.get(key);
    if (known && known.until > now().getTime()) return known.answer;
    const answer = askAndForget(key);
    keepNewest(remembered, key, { answer, until: now().getTime() + forMs }, most);
    return answer;
  };
}
