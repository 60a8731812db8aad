import { distance } from "fastest-levenshtein";
import type { Command, Context } from "./command.ts";
import { cleanText, matchNames } from "./core/names.ts";
import type { Answer, ChoiceFilter, CommandHelp, Desk, Request } from "./desk.ts";
import { formatQuery, parseQuery } from "./query.ts";
import type { StoreReads } from "./store/reads.ts";
import type { Store } from "./store/store.ts";
import { UsageError } from "./usage-error.ts";

const MOST_CHOICES = 100;

/** Puts commands, store and clock together. */
export function createDesk(parts: {
  readonly store: Pick<Store, "reads" | "once">;
  readonly commands: ReadonlyMap<string, Command>;
  readonly now: () => Date;
}): Desk {
  const { store, commands, now } = parts;

  async function answer({
    viewer,
    line,
    rows = "page",
    people = async () => undefined,
  }: Request): Promise<Answer> {
    const [, typedName = "", rest = ""] = /^(\S*) ?(.*)$/.exec(cleanText(line)) ?? [];
    const name = typedName === "" ? "help" : typedName.toLowerCase();
    try {
      const command = commands.get(name);
      if (!command) throw unknownCommand(typedName, rest, commands);
      const query = parseQuery(rest, command.filters);
      const options = command.options.safeParse(query.words);
      if (!options.success)
        throw new UsageError(
          `${options.error.issues[0]?.message ?? "That does not fit"} Usage: \`${command.usage}\`.`,
        );
      const context: Context = { viewer, store: store.reads(viewer), now: now(), people, commands };
      const reply = await command.run({ options: options.data, query, rows }, context);
      const { page: _, snapshot: __, ...typed } = query;
      return {
        ok: true,
        command: name,
        query: { ...typed, options: options.data },
        line: formatQuery(name, { ...query, page: 1 }),
        reply,
      };
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      return { ok: false, message: error.message, suggestions: error.suggestions };
    }
  }

  return {
    answer,
    choices: async (viewer, filter, typed) => {
      const values = await valuesOf(store.reads(viewer), filter);
      const matching = typed.trim() === "" ? values : matchNames(typed, values, (value) => value);
      return matching.slice(0, MOST_CHOICES);
    },
    once: (workspaceId, key) => store.once(workspaceId, key),
    help: helpOf(commands),
  };
}

/** The commands' help, in their order. */
export function helpOf(commands: ReadonlyMap<string, Command>): readonly CommandHelp[] {
  return [...commands].map(([name, { summary, usage, examples, helpOrder }]) => {
    return { name, summary, usage, examples, isDaily: helpOrder !== undefined };
  });
}

async function valuesOf(reads: StoreReads, filter: ChoiceFilter): Promise<readonly string[]> {
  if (filter === "product") return (await reads.products()).map(({ name }) => name);
  if (filter === "owner") return (await reads.reps()).map(({ name }) => name);
  if (filter === "team") return [...new Set((await reads.reps()).flatMap(({ team }) => team ?? []))].sort();
  const facets = (await reads.snapshot())?.totals.facets;
  return (filter === "industry" ? facets?.industries : facets?.regions) ?? [];
}

/** The nearest commands, with the rest of the line kept, and the account that may have been meant. */
function unknownCommand(typed: string, rest: string, commands: ReadonlyMap<string, Command>): UsageError {
  const word = typed.toLowerCase();
  const near = [...commands.keys()]
    .map((name) => ({ name, far: name.startsWith(word) || word.startsWith(name) ? 0 : distance(word, name) }))
    .filter(({ name, far }) => far <= Math.max(2, Math.floor(name.length / 2)))
    .sort((left, right) => left.far - right.far || left.name.localeCompare(right.name, "en"))
    .slice(0, 3)
    .map(({ name }) => ({ label: `${name} ${rest}`.trim(), line: `${name} ${rest}`.trim() }));
  const whole = `${typed} ${rest}`.trim();
  return new UsageError(
    `"${typed}" is not something I know.${near.length > 0 ? " Did you mean one of these?" : ""}`,
    [...near, { label: `account ${whole}`, line: `account ${whole}` }, { label: "help", line: "help" }],
  );
}
