import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { HttpError, readBody, requireOwnOrigin, send } from "./http.ts";
import { knownUser, type Workspace } from "./workspace.ts";

const PATH = "/oauth/v2/authorize";

/** What somebody answers to an app that asks to be added. */
export interface Consent {
  readonly userId: string;
  /** The address the app sent the person to, whatever its host. */
  readonly url: string;
  /** `allow` when left out. */
  readonly decision?: "allow" | "cancel";
}

/** Answers for a person; returns the app's own address that the browser is sent to next. */
export function authorize(workspace: Workspace, { userId, url, decision = "allow" }: Consent): string {
  const asked = readQuestion(workspace, new URL(url, workspace.origin));
  const next = new URL(asked.redirectUri);
  if (decision === "cancel") next.searchParams.set("error", "access_denied");
  else next.searchParams.set("code", issueCode(workspace, knownUser(workspace, userId).id, asked));
  if (asked.state !== null) next.searchParams.set("state", asked.state);
  return next.href;
}

interface Question {
  readonly redirectUri: string;
  readonly scopes: readonly string[];
  readonly state: string | null;
}

/** What the app asks for in the address; an HttpError with a sentence when Slack would not show the page. */
function readQuestion({ options }: Workspace, { searchParams }: URL): Question {
  const redirectUri = searchParams.get("redirect_uri") ?? "";
  const scopes = (searchParams.get("scope") ?? "").split(",").filter((scope) => scope !== "");
  if (!options.oauth || searchParams.get("client_id") !== options.oauth.clientId) {
    throw new HttpError(400, "invalid_client_id: no app has this client id.");
  }
  if (!URL.canParse(redirectUri))
    throw new HttpError(400, "bad_redirect_uri: there is no way back to the app.");
  if (scopes.length === 0) throw new HttpError(400, "no_scopes: the app asks for nothing.");
  return { redirectUri, scopes, state: searchParams.get("state") };
}

function issueCode({ credentials, nowMs }: Workspace, userId: string, asked: Question): string {
  const code = `${nowMs()}.${randomBytes(16).toString("hex")}`;
  const { redirectUri, scopes } = asked;
  credentials.codes.set(code, { userId, redirectUri, scopes, issuedAtMs: nowMs(), isUsed: false });
  return code;
}

/** Shows the page that asks for consent, or takes its answer; false when the address is another. */
export async function serveConsent(
  workspace: Workspace,
  request: IncomingMessage,
  response: ServerResponse,
  port: number,
): Promise<boolean> {
  const url = new URL(request.url ?? "/", workspace.origin);
  if (url.pathname !== PATH) return false;
  const asked = readQuestion(workspace, url);
  if (request.method !== "POST") {
    response.setHeader("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'");
    send(response, 200, "text/html; charset=utf-8", consentPage(workspace, url, asked.scopes));
    return true;
  }
  requireOwnOrigin(request, port, "application/x-www-form-urlencoded");
  const form = new URLSearchParams(await readBody(request));
  const decision = form.get("decision") === "allow" ? "allow" : "cancel";
  const next = authorize(workspace, { userId: form.get("user") ?? "", url: url.href, decision });
  response.writeHead(302, { Location: next, "Cache-Control": "no-store" }).end();
  return true;
}

function consentPage({ app, options }: Workspace, url: URL, scopes: readonly string[]): string {
  const people = options.users.map(({ id, realName }) => `<option value="${id}">${plain(realName)}</option>`);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Add ${plain(app.name)}</title>
<style>body { font: 1rem/1.5 system-ui, sans-serif; max-width: 34rem; margin: 2rem auto; padding: 0 1rem }
button, select { font: inherit; padding: 0.4rem 1rem }</style>
</head>
<body>
<h1>${plain(app.name)} asks to be added to ${plain(options.team.name)}</h1>
<p>It will be able to use:</p>
<ul>${scopes.map((scope) => `<li><code>${plain(scope)}</code></li>`).join("")}</ul>
<form method="post" action="${plain(url.pathname + url.search)}">
<p><label>You are <select name="user">${people.join("")}</select></label></p>
<p><button name="decision" value="allow">Allow</button> <button name="decision" value="cancel">Cancel</button></p>
</form>
</body>
</html>
`;
}

function plain(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
