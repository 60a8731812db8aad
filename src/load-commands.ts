import { readdir } from "node:fs/promises";
import { z } from "zod";
import type { Command } from "./command.ts";

const FILE = /^([a-z][a-z-]*)\.ts$/;

const contract = z.object({
  summary: z.string().min(1),
  usage: z.string().min(1),
  examples: z.array(z.string()),
  filters: z.array(z.string()),
  options: z.custom((value) => value instanceof z.ZodType, "options must be a zod type"),
  run: z.custom((value) => typeof value === "function", "run must be a function"),
});

/**
 * The file name is the subcommand: `commands/top.ts` answers `/portfolio top`. The daily handful come
 * first in their order, the rest follow by name.
 *
 * @throws Error naming the file that is no command, so that a mistake shows at start.
 */
export async function loadCommands(folder: URL): Promise<ReadonlyMap<string, Command>> {
  const commands = new Map<string, Command>();
  for (const file of (await readdir(folder)).toSorted()) {
    const name = FILE.exec(file)?.[1];
    if (name === undefined)
      throw new Error(`commands/${file}: a command's file is named in kebab-case, as in top.ts.`);
    const { default: command } = await importFile(new URL(file, folder), file);
    const checked = contract.safeParse(command);
    if (!command || !checked.success)
      throw new Error(
        `commands/${file} must default-export a Command: ${checked.error ? z.prettifyError(checked.error) : "nothing exported"}`,
      );
    if (command.usage.split(" ")[0] !== name)
      throw new Error(`commands/${file}: its usage must start with "${name}".`);
    commands.set(name, command);
  }
  return new Map([...commands].sort(byDailyUse));
}

function byDailyUse([left, one]: [string, Command], [right, other]: [string, Command]): number {
  const place = ({ helpOrder = 1_000 }: Command) => helpOrder;
  return place(one) - place(other) || left.localeCompare(right, "en");
}

async function importFile(url: URL, file: string): Promise<{ readonly default?: Command }> {
  try {
    return await import(url.href);
  } catch (error) {
    throw new Error(`commands/${file} cannot be loaded: ${error instanceof Error ? error.message : error}`, {
      cause: error,
    });
  }
}
