import { z } from "zod";
import { ApiError, type Method } from "./api-error.ts";
import { argumentsAs, paging } from "./arguments.ts";
import type { JsonObject } from "./json.ts";
import type { PlaygroundUser } from "./model.ts";
import { paged } from "./paged.ts";
import { hasScope } from "./scopes.ts";
import { userById, type Workspace } from "./workspace.ts";

const includeLocale = { include_locale: z.boolean().optional() };

/** https://docs.slack.dev/reference/methods?family=users */
export const userMethods: Readonly<Record<string, Method>> = {
  "users.info": (workspace, args) => {
    const { user } = argumentsAs(args, { user: z.string(), ...includeLocale });
    const isApp = user === workspace.app.userId;
    return { user: userPayload(workspace, isApp ? appUser(workspace) : wantedUser(workspace, user)) };
  },
  "users.list": (workspace, args) => {
    const wanted = argumentsAs(args, { ...paging, ...includeLocale });
    const users = [...workspace.options.users, appUser(workspace)];
    const members = users.map((user) => userPayload(workspace, user));
    return paged(wanted, "members", members);
  },
  "users.lookupByEmail": (workspace, args) => {
    const email = argumentsAs(args, { email: z.string() }).email.toLowerCase();
    const user = workspace.options.users.find((each) => each.email.toLowerCase() === email);
    if (!user || user.isDeleted || user.teamId !== undefined) throw new ApiError("users_not_found");
    return { user: userPayload(workspace, user) };
  },
};

/** The app is a member of the workspace and of the conversations it is in, as a bot. */
function appUser({ app }: Workspace): PlaygroundUser {
  return { id: app.userId, name: app.name.toLowerCase(), realName: app.name, email: "", isBot: true };
}

export function wantedUser(workspace: Workspace, id: string): PlaygroundUser {
  const user = userById(workspace, id);
  if (!user) throw new ApiError("user_not_found");
  return user;
}

// https://docs.slack.dev/reference/objects/user-object
function userPayload(workspace: Workspace, user: PlaygroundUser): JsonObject {
  const team = user.teamId ?? workspace.options.team.id;
  // People of other companies keep their addresses to themselves, and bots have none.
  const isAddressTold = hasScope(workspace, "users:read.email") && user.teamId === undefined && !user.isBot;
  const profile = {
    title: user.title ?? "",
    real_name: user.realName,
    display_name: user.name,
    ...(isAddressTold ? { email: user.email } : {}),
    team,
  };
  const common = {
    id: user.id,
    team_id: team,
    name: user.name,
    deleted: user.isDeleted ?? false,
    profile,
    is_bot: user.isBot ?? false,
    is_app_user: false,
  };
  // Of somebody who has left, Slack tells no more than this.
  if (user.isDeleted) return common;
  return {
    ...common,
    real_name: user.realName,
    tz: user.tz ?? "Europe/Berlin",
    is_admin: user.isAdmin ?? false,
    is_owner: false,
    is_primary_owner: false,
    is_restricted: user.isRestricted ?? user.isUltraRestricted ?? false,
    is_ultra_restricted: user.isUltraRestricted ?? false,
    is_email_confirmed: true,
    ...(user.teamId === undefined ? {} : { is_stranger: isStranger(workspace, user) }),
  };
}

/** Of another company and in none of the app's channels; somebody of a shared channel is no stranger to Slack. */
function isStranger(workspace: Workspace, user: PlaygroundUser): boolean {
  const shared = [...workspace.conversations.values()].filter((each) => each.appIsMember);
  return user.isStranger ?? !shared.some(({ memberIds }) => memberIds.includes(user.id));
}
