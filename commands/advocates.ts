import { defineCommand } from "../src/command.ts";
import { onlyWords } from "../src/command-words.ts";
import { requireSnapshot } from "../src/list-accounts.ts";
import { accountFilters, without } from "../src/query.ts";
import { advocatesReply } from "../src/rewards/advocates-reply.ts";

export default defineCommand({
  summary: "Customers who could speak for us, and prospects like them",
  usage: "advocates [filters]",
  examples: ["advocates", "advocates mine"],
  filters: without(accountFilters, "goneQuiet"),
  options: onlyWords(),
  run: async ({ query, rows }, context) =>
    advocatesReply(await requireSnapshot(context, query), { query, rows }, context),
});
