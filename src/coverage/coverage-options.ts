import { z } from "zod";

const views = ["gaps", "capacity", "raci", "explain"] as const;
export type CoverageView = (typeof views)[number] | "plan";

/** Words that ask for what is told without any. */
const plain = new Set(["plan", "cost", "costs", "headcount"]);

/** What was asked for: a view, or one account. */
export const coverageOptions = z
  .array(z.string())
  .readonly()
  .transform((words): { readonly view: CoverageView } | { readonly name: string } => {
    const [word = "", ...others] = words;
    const first = word.toLowerCase();
    if (others.length > 0) return { name: words.join(" ") };
    const view = views.find((one) => one === first);
    if (view) return { view };
    return first === "" || plain.has(first) ? { view: "plan" } : { name: word };
  });
