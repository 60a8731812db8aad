import { defineCommand } from "../src/command.ts";
import { outlookOptions } from "../src/outlook/outlook-options.ts";
import { runOutlook } from "../src/outlook/run-outlook.ts";

export default defineCommand({
  summary: "What the portfolio becomes: who leaves, what is lost, how many new accounts it needs",
  usage: "outlook [without <name>|without biggest] [acquisition N%] [chart] [explain] [filters]",
  examples: ["outlook", "outlook without biggest", "outlook acquisition 50%"],
  filters: ["owner", "team", "product", "industry", "region", "columns"],
  options: outlookOptions,
  run: ({ options, query }, context) => runOutlook(options, query, context),
});
