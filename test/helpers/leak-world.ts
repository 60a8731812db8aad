import { recordId } from "../../src/ingest/drafts.ts";
import { openRawWorkspace, type RawWorkspace } from "./facts.ts";

/** An account as the test invents it; money in whole euros. */
export interface WorldAccount {
  readonly id: string;
  readonly name: string;
  /** A rep's name; nobody's without one. */
  readonly owner: string | undefined;
  /** Words that nothing else is called by. */
  readonly words: readonly string[];
  /** What it bought in the window. */
  readonly value: number;
  readonly deals: readonly WorldDeal[];
}

interface WorldRep {
  readonly name: string;
  readonly email: string;
  readonly team: string;
  readonly manager?: string;
}

export const worldReps: readonly WorldRep[] = [
  { name: "Nora Quill", email: "nora@leak.example", team: "Northgate" },
  { name: "Nils Brandt", email: "nils@leak.example", team: "Northgate" },
  { name: "Sven Ostler", email: "sven@leak.example", team: "Southbank", manager: "max@leak.example" },
  { name: "Sara Vance", email: "sara@leak.example", team: "Southbank" },
  { name: "Eda Finch", email: "eda@leak.example", team: "Westmoor" },
];

/** What nobody may learn who does not see one of the team's accounts. */
const columnOf: Readonly<Record<string, string>> = {
  "Nora Quill": "Northmark",
  "Nils Brandt": "Northmark",
  "Sven Ostler": "Southmark",
  "Sara Vance": "Southmark",
  "Eda Finch": "Eastmark",
};

const names: readonly (readonly [owner: string | undefined, ...names: string[]])[] = [
  ["Nora Quill", "Zephyrine", "Quorlix", "Brimstead"],
  ["Nils Brandt", "Vantrell", "Ombrecht"],
  ["Sven Ostler", "Kestrovia", "Luminark", "Drovania"],
  ["Sara Vance", "Pellucor", "Tarquinol"],
  ["Eda Finch", "Wexcombe", "Ysoldine"],
  [undefined, "Hadrimont", "Fennigan"],
];

const isPrime = (number: number) => {
  for (let divisor = 2; divisor * divisor <= number; divisor += 1) if (number % divisor === 0) return false;
  return true;
};

/** Primes that are far apart, so that no sum of some is another one. */
function* spreadPrimes(): Generator<number, never> {
  for (let from = 12_000; ; from = Math.ceil(from * 1.17)) {
    while (!isPrime(from)) from += 1;
    yield from;
  }
}

const primes = spreadPrimes();
interface WorldDeal {
  readonly euros: number;
  readonly day: string;
  readonly status: "won" | "open" | "invoiced";
}

const windowBegins = "2024-07-01";
const invoiced = ["Zephyrine", "Ombrecht", "Kestrovia", "Hadrimont"];

/** Two deals won, of which some are older than the window, and one open; some have an invoice without a deal. */
function dealsOf(name: string, isOld: boolean): readonly WorldDeal[] {
  const status = name === "Brimstead" ? "open" : "won";
  return [
    { euros: primes.next().value, day: "2025-03-03", status },
    { euros: primes.next().value, day: isOld ? "2023-02-02" : "2026-05-04", status },
    { euros: primes.next().value, day: "2026-12-01", status: "open" },
    ...(invoiced.includes(name)
      ? [{ euros: primes.next().value, day: "2024-09-09", status: "invoiced" as const }]
      : []),
  ];
}

/** Customers and a prospect of five reps in three teams, and two of nobody; everything has a name of its own. */
export const worldAccounts: readonly WorldAccount[] = names.flatMap(([owner, ...own]) =>
  own.map((name, index) => {
    const deals = dealsOf(name, index === 1);
    const counted = deals.filter(({ day, status }) => status !== "open" && day >= windowBegins);
    return {
      id: recordId("crm", "account", name),
      name: `${name} Works`,
      owner,
      words: [
        name,
        ...["industry", "land", "product", "segment", "deal", "invoice"].map((what) => wordOf(name, what)),
      ],
      value: counted.reduce((sum, { euros }) => sum + euros, 0),
      deals,
    };
  }),
);

function wordOf(name: string, what: string): string {
  return `${name.slice(0, 6)}${what}`;
}

/** The invented company in a workspace of its own, as of 30 June 2026. */
export async function openLeakWorld(): Promise<RawWorkspace> {
  const workspace = await openRawWorkspace();
  await workspace.startImport("crm");
  await workspace.reps(worldReps.map((rep) => ({ external_id: rep.email, ...rep })));
  const productId = (name: string) => recordId("crm", "product", name);
  await workspace.products([
    { external_id: "Catalogue Pump", name: "Catalogue Pump" },
    ...worldAccounts.map(({ words: [name = ""] }) => ({
      external_id: name,
      name: wordOf(name, "product"),
      described: false,
    })),
  ]);
  await workspace.accounts(
    worldAccounts.map(({ name, owner, words: [word = ""] }) => ({
      external_id: word,
      name,
      domain: `${word.toLowerCase()}-domain.example`,
      industry: wordOf(word, "industry"),
      region: wordOf(word, "land"),
      custom: { [owner === undefined ? "Nomark" : (columnOf[owner] ?? "")]: wordOf(word, "segment") },
      ...(owner !== undefined && { owner_record_id: ownerId(owner) }),
    })),
  );
  await workspace.deals(
    worldAccounts.flatMap(({ words: [word = ""], id, deals }) =>
      deals
        .filter(({ status }) => status !== "invoiced")
        .map(({ euros, day, status }, number) => ({
          id: `${wordOf(word, "deal")}-${number}`,
          name: `${wordOf(word, "deal")} ${number}`,
          account_record_id: id,
          product_record_id: productId(word),
          amount_minor: euros * 100,
          close_on: day,
          created_on: "2026-01-15",
          ...(status === "open" && { status, stage: "Offer" }),
        })),
    ),
  );
  await workspace.deals([
    {
      id: "orphan",
      name: "Orphandeal",
      amount_minor: 77_777_700,
      close_on: "2026-06-30",
      created_on: "2026-06-01",
    },
  ]);
  // Nora is a rep of the ledger too, where her address is written differently.
  await workspace.startImport("books");
  await workspace.reps([{ external_id: "N7", name: "Nora Quill", email: "NORA@leak.example" }]);
  await workspace.ledger(
    worldAccounts.flatMap(({ words: [word = ""], id, deals }) =>
      deals
        .filter(({ status }) => status === "invoiced")
        .map(({ euros, day }) => ({
          kind: "invoice" as const,
          document: wordOf(word, "invoice"),
          account_record_id: id,
          product_record_id: productId(word),
          amount_minor: euros * 100,
          on_day: day,
        })),
    ),
  );
  await workspace.refresh("2026-06-30");
  return workspace;
}

function ownerId(name: string): string {
  return recordId("crm", "rep", worldReps.find((rep) => rep.name === name)?.email ?? "");
}
