import { z } from "zod";

/** Words that people put between criteria. */
const filler = new Set(["and", "against", "versus", "vs", "with", "x", "×"]);

/** `industry and tier list`: what to cross, and whether the combinations are to be listed, or the method explained. */
export const crossOptions = z
  .array(z.string())
  .readonly()
  .transform((typed) => {
    const said = (word: string) => typed.some((one) => one.toLowerCase() === word);
    const own = new Set([...filler, "list", "explain"]);
    return {
      criteria: typed.filter((word) => !own.has(word.toLowerCase())),
      isList: said("list"),
      isExplained: said("explain"),
    };
  });
