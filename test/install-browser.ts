// Runs before the tests: gets a browser where that is possible without asking, and never fails.
import { spawnSync } from "node:child_process";
import { findBrowser } from "./helpers/find-browser.ts";

const UPDATE_LIMIT_MS = 120_000;
const INSTALL_LIMIT_MS = 300_000;

function run(command: string, args: readonly string[], timeout: number): boolean {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  return spawnSync(command, args, { stdio: "ignore", timeout, env }).status === 0;
}

function canInstall(): boolean {
  if (process.platform !== "linux" || process.getuid?.() !== 0) return false;
  return run("apt-get", ["--version"], 10_000);
}

function install(): void {
  process.stdout.write("No Chrome or Chromium found: installing Debian's chromium for the browser tests.\n");
  run("apt-get", ["update", "-qq"], UPDATE_LIMIT_MS);
  run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "chromium"], INSTALL_LIMIT_MS);
}

if (!process.env.SKIP_BROWSER_INSTALL && !findBrowser()) {
  if (canInstall()) install();
  if (!findBrowser()) {
    process.stdout.write(
      "No Chrome or Chromium: browser tests will be skipped (set CHROME_PATH to have them).\n",
    );
  }
}
