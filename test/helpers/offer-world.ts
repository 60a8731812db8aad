import { recordId } from "../../src/ingest/drafts.ts";
import { accessOf, sharedAccessOf } from "../../src/store/access.ts";
import { createReads } from "../../src/store/create-reads.ts";
import { createDecisions, type Decisions } from "../../src/store/decisions.ts";
import type { StoreReads } from "../../src/store/reads.ts";
import { accountRecord, openRawWorkspace, type RawWorkspace } from "./facts.ts";

export const now = new Date("2026-07-01T09:00:00Z");
export const later = (hours: number) => new Date(now.getTime() + hours * 3_600_000);
export const repOf = (name: string) => recordId("crm", "rep", `${name}@offers.example`);
export const account = (name: string) => accountRecord("crm", name);
export const pump = recordId("crm", "product", "pump");
const valve = recordId("crm", "product", "valve");

interface Door {
  readonly decisions: Decisions;
  readonly reads: StoreReads;
}

/** Seven customers of two teams, three of them nobody's, a prospect like the best, and one unlike them. */
export interface OfferWorld {
  readonly workspace: RawWorkspace;
  /** What somebody sees and does; the operator without a name. */
  as(name?: string): Promise<Door>;
  /** What somebody shows to somebody else. */
  shown(name: string, to: string): Promise<StoreReads>;
}

const customers: readonly (readonly [name: string, owner: string | undefined, euros: number])[] = [
  ["Alder", "ann", 5_000],
  ["Birch", undefined, 4_000],
  ["Cedar", "bob", 500],
  ["Drake", undefined, 400],
  ["Elder", "ann", 120],
  ["Fichte", undefined, 110],
  ["Ginkgo", "bob", 1],
];

export async function openOfferWorld(): Promise<OfferWorld> {
  const workspace = await openRawWorkspace();
  const { database, id } = workspace;
  await workspace.settings({
    visibility: "own",
    people: [
      { email: "root@offers.example", role: "admin" },
      { email: "mia@offers.example", role: "manager", manages: ["North"] },
      { email: "max@offers.example", role: "manager", manages: ["South"] },
    ],
  });
  await workspace.startImport("crm");
  await workspace.reps(
    [
      ["ann", "North"],
      ["bob", "South"],
    ].map(([name = "", team]) => ({
      external_id: `${name}@offers.example`,
      name: `${name} rep`,
      email: `${name}@offers.example`,
      team,
    })),
  );
  await workspace.products([
    { external_id: "pump", name: "Pump" },
    { external_id: "valve", name: "Valve" },
  ]);
  const owned = (owner: string | undefined) => (owner === undefined ? {} : { owner_record_id: repOf(owner) });
  await workspace.accounts([
    ...customers.map(([name, owner], index) => ({
      ...{ external_id: name, name, industry: index < 2 ? "Mills" : "Mines", region: "Land" },
      custom: name === "Drake" ? { "Opt-Out": "Yes", overdue: "0" } : {},
      ...owned(owner),
    })),
    { external_id: "Pine", name: "Pine", industry: "Mills", ...owned("ann"), custom: {} },
    { external_id: "Quince", name: "Quince", industry: "Ships", region: "Sea", custom: {} },
  ]);
  await workspace.deals(
    customers.map(([name, , euros], index) => ({
      ...{ id: name, account_record_id: account(name), close_on: "2026-06-01", amount_minor: euros * 100 },
      product_record_id: index % 2 === 0 ? pump : valve,
    })),
  );
  await workspace.refresh("2026-06-30", now);
  const member = (name: string) =>
    ({ workspaceId: id, standing: "member", email: `${name}@offers.example` }) as const;
  return {
    workspace,
    shown: async (name, to) =>
      createReads(database, await sharedAccessOf(database, member(name), [member(to)])),
    as: async (name) => {
      const access = await accessOf(
        database,
        name === undefined ? { workspaceId: id, standing: "operator" } : member(name),
      );
      return { decisions: createDecisions(database, access), reads: createReads(database, access) };
    },
  };
}
