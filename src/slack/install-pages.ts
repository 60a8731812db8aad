import type { ServerResponse } from "node:http";

/** The last page of an installation. */
export function sendInstalled(response: ServerResponse, teamName = "your workspace"): void {
  send(
    response,
    200,
    "Portfolio is installed",
    `Go back to ${teamName} in Slack and type /portfolio import to begin.`,
  );
}

/** Why nothing was installed, and what to do. Known codes have a sentence of their own; the log has the cause. */
export function sendNotInstalled(response: ServerResponse, code: string): void {
  const [status, sentence] = reasons[code] ?? [
    500,
    "Something went wrong on our side. Please try again later.",
  ];
  send(response, status, "Portfolio was not installed", sentence);
}

const again = "Begin once more at /slack/install, in the browser in which you go on.";

const reasons: Readonly<Record<string, readonly [status: number, sentence: string]>> = {
  slack_oauth_installer_authorization_error: [
    200,
    "You did not allow it, so nothing has changed. Begin at /slack/install if you think better of it.",
  ],
  slack_oauth_invalid_state: [400, `This link is too old, or belongs to another browser. ${again}`],
  slack_oauth_missing_state: [400, `This link is not complete. ${again}`],
  slack_oauth_missing_code: [400, `This link is not complete. ${again}`],
  slack_webapi_platform_error: [
    400,
    `Slack did not take this link: it works once, for ten minutes. ${again}`,
  ],
  slack_webapi_request_error: [502, "Slack could not be reached. Please try again in a minute."],
  deletion: [
    503,
    "The data of an earlier installation is being deleted at this moment. Please try again in a few minutes.",
  ],
};

function send(response: ServerResponse, status: number, title: string, sentence: string): void {
  const [shownTitle, shown] = [title, sentence].map(escaped);
  response.writeHead(status, { "Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store" });
  response.end(
    `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${shownTitle}</title>
<style>body { font: 16px/1.5 system-ui, sans-serif; max-width: 32rem; margin: 4rem auto; padding: 0 1rem }</style>
<h1>${shownTitle}</h1><p>${shown}</p></html>\n`,
  );
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
