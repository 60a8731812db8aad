import type { Tier } from "../tiers.ts";
import { plainColumn } from "./levels.ts";

/** Whom an account may have. */
export const accountRoles = ["owner", "manager", "service", "sponsor"] as const;
export type AccountRole = (typeof accountRoles)[number];

/** What is done with accounts. */
export const coverageTasks = ["renewal", "complaint", "offer", "check-in", "review"] as const;
export type CoverageTask = (typeof coverageTasks)[number];

/** A tier, or those that never bought. */
export type Segment = Tier | "prospect";
export const segments: readonly Segment[] = ["A", "B", "C", "D", "prospect"];

/** Responsible does it, accountable answers for it (one each), consulted is asked before, informed is told after. */
export interface Responsibilities {
  readonly responsible: AccountRole;
  readonly accountable: AccountRole;
  readonly consulted: readonly AccountRole[];
  readonly informed: readonly AccountRole[];
}

const byOwner = (
  accountable: AccountRole,
  consulted: readonly AccountRole[] = [],
  informed: readonly AccountRole[] = [],
): Responsibilities => ({ responsible: "owner", accountable, consulted, informed });
const byService = (
  accountable: AccountRole,
  consulted: readonly AccountRole[] = [],
  informed: readonly AccountRole[] = [],
): Responsibilities => ({ responsible: "service", accountable, consulted, informed });

const best: Readonly<Record<CoverageTask, Responsibilities>> = {
  renewal: byOwner("manager", ["service"], ["sponsor"]),
  complaint: byService("owner", ["manager"], ["sponsor"]),
  offer: byOwner("manager", ["sponsor"], ["service"]),
  "check-in": byOwner("owner", ["service"]),
  review: byOwner("manager", ["sponsor", "service"]),
};
const middle: Readonly<Record<CoverageTask, Responsibilities>> = {
  renewal: byOwner("manager", ["service"]),
  complaint: byService("owner", [], ["manager"]),
  offer: byOwner("manager", [], ["service"]),
  "check-in": byOwner("owner"),
  review: byOwner("manager"),
};
const least: Readonly<Record<CoverageTask, Responsibilities | undefined>> = {
  renewal: byOwner("owner"),
  complaint: byService("owner"),
  offer: byOwner("owner"),
  "check-in": byService("service"),
  review: undefined,
};

/**
 * Who does what for which segment: a usual division of work, and a judgement. The better the customer, the more people have
 * a part in it; what nobody does has no entry.
 */
export const raci: Readonly<Record<Segment, Readonly<Record<CoverageTask, Responsibilities | undefined>>>> = {
  A: best,
  B: middle,
  C: { ...least, renewal: byOwner("manager") },
  D: least,
  prospect: {
    renewal: undefined,
    complaint: undefined,
    offer: byOwner("manager"),
    "check-in": byOwner("owner"),
    review: undefined,
  },
};

/** The roles that a segment cannot do without: somebody is responsible or accountable in them. */
export function neededRoles(segment: Segment): readonly AccountRole[] {
  const needed = new Set(
    coverageTasks.flatMap((task) => {
      const duties = raci[segment][task];
      return duties ? [duties.responsible, duties.accountable] : [];
    }),
  );
  // Nobody answers for a sponsor, but the best customers should have one.
  return accountRoles.filter((role) => needed.has(role) || (role === "sponsor" && segment === "A"));
}

const columnsOfRoles: Readonly<Partial<Record<AccountRole, RegExp>>> = {
  service:
    /^(csm|customer success( manager)?|customer service( rep)?|support( (contact|rep|engineer))?|service (contact|manager|rep)|account support)$/,
  sponsor: /^((executive|exec) sponsor|sponsor|executive contact)$/,
};

/** The role that an imported column names somebody for; undefined for other columns. */
export function roleOfColumn(column: string): AccountRole | undefined {
  return accountRoles.find((role) => columnsOfRoles[role]?.test(plainColumn(column)));
}
