import { defineCommand } from "../src/command.ts";
import { servedAccountReply } from "../src/coverage/account-reply.ts";
import { capacityReply } from "../src/coverage/capacity-reply.ts";
import { resolveAsked } from "../src/coverage/coverage-asked.ts";
import { coverageOptions } from "../src/coverage/coverage-options.ts";
import { gapsReply } from "../src/coverage/gaps-reply.ts";
import { planReply } from "../src/coverage/plan-reply.ts";
import { raciReply } from "../src/coverage/raci-reply.ts";
import { requireSnapshot } from "../src/list-accounts.ts";
import { accountFilters } from "../src/query.ts";

export default defineCommand({
  summary: "How accounts should be served, what that takes, where it is otherwise, and who does what",
  usage: "coverage [gaps|capacity|raci|explain] [name] [filters]",
  examples: ["coverage", "coverage gaps mine", "coverage capacity", "coverage raci"],
  filters: accountFilters,
  ownWords: ["gaps", "capacity", "raci", "explain"],
  options: coverageOptions,

  async run({ options, ...paged }, context) {
    const snapshot = await requireSnapshot(context, paged.query);
    if ("name" in options) return servedAccountReply(options.name, snapshot, context);
    const asked = await resolveAsked(snapshot, paged.query, context);
    switch (options.view) {
      case "plan":
      case "explain":
        return planReply(asked, options.view === "explain", context);
      case "gaps":
        return gapsReply(asked, paged, context);
      case "capacity":
        return capacityReply(asked, paged, context);
      case "raci":
        return raciReply(asked, context);
    }
  },
});
