import { defineCommand } from "../src/command.ts";
import { claimReply } from "../src/prospects/claim.ts";
import { explainProspects } from "../src/prospects/explain-prospects.ts";
import { prospectOptions } from "../src/prospects/prospect-options.ts";
import { prospectsReply } from "../src/prospects/prospects-reply.ts";

export default defineCommand({
  summary: "Prospects worth the next hour: what they could bring, times the chance to win them",
  usage: "prospects [chart|explain] [filters] | prospects claim <account>",
  examples: ["prospects", "prospects mine", "prospects chart", "prospects explain"],
  filters: ["owner", "team", "industry", "region", "tier", "columns"],
  verbs: ["claim"],
  ownWords: ["chart", "explain"],
  options: prospectOptions,
  helpOrder: 5,

  run({ options, ...paged }, context) {
    switch (options.kind) {
      case "list":
        return prospectsReply(paged, options.isChart, context);
      case "explain":
        return explainProspects(paged.query, context);
      case "claim":
        return claimReply(options.account, context);
    }
  },
});
