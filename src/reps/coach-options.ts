import { z } from "zod";
import type { OwnerFilter } from "../query.ts";

/** `Ann Archer`, or nothing for oneself; and whether the rules are to be explained. */
export const coachOptions = z
  .array(z.string())
  .readonly()
  .transform((words) => {
    const name = words.filter((word) => word.toLowerCase() !== "explain").join(" ");
    return {
      isExplained: words.some((word) => word.toLowerCase() === "explain"),
      who: readName(name),
    };
  });

function readName(name: string): OwnerFilter | undefined {
  if (name === "") return undefined;
  return /^(me|myself)$/i.test(name) ? { kind: "me" } : { kind: "name", name };
}
