import { fullName, type RepWorld, type Skills, type WorldDeal } from "./rep-world.ts";

/** A row of `leaderboard` as programs read it. */
interface BoardData {
  readonly outcome: "ranked" | "tied" | "too-few";
  readonly createdBy: string | null;
  readonly quotaPeriod: string | null;
  readonly quarterEnd: { readonly last: object; readonly others: object };
  readonly rows: readonly {
    readonly place: number | null;
    readonly rep: string;
    readonly standing: string;
    readonly n: number;
    readonly won: number;
    readonly observed: number | { readonly amount: number };
    readonly expected: number | { readonly amount: number };
    readonly difference: number | { readonly amount: number };
    readonly ratio: number;
    readonly adjusted: number;
    readonly low: number;
    readonly high: number;
    readonly quotaShare: number | null;
  }[];
}

/** Six reps of two teams, one of whom sells far better than the others, and one far worse. */
export const sixReps: Skills = {
  ann: { skill: 0.8, team: "North" },
  bob: { skill: 0.3, team: "North" },
  cleo: { skill: 0.5, team: "North" },
  dan: { skill: 0.7, team: "South" },
  eve: { skill: 0.5, team: "South" },
  fay: { skill: 0.4, team: "South" },
};
export const sixNames = Object.keys(sixReps).map(fullName);
/** The same who all sell alike. */
export const sixAlike: Skills = Object.fromEntries(
  Object.entries(sixReps).map(([name, { team }]) => [name, { skill: 0.5, team }]),
);

export async function boardOf(world: RepWorld, line: string, who = "ada"): Promise<BoardData> {
  return (await world.reply(who, line, { rows: "all" })).data as BoardData;
}

export function dealsOf({ deals }: RepWorld, name: string): readonly WorldDeal[] {
  return deals.filter(({ rep }) => fullName(rep) === name);
}

export function isWon({ status }: WorldDeal): boolean {
  return status === "won";
}

export function sumOf(deals: readonly WorldDeal[], of: (deal: WorldDeal) => number): number {
  return deals.reduce((sum, deal) => sum + of(deal), 0);
}
