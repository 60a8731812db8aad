import { defineCommand } from "../src/command.ts";
import { requireSnapshot } from "../src/list-accounts.ts";
import { accountFilters, without } from "../src/query.ts";
import { renewalOptions } from "../src/renewals/renewal-options.ts";
import { renewalsReply } from "../src/renewals/renewals-reply.ts";

export default defineCommand({
  summary: "What is due to be renewed, what is at stake, and how likely it is kept",
  usage: "renewals [90d] [explain] [filters]",
  examples: ["renewals", "renewals 180d mine"],
  filters: without(accountFilters, "goneQuiet"),
  options: renewalOptions,

  async run({ options, ...paged }, context) {
    const snapshot = await requireSnapshot(context, paged.query);
    return renewalsReply(snapshot, { ...paged, ...options }, context);
  },
});
