import { z } from "zod";
import { defineCommand } from "../src/command.ts";
import { oneTierOrChart } from "../src/command-words.ts";
import { accountFilters } from "../src/query.ts";
import { ltvOfAccount } from "../src/value/ltv-account.ts";
import { explainLtv } from "../src/value/ltv-explain.ts";
import { worthListReply } from "../src/value/worth-list-reply.ts";

export default defineCommand({
  summary: "What accounts are expected to bring, and who is still a customer",
  usage: "ltv [name|A|B|C|D|chart|explain] [filters]",
  examples: ["ltv", "ltv mine", "ltv explain"],
  filters: accountFilters,
  options: z
    .array(z.string())
    .readonly()
    .transform((words) => {
      if (words.length === 1 && words[0]?.toLowerCase() === "explain") return { kind: "explain" as const };
      const list = oneTierOrChart.safeParse(words);
      return list.success
        ? { kind: "list" as const, ...list.data }
        : { kind: "account" as const, name: words.join(" ") };
    }),

  async run({ options, ...paged }, context) {
    const { query } = paged;
    switch (options.kind) {
      case "explain":
        return explainLtv(query, context);
      case "account":
        return ltvOfAccount(options.name, query, context);
      case "list": {
        const { tier = query.filters.tier, isChart } = options;
        return worthListReply({ command: "ltv", tier, isChart }, paged, context);
      }
    }
  },
});
