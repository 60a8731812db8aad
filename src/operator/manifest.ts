import { readFile } from "node:fs/promises";
import { type Document, parseDocument, stringify } from "yaml";
import { UsageError } from "../usage-error.ts";
import type { Operation } from "./operation.ts";

const file = new URL("../../manifest.yml", import.meta.url);
const PLACEHOLDER = "https://YOUR-HOST";

export const manifestOperation: Operation = (program, _withStore, fail) => {
  program
    .command("manifest")
    .description("print the Slack app's manifest, ready to paste")
    .option("--socket", "for Socket Mode, where this machine needs no address on the internet")
    .option(
      "--address <url>",
      "for HTTP: where this server is reached, such as https://portfolio.example.com",
    )
    .action(async ({ socket, address }: { socket?: true; address?: string }) => {
      try {
        if ((socket === undefined) === (address === undefined))
          throw new UsageError("Say --socket for Socket Mode, or --address https://… for HTTP.");
        const written = await readFile(file, "utf8");
        process.stdout.write(address === undefined ? forSocketMode(written) : forAddress(written, address));
      } catch (error) {
        fail(error);
      }
    });
};

/**
 * The manifest for requests to an address.
 *
 * @throws UsageError unless it is an https:// address without a path.
 */
export function forAddress(manifest: string, address: string): string {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url?.protocol !== "https:" || url.pathname !== "/" || url.search !== "")
    throw new UsageError(
      `--address ${address} is not the address of a server. Slack wants https:// and a name, such as https://portfolio.example.com.`,
    );
  return withoutComments(parseDocument(manifest.replaceAll(PLACEHOLDER, url.origin)));
}

/** The manifest for an app that opens its own connection: no address, and nothing that needs one. */
export function forSocketMode(manifest: string): string {
  const document = parseDocument(manifest);
  document.deleteIn(["features", "slash_commands", 0, "url"]);
  document.deleteIn(["oauth_config", "redirect_urls"]);
  document.deleteIn(["settings", "event_subscriptions", "request_url"]);
  document.deleteIn(["settings", "interactivity", "request_url"]);
  document.deleteIn(["settings", "interactivity", "message_menu_options_url"]);
  document.setIn(["settings", "socket_mode_enabled"], true);
  return withoutComments(document);
}

/** What the file says to whoever fills it in is done by now. */
function withoutComments(document: Document): string {
  return stringify(document.toJS());
}
