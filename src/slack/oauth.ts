import { createHmac } from "node:crypto";
import type { Installation, InstallationStore } from "@slack/oauth";
import { DeletionUnderWay, type Installations } from "../installations/installations.ts";
import { sendInstalled, sendNotInstalled } from "./install-pages.ts";
import { askedScopes } from "./scopes.ts";
import type { InstallOptions } from "./transport.ts";

/** Where people begin to install the app. */
export const INSTALL_PATH = "/slack/install";
const REDIRECT_PATH = "/slack/oauth_redirect";

const ANSWERED_WITHIN_MS = 10_000;

/** How workspaces install the app: Bolt's own install and redirect addresses, over our installations. */
export function createInstall(options: {
  readonly clientId: string;
  readonly clientSecret: string;
  /** Where browsers reach us; left out, Slack leads back to the first address in the app's settings. */
  readonly publicUrl?: string;
  readonly slackApiUrl?: string;
  readonly installations: Pick<Installations, "install">;
  readonly now: () => Date;
}): InstallOptions {
  const { clientId, clientSecret, publicUrl, slackApiUrl, installations, now } = options;
  return {
    clientId,
    clientSecret,
    // The same in every replica: people may begin at one and end at another.
    stateSecret: createHmac("sha256", clientSecret).update("portfolio install state").digest("base64url"),
    scopes: [...askedScopes],
    ...(publicUrl !== undefined && { redirectUri: new URL(REDIRECT_PATH, publicUrl).href }),
    installationStore: installationStore(installations, now),
    installerOptions: {
      redirectUriPath: REDIRECT_PATH,
      installPath: INSTALL_PATH,
      directInstall: true,
      clientOptions: {
        timeout: ANSWERED_WITHIN_MS,
        retryConfig: { retries: 0 },
        ...(slackApiUrl !== undefined && { slackApiUrl }),
      },
      ...(slackApiUrl !== undefined && {
        authorizationUrl: new URL("/oauth/v2/authorize", slackApiUrl).href,
      }),
      callbackOptions: {
        success: ({ team }, _options, _request, response) => sendInstalled(response, team?.name),
        failure: (error, _options, _request, response) =>
          sendNotInstalled(response, error instanceof DeletionUnderWay ? "deletion" : error.code),
      },
    },
  };
}

function installationStore(
  installations: Pick<Installations, "install">,
  now: () => Date,
): InstallationStore {
  return {
    async storeInstallation({ team, user, bot }: Installation) {
      if (!team || !bot) throw new Error("only a workspace can install the app, not a whole organization");
      const { token, refreshToken, expiresAt } = bot;
      await installations.install(
        {
          workspaceId: team.id,
          teamName: team.name ?? team.id,
          installedBy: user.id,
          installedAt: now(),
          expiresAt: expiresAt === undefined ? undefined : new Date(expiresAt * 1000),
        },
        { token, ...(refreshToken !== undefined && { refreshToken }) },
      );
    },
    // Tokens are found by whoever needs one, also without a request: see `installations`.
    fetchInstallation: () => Promise.reject(new Error("installations are not fetched through Bolt")),
  };
}
