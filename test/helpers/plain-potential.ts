import type { PotentialBasis } from "../../src/store/prospects.ts";
import { rawRows } from "./workspace.ts";

// What accounts could bring, recomputed from raw rows by sums and maps, as another program would.

/** An active account as its rows have it. */
export interface KnownAccount {
  readonly id: string;
  readonly name: string;
  readonly industry: string;
  readonly region: string;
  readonly employees: number | undefined;
  /** Margin of twelve months, 40 % of what was bought; undefined for a prospect. */
  readonly margin: number | undefined;
  readonly tier: string | null;
  readonly spend: number;
}

export async function readKnown(workspaceId: string): Promise<readonly KnownAccount[]> {
  const rows = await rawRows(
    `SELECT a.id, a.name, COALESCE(a.industry, '') AS industry, COALESCE(a.region, '') AS region,
            a.custom ->> 'Employees' AS employees, s.year_minor, s.tier, s.value_minor
     FROM account a LEFT JOIN account_standing s ON s.workspace_id = a.workspace_id AND s.account_id = a.id AND s.valid_to IS NULL
     WHERE a.workspace_id = $1 AND a.active ORDER BY a.id`,
    [workspaceId],
  );
  return rows.map((row) => ({
    ...{ id: String(row.id), name: String(row.name) },
    ...{ industry: String(row.industry), region: String(row.region) },
    employees: row.employees ? Number(row.employees) : undefined,
    margin: row.year_minor === null ? undefined : Math.round((Number(row.year_minor) * 400) / 1000),
    tier: row.tier === null ? null : String(row.tier),
    spend: Number(row.value_minor ?? 0),
  }));
}

/** Whether an account is learned from. */
export const isBuyer = ({ margin = 0 }: KnownAccount) => margin > 0;

export interface PlainPotential {
  readonly potential: number;
  readonly low: number;
  readonly high: number;
}

/** By id, in minor units. */
export function plainPotentials(
  of: PotentialBasis,
  known: readonly KnownAccount[],
): ReadonlyMap<string, PlainPotential> {
  const buyers = known.filter(isBuyer);
  const usual = usualBy(of, buyers, known);
  const at = (id: string, above = 0) => Math.exp((usual.get(id) ?? 0) + above);
  const factor =
    buyers.reduce((sum, { margin = 0 }) => sum + margin, 0) / buyers.reduce((sum, { id }) => sum + at(id), 0);
  const errors = Array.from({ length: 10 }, (_, part) => {
    const shown = buyers.filter((_, place) => place % 10 !== part);
    const told = usualBy(of, shown, known);
    return buyers
      .filter((_, place) => place % 10 === part)
      .map(({ id, margin = 1 }) => Math.log(margin) - (told.get(id) ?? 0));
  })
    .flat()
    .sort((one, other) => one - other);
  const place = (share: number) => share * (errors.length + 1);
  const low = errors[Math.floor(place(0.1)) - 1] ?? 0;
  const upper = errors[Math.round(place(0.75)) - 1] ?? 0;
  const high = errors[Math.ceil(place(0.9)) - 1] ?? 0;
  return new Map(
    known.map(({ id, margin }) => {
      const potential =
        margin === undefined ? Math.round(factor * at(id)) : Math.max(margin, Math.round(at(id, upper)));
      return [
        id,
        {
          potential,
          low: Math.min(potential, Math.max(margin ?? 0, Math.round(at(id, low)))),
          high: Math.max(potential, Math.round(at(id, high))),
        },
      ];
    }),
  );
}

function traitOf(account: KnownAccount, { column, bands }: PotentialBasis["traits"][number]): string {
  if (column === "industry") return account.industry;
  if (column === "region") return account.region;
  const { employees } = account;
  return employees === undefined ? "?" : String(bands?.cuts.filter((cut) => employees >= cut).length);
}

/** What is usual for each account: cells of traits, each drawn to the cell around it, from those that are shown. */
function usualBy(
  of: PotentialBasis,
  shown: readonly KnownAccount[],
  all: readonly KnownAccount[],
): ReadonlyMap<string, number> {
  const mean = shown.reduce((sum, { margin = 1 }) => sum + Math.log(margin), 0) / shown.length;
  let usual = new Map(all.map(({ id }) => [id, mean]));
  for (const depth of of.traits.keys()) {
    const keyOf = (account: KnownAccount) =>
      of.traits
        .slice(0, depth + 1)
        .map((trait) => traitOf(account, trait))
        .join("/");
    const groups = new Map<string, number[]>();
    for (const account of shown)
      groups.set(keyOf(account), [
        ...(groups.get(keyOf(account)) ?? []),
        Math.log(account.margin ?? 1) - (usual.get(account.id) ?? 0),
      ]);
    const meanOf = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
    const within =
      [...groups.values()]
        .flatMap((own) => own.map((each) => (each - meanOf(own)) ** 2))
        .reduce((a, b) => a + b, 0) /
      (shown.length - groups.size);
    const squares = [...groups.values()].reduce((sum, own) => sum + own.length * meanOf(own) ** 2, 0);
    const between = (squares - groups.size * within) / shown.length;
    usual = new Map(
      all.map((account) => {
        const own = groups.get(keyOf(account));
        const parent = usual.get(account.id) ?? 0;
        return [
          account.id,
          own && between > 0 ? parent + (meanOf(own) * own.length) / (own.length + within / between) : parent,
        ];
      }),
    );
  }
  return usual;
}
