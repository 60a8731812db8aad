import type { Candidate } from "../../src/core/offers/offer.ts";
import { recordId } from "../../src/ingest/drafts.ts";
import { accessOf } from "../../src/store/access.ts";
import { createReads } from "../../src/store/create-reads.ts";
import { createDecisions } from "../../src/store/decisions.ts";
import { openRawWorkspace, type RawWorkspace } from "./facts.ts";
import { candidateOf, draftOf } from "./offers.ts";

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
/** Somebody complained. */
const heldBack = ["Quorlix", "Luminark", "Wexcombe"];

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

/** Offers, and whose accounts they go to; nobody may learn of one who sees none of its accounts. */
export const worldOffers: readonly { readonly name: string; readonly owners: "all" | readonly string[] }[] = [
  { name: "Everybody push", owners: "all" },
  { name: "Northly push", owners: ["Nora Quill", "Nils Brandt"] },
  { name: "Southly push", owners: ["Sven Ostler", "Sara Vance"] },
  { name: "Eastly push", owners: ["Eda Finch"] },
];

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
        ...["industry", "land", "product", "segment", "deal", "invoice", "grudge"].map((what) =>
          wordOf(name, what),
        ),
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
  await makeOffers(workspace);
  await noteWork(workspace);
  return workspace;
}

/** Something noted about every account, and a thank-you planned for it, both in words of its own. */
async function noteWork({ id: workspaceId, database }: RawWorkspace): Promise<void> {
  const access = await accessOf(database, { workspaceId, standing: "operator" });
  const decisions = createDecisions(database, access);
  const now = new Date("2026-10-31T11:00:00Z");
  for (const { id, words } of worldAccounts) {
    const text = words.at(-1) ?? "";
    await decisions.logInteraction(id, { kind: "survey", onDay: "2026-10-30", score: 9, note: text }, now);
    const plan = { onDay: "2026-12-24", costMinor: 500, currency: "EUR", occasion: text };
    await decisions.planReward(id, { ...plan, kind: "card" }, now);
  }
}

/** One offer to everybody, and one for each team that only their accounts are in; some accounts have answered, some are held back. */
async function makeOffers({ id: workspaceId, database }: RawWorkspace): Promise<void> {
  const access = await accessOf(database, { workspaceId, standing: "operator" });
  const [reads, decisions] = [createReads(database, access), createDecisions(database, access)];
  const snapshot = await reads.snapshot();
  if (!snapshot) throw new RangeError("no snapshot");
  const about = { productIds: [], restDays: 30, most: 100, today: "2026-10-31" };
  const { rows } = await reads.candidates(snapshot, {}, about);
  const now = new Date("2026-10-31T11:00:00Z");
  const candidates = worldAccounts.map(({ id, name, owner }) => {
    const found = rows.find(({ accountId }) => accountId === id);
    // Whom no plan takes is put in by hand, so that every team has accounts in offers.
    const owned = owner === undefined ? {} : { ownerId: ownerId(owner), owner };
    return found ?? candidateOf(id, name, { tier: undefined, ...owned });
  });
  for (const { name, owners } of worldOffers) {
    const isIn = ({ owner = "" }: Pick<Candidate, "owner">) => owners === "all" || owners.includes(owner);
    const draft = draftOf(candidates.filter(isIn), {
      name,
      snapshotId: snapshot.id,
      filters: `team:${name}`,
    });
    const { id: offerId } = await decisions.createOffer(draft, now);
    const open = draft.accounts.filter(({ wave }) => wave === draft.accounts[0]?.wave);
    for (const { words, id } of worldAccounts.filter(({ words: [word = ""] }) => invoiced.includes(word)))
      if (open.some(({ candidate }) => candidate.accountId === id))
        await decisions.step(
          offerId,
          id,
          { kind: "outcome", outcome: "lost", reason: words.at(-1) ?? "" },
          now,
        );
  }
  for (const { words, id } of worldAccounts.filter(({ words: [word] }) => heldBack.includes(word ?? "")))
    await decisions.holdBack(id, { kind: "complaint", reason: words.at(-1) ?? "" });
  // Whoever looks finds the rules done.
  for (const { id } of await reads.offers(now)) await decisions.keepRules(id, now);
}

function ownerId(name: string): string {
  return recordId("crm", "rep", worldReps.find((rep) => rep.name === name)?.email ?? "");
}
