import { parseArgs } from "node:util";

/** In the order in which they are measured: imports and refreshes while portfolios are as they were made. */
export const parts = ["import", "commands", "charts", "models", "win", "digests", "start"] as const;
export type Part = (typeof parts)[number];

/** How much is measured, and on what. */
export interface BenchOptions {
  readonly parts: readonly Part[];
  readonly json: boolean;
  /** A PostgreSQL server on which databases may be made; the embedded store without one. */
  readonly serverUrl: string | undefined;
  /** Ascending. */
  readonly accounts: readonly number[];
  readonly factsPerAccount: number;
  /** A bot and its peer take turns, so long each time and so many times. */
  readonly sliceMs: number;
  readonly rounds: number;
  readonly perSecond: number;
  readonly connections: number;
  readonly importRows: number;
  /** How many customers models are fitted to; ascending. */
  readonly modelCustomers: readonly number[];
  /** How many deals the win model learns from. */
  readonly deals: number;
  /** How many people get a digest, each of whom owns ten accounts. */
  readonly recipients: number;
  /** How often imports, refreshes and starts are repeated; their median counts. */
  readonly repeats: number;
}

/** What the embedded store is measured with: it is for small teams and a first look. */
const embeddedAccounts = [400];

/** The line of the caller makes no sense; the message says what to type. */
export class OptionsError extends Error {
  override readonly name = "OptionsError";
}

export const usage = `npm run bench -- [${parts.join("] [")}] [--quick] [--json] [--accounts 400,100000] [--facts 5]
`;

/**
 * @throws OptionsError for a part, a number or an option that does not exist.
 */
export function parseOptions(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): BenchOptions {
  const { values, positionals } = parse(args);
  const { quick = false, json = false, accounts, facts } = values;
  const serverUrl = env.TEST_DATABASE_URL || undefined;
  const sizes = accounts?.split(",").map(count) ?? (quick ? [400] : [400, 100_000, 1_000_000]);
  return {
    parts: chooseParts(positionals),
    json,
    serverUrl,
    accounts: serverUrl === undefined ? embeddedAccounts : sizes.toSorted((one, other) => one - other),
    factsPerAccount: facts === undefined ? 5 : count(facts),
    perSecond: 50,
    connections: 16,
    deals: 100_000,
    ...(quick
      ? {
          sliceMs: 2_000,
          rounds: 2,
          importRows: 10_000,
          repeats: 1,
          modelCustomers: [100_000],
          recipients: 1_000,
        }
      : {
          sliceMs: 10_000,
          rounds: 3,
          importRows: 100_000,
          repeats: 3,
          modelCustomers: [100_000, 1_000_000],
          recipients: serverUrl === undefined ? 40 : 10_000,
        }),
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        quick: { type: "boolean" },
        json: { type: "boolean" },
        accounts: { type: "string" },
        facts: { type: "string" },
      },
    });
  } catch (error) {
    throw new OptionsError(error instanceof Error ? error.message : String(error));
  }
}

function chooseParts(words: readonly string[]): readonly Part[] {
  const unknown = words.find((word) => !parts.some((part) => part === word));
  if (unknown !== undefined) throw new OptionsError(`There is no part "${unknown}".`);
  return words.length === 0 ? parts : parts.filter((part) => words.includes(part));
}

function count(word: string): number {
  const number = Number(word.replaceAll("_", ""));
  if (!Number.isInteger(number) || number < 1)
    throw new OptionsError(`"${word}" is no whole number above nought.`);
  return number;
}
