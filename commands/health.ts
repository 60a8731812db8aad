import { z } from "zod";
import { defineCommand } from "../src/command.ts";
import { listDifferences } from "../src/health/health-differences.ts";
import { listModels } from "../src/health/health-models.ts";
import { healthOverview } from "../src/health/health-overview.ts";
import { listRejected } from "../src/health/health-rejected.ts";
import { whoMay } from "../src/settings/edit-settings.ts";
import { UsageError } from "../src/usage-error.ts";

/** What was typed after `health`. */
type Topic =
  | { readonly kind: "all" | "reconciliation" | "models" }
  | { readonly kind: "rejected"; readonly importId?: number };

export default defineCommand({
  summary: "How fresh and complete the data is, and what to do about it",
  usage: "health [reconciliation|models|rejected [import]]",
  examples: ["health"],
  filters: [],
  options: z
    .array(z.string())
    .readonly()
    .refine((words) => topicOf(words) !== undefined, {
      error: "I know `health`, `health reconciliation`, `health models` and `health rejected`.",
    })
    .transform((words): Topic => topicOf(words) ?? { kind: "all" }),

  async run({ options: topic, query, rows }, context) {
    if (topic.kind === "all") return healthOverview(context);
    const { access, decisions } = context;
    if (access.role !== "admin")
      throw new UsageError(`Only an admin sees this. ${whoMay((await decisions.settings()).admins)}`, [
        { label: "How fresh the data is", line: "health" },
      ]);
    switch (topic.kind) {
      case "rejected":
        return listRejected(topic.importId, { query, rows }, context);
      case "models":
        return listModels(query, context);
      case "reconciliation":
        return listDifferences({ query, rows }, context);
    }
  },
});

function topicOf([word, number, ...more]: readonly string[]): Topic | undefined {
  if (more.length > 0) return undefined;
  const kind = word?.toLowerCase();
  if (kind === undefined) return { kind: "all" };
  if ((kind === "reconciliation" || kind === "models") && number === undefined) return { kind };
  if (kind !== "rejected") return undefined;
  if (number === undefined) return { kind };
  return /^\d{1,9}$/.test(number) ? { kind, importId: Number(number) } : undefined;
}
