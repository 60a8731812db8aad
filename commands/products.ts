import { defineCommand } from "../src/command.ts";
import { productCard } from "../src/products/product-card.ts";
import { productOptions, productWords } from "../src/products/product-options.ts";
import { productsReply } from "../src/products/products-reply.ts";

export default defineCommand({
  summary: "Which products are easier and harder to sell, and for whom",
  usage: "products [easier|harder|name] [chart|explain] [filters]",
  examples: ["products", "products easier", "products harder chart", "products explain"],
  filters: ["owner", "team", "industry", "region", "tier", "sinceDays", "fiscalPeriod"],
  ownWords: productWords,
  options: productOptions,

  async run({ options, ...paged }, context) {
    return options.kind === "product"
      ? productCard(options.name, paged.query, context)
      : productsReply(options, paged, context);
  },
});
