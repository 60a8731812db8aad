import { addDays, type Day } from "../../src/core/calendar.ts";
import { createRandom } from "../../src/core/random.ts";
import { createDesk } from "../../src/create-desk.ts";
import type { Answer, Desk, Request } from "../../src/desk.ts";
import { recordId } from "../../src/ingest/drafts.ts";
import { loadCommands } from "../../src/load-commands.ts";
import { sql } from "../../src/store/sql.ts";
import { accountRecord, openRawWorkspace, type RawWorkspace } from "./facts.ts";
import { openWorkspace } from "./workspace.ts";

const commands = await loadCommands(new URL("../../commands/", import.meta.url));

/** A deal as the store has judged it. */
export interface WorldDeal {
  readonly rep: string;
  readonly account: string;
  readonly product: string;
  readonly industry: string;
  readonly status: "won" | "lost" | "open";
  readonly stage?: string;
  readonly created: Day;
  readonly closed: Day;
  readonly amount: number;
  readonly list: number;
  readonly expected: number;
  readonly expectedMinor: number;
  readonly expectedDays: number;
  readonly tier: "A" | "B";
}

export interface RepWorld {
  readonly workspace: RawWorkspace;
  readonly desk: Desk;
  readonly deals: readonly WorldDeal[];
  /** Asks as a person of that first name; the operator without one. */
  ask(who: string | undefined, line: string, request?: Partial<Request>): Promise<Answer>;
  reply(
    who: string | undefined,
    line: string,
    request?: Partial<Request>,
  ): Promise<Extract<Answer, { ok: true }>["reply"]>;
  refused(who: string | undefined, line: string, request?: Partial<Request>): Promise<string>;
}

/** By first name: the chance that they win a deal that others win with one of two, and their team. */
export type Skills = Readonly<Record<string, { readonly skill: number; readonly team: string }>>;

const asOf: Day = "2026-06-30";
const industries = ["Retail", "Steel"];
const products = ["Pump", "Valve"];
const accounts = Array.from({ length: 12 }, (_, index) => `Account ${index + 1}`);

/** "ann" is Ann Archer. */
export const fullName = (first: string) => `${first.charAt(0).toUpperCase()}${first.slice(1)} Archer`;
const addressOf = (first: string) => `${first}@reps.example`;

/**
 * A company whose deals closed in the year to 30 June 2026, so many for each rep, evenly over twelve accounts of two industries and
 * two products, each changed as the test wants it. Mia manages team North, Max manages those of South by their records, Ada is the admin.
 */
export async function openRepWorld(
  skills: Skills,
  dealsEach: number,
  seed: string,
  change: (deal: WorldDeal, index: number) => WorldDeal = (deal) => deal,
): Promise<RepWorld> {
  const random = createRandom(seed);
  const workspace = await openRawWorkspace();
  const reps = Object.entries(skills);
  const deals = reps.flatMap(([rep, { skill }]) =>
    Array.from({ length: dealsEach }, (_, index) => change(dealOf(rep, skill, index, random), index)),
  );
  await workspace.settings({
    people: [
      { email: addressOf("ada"), role: "admin" },
      { email: addressOf("mia"), role: "manager", manages: ["North"] },
      { email: addressOf("max"), role: "manager" },
    ],
  });
  await workspace.startImport("crm");
  await workspace.reps(
    reps.map(([first, { team }]) => ({
      ...{ external_id: first, name: fullName(first), email: addressOf(first), team },
      ...(team === "South" && { manager: addressOf("max") }),
    })),
  );
  await workspace.products(products.map((name) => ({ external_id: name, name })));
  await workspace.accounts(
    accounts.map((name, index) => ({
      ...{ external_id: name, name, industry: industries[index % 2], region: "Land", custom: {} },
      owner_record_id: recordId("crm", "rep", reps[index % reps.length]?.[0] ?? ""),
    })),
  );
  await workspace.deals(
    accounts.map((name) => ({
      ...{ id: name, account_record_id: accountRecord("crm", name), close_on: asOf, amount_minor: 100_00 },
    })),
  );
  const refreshed = await workspace.refresh(asOf);
  await judge(workspace, refreshed?.snapshot ?? 0, deals);
  const { store } = await openWorkspace();
  const desk = createDesk({ store, commands, now: () => new Date("2026-07-01T12:00:00Z") });
  const ask: RepWorld["ask"] = (who, line, request) =>
    desk.answer({
      viewer:
        who === undefined
          ? { workspaceId: workspace.id, standing: "operator" }
          : { workspaceId: workspace.id, standing: "member", email: addressOf(who) },
      line,
      ...request,
    });
  return {
    ...{ workspace, desk, deals, ask },
    reply: async (who, line, request) => {
      const answer = await ask(who, line, request);
      if (!answer.ok) throw new Error(`refused: ${answer.message}`);
      return answer.reply;
    },
    refused: async (who, line, request) => {
      const answer = await ask(who, line, request);
      if (answer.ok) throw new Error(`understood: ${answer.reply.headline}`);
      return answer.message;
    },
  };
}

function dealOf(rep: string, skill: number, index: number, random: () => number): WorldDeal {
  const expected = 0.3 + 0.4 * random();
  const logOdds = Math.log(expected / (1 - expected)) + Math.log(skill / (1 - skill));
  const isWon = random() < 1 / (1 + Math.exp(-logOdds));
  const list = Math.round(1_000_00 * (1 + 4 * random()));
  const closed = addDays(asOf, -Math.floor(360 * random()));
  return {
    ...{
      rep,
      account: accounts[index % accounts.length] ?? "",
      industry: industries[(index % accounts.length) % 2] ?? "",
      product: products[index % 3 === 0 ? 0 : 1] ?? "",
    },
    ...{ status: isWon ? "won" : "lost", created: addDays(closed, -5 - Math.floor(40 * random())), closed },
    ...{ amount: isWon ? Math.round(list * (0.8 + 0.2 * random())) : 0, list },
    ...{
      expected,
      expectedMinor: Math.round(expected * 2_700_00),
      expectedDays: 22,
      tier: index % 4 === 0 ? "A" : "B",
    },
  };
}

/** Puts deals in place of those that the refresh judged. */
async function judge(
  { database, id: workspaceId }: RawWorkspace,
  snapshotId: number,
  deals: readonly WorldDeal[],
): Promise<void> {
  const rows = deals.map((deal, index) => ({
    ...{
      workspace_id: workspaceId,
      snapshot_id: snapshotId,
      id: recordId("crm", "opportunity", `deal ${index}`),
    },
    ...{ account_id: accountRecord("crm", deal.account), rep_id: recordId("crm", "rep", deal.rep) },
    ...{
      product_id: recordId("crm", "product", deal.product),
      status: deal.status,
      stage: deal.stage ?? deal.status,
      tier: deal.tier,
    },
    known: index,
    ...{ created_on: deal.created, close_on: deal.closed, amount_minor: deal.amount, list_minor: deal.list },
    ...{
      ...(deal.status !== "open" && {
        expected: deal.expected,
        expected_minor: deal.expectedMinor,
        expected_days: deal.expectedDays,
      }),
      reasons: [],
    },
  }));
  await database.$executeRaw(sql`DELETE FROM deal WHERE workspace_id = ${workspaceId}`);
  await database.$executeRaw(sql`DELETE FROM win_fit WHERE workspace_id = ${workspaceId}`);
  await database.$executeRaw(
    sql`INSERT INTO deal SELECT * FROM jsonb_populate_recordset(NULL::deal, ${JSON.stringify(rows)}::jsonb)`,
  );
}
