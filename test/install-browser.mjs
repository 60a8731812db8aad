// Runs before the tests: gets a browser where that is possible without asking, and never fails.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

const NAMES = [
  "chromium",
  "chromium-browser",
  "google-chrome",
  "google-chrome-stable",
  "chrome",
  "microsoft-edge",
];
const PLACES = [
  "/usr/bin/chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe",
];
const UPDATE_LIMIT_MS = 120_000;
const INSTALL_LIMIT_MS = 300_000;

function hasBrowser() {
  const folders = (process.env.PATH ?? "").split(delimiter);
  const onPath = folders.flatMap((folder) => NAMES.map((name) => join(folder, name)));
  return [process.env.CHROME_PATH ?? "", ...PLACES, ...onPath].some(
    (path) => path !== "" && existsSync(path),
  );
}

function run(command, args, timeout) {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  return spawnSync(command, args, { stdio: "ignore", timeout, env }).status === 0;
}

function canInstall() {
  if (process.platform !== "linux" || process.getuid?.() !== 0) return false;
  return run("apt-get", ["--version"], 10_000);
}

function install() {
  process.stdout.write("No Chrome or Chromium found: installing Debian's chromium for the browser tests.\n");
  run("apt-get", ["update", "-qq"], UPDATE_LIMIT_MS);
  run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "chromium"], INSTALL_LIMIT_MS);
}

if (!process.env.SKIP_BROWSER_INSTALL && !hasBrowser()) {
  if (canInstall()) install();
  if (!hasBrowser()) {
    process.stdout.write(
      "No Chrome or Chromium: browser tests will be skipped (set CHROME_PATH to have them).\n",
    );
  }
}
