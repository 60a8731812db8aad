import { z } from "zod";

/** Words of the command's own, which no product and no filter's value goes on with. */
export const productWords: readonly string[] = ["easier", "easiest", "harder", "hardest", "chart", "explain"];

export type ProductOptions =
  | {
      readonly kind: "list";
      readonly only: "easier" | "harder" | undefined;
      readonly show: "table" | "chart";
    }
  | { readonly kind: "explain" }
  | { readonly kind: "product"; readonly name: string };

const sides: Readonly<Record<string, "easier" | "harder">> = {
  ...{ easier: "easier", easiest: "easier" },
  ...{ harder: "harder", hardest: "harder" },
};

/** `easier chart`, or a product's name. */
export const productOptions = z
  .array(z.string())
  .readonly()
  .transform((typed): ProductOptions => {
    const words = typed.map((word) => word.toLowerCase());
    if (words.length === 0 || words.some((word) => !productWords.includes(word)))
      return words.length === 0
        ? { kind: "list", only: undefined, show: "table" }
        : { kind: "product", name: typed.join(" ") };
    if (words.includes("explain")) return { kind: "explain" };
    const only = words.flatMap((word) => sides[word] ?? [])[0];
    return { kind: "list", only, show: words.includes("chart") ? "chart" : "table" };
  });
