import { workspaceId } from "./bots.ts";
import { elapsed, inSeconds } from "./elapsed.ts";
import type { BenchOptions } from "./options.ts";
import { seedPortfolio } from "./seed.ts";
import type { OwnStore, Stores } from "./stores.ts";

/** A store with a portfolio of a size, computed once. */
export interface Portfolio extends OwnStore {
  readonly accounts: number;
  readonly facts: number;
  /** How long the first refresh took, which stored every standing. */
  readonly firstRefreshMs: number;
}

/** The portfolio of so many accounts, made when it is first asked for. */
export type Portfolios = (accounts: number) => Promise<Portfolio>;

export function createPortfolios(
  stores: Stores,
  { factsPerAccount }: Pick<BenchOptions, "factsPerAccount">,
  tell: (sentence: string) => void,
): Portfolios {
  const made = new Map<number, Promise<Portfolio>>();
  const make = async (accounts: number): Promise<Portfolio> => {
    tell(`making a portfolio of ${accounts.toLocaleString("en-GB")} accounts`);
    const own = await stores.create();
    const seeded = await elapsed(() =>
      seedPortfolio(own.databaseUrl, workspaceId, { accounts, factsPerAccount }),
    );
    tell(`made in ${inSeconds(seeded.ms)}, computing it`);
    const { ms } = await elapsed(() => refreshPortfolio(own));
    tell(`computed in ${inSeconds(ms)}`);
    return { ...own, accounts, facts: accounts * factsPerAccount, firstRefreshMs: ms };
  };
  return (accounts) => {
    const portfolio = made.get(accounts) ?? make(accounts);
    made.set(accounts, portfolio);
    return portfolio;
  };
}

export async function refreshPortfolio({ store }: Pick<OwnStore, "store">): Promise<void> {
  await store.refresh(await store.ensureWorkspace(workspaceId), { now: new Date() });
}
