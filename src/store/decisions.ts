import type { Access } from "./access.ts";
import { createActionDecisions } from "./action-answers.ts";
import type { ActionDecisions } from "./actions.ts";
import { createProspectDecisions, type ProspectDecisions } from "./claim-prospect.ts";
import type { Database } from "./connect.ts";
import { type AccountCorrections, createCorrections } from "./corrections.ts";
import { createDigestDecisions } from "./digest-schedules.ts";
import type { DigestDecisions } from "./digests.ts";
import { createRates, type HandRates } from "./hand-rates.ts";
import type { InteractionDecisions } from "./interactions.ts";
import { createInteractions } from "./note-interactions.ts";
import { createOfferDecisions } from "./offer-decisions.ts";
import type { OfferDecisions } from "./offers.ts";
import { createRewards } from "./reward-decisions.ts";
import type { RewardDecisions } from "./rewards.ts";
import { requireMember, requireRole } from "./roles.ts";
import { createValueRules, type ValueRules } from "./value-rules.ts";
import {
  changeSettings,
  ensureWorkspace,
  type SettingsChange,
  type SettingsVersion,
  settingsHistory,
  type Workspace,
} from "./workspaces.ts";

/**
 * What people decide, already bound to one access: who may not is refused here, and nowhere else. Every
 * change has its author and its time, the same one again changes nothing, and the next refresh applies it.
 */
export interface Decisions
  extends AccountCorrections,
    ValueRules,
    HandRates,
    OfferDecisions,
    ActionDecisions,
    DigestDecisions,
    InteractionDecisions,
    ProspectDecisions,
    RewardDecisions {
  /**
   * What the workspace has decided. Whoever is no admin gets nobody's role and quota but their own.
   *
   * @throws NotAllowed to guests.
   */
  settings(): Promise<DecidedSettings>;
  /** @throws SettingRefused, NotAllowed */
  changeSettings(change: SettingsChange): Promise<Workspace>;
  settingsHistory(limit: number): Promise<readonly SettingsVersion[]>;
}

export interface DecidedSettings extends Workspace {
  /** E-mail addresses of those who may change them. */
  readonly admins: readonly string[];
}

export function createDecisions(database: Database, access: Access): Decisions {
  const { workspaceId, signature } = access;
  return {
    ...createCorrections(database, access),
    ...createValueRules(database, access),
    ...createRates(database, access),
    ...createOfferDecisions(database, access),
    ...createActionDecisions(database, access),
    ...createDigestDecisions(database, access),
    ...createInteractions(database, access),
    ...createProspectDecisions(database, access),
    ...createRewards(database, access),
    settings: async () => {
      requireMember(access);
      const workspace = await ensureWorkspace(database, workspaceId);
      const { settings } = workspace;
      const admins = settings.people.filter(({ role }) => role === "admin").map(({ email }) => email);
      if (access.role === "admin") return { ...workspace, admins };
      const isOwn = ({ email }: { readonly email: string }) => email === signature.toLowerCase();
      const people = settings.people.filter(isOwn);
      const quotas = settings.quotas.filter(isOwn);
      return { ...workspace, settings: { ...settings, people, quotas }, admins };
    },
    changeSettings: async (change) => {
      requireRole(access, "admin");
      return changeSettings(database, workspaceId, signature, change);
    },
    settingsHistory: async (limit) => {
      requireRole(access, "admin");
      return settingsHistory(database, workspaceId, limit);
    },
  };
}
