import { z } from "zod";

/** What was asked for: the list, its chart, how it comes about, or to own one. */
type ProspectOptions =
  | { readonly kind: "list"; readonly isChart: boolean }
  | { readonly kind: "explain" }
  | { readonly kind: "claim"; readonly account: string };

export const prospectOptions = z
  .array(z.string())
  .readonly()
  .refine(
    ([first = "", ...others]) =>
      others.length === 0 ? /^(|chart|explain|list)$/i.test(first) : first.toLowerCase() === "claim",
    {
      error: ({ input }) =>
        Array.isArray(input) && String(input[0]).toLowerCase() === "claim"
          ? "Say which prospect: `prospects claim <account>`."
          : `I do not understand "${Array.isArray(input) ? input.join(" ") : ""}".`,
    },
  )
  .transform(([first = "", ...others]): ProspectOptions => {
    const word = first.toLowerCase();
    if (word === "claim") return { kind: "claim", account: others.join(" ") };
    return word === "explain" ? { kind: "explain" } : { kind: "list", isChart: word === "chart" };
  });
