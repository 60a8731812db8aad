import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, describe, expect, test } from "vitest";
import { launchBrowser } from "./helpers/browser.ts";
import { findBrowser } from "./helpers/find-browser.ts";

const root = fileURLToPath(new URL("../", import.meta.url));
const folders: string[] = [];
const running: ChildProcess[] = [];
afterEach(() => {
  for (const child of running.splice(0)) child.kill("SIGKILL");
});
afterAll(() => {
  for (const folder of folders)
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 500 });
});

interface Started {
  readonly child: ChildProcess;
  output(): string;
  /** Resolves when the output matches, rejects when the process ends before. */
  until(pattern: RegExp): Promise<RegExpExecArray>;
  readonly ended: Promise<number | null>;
}

/** What `npm start` runs, with this environment and a data directory of its own. */
function start(env: Readonly<Record<string, string>>): Started {
  const dataDir = mkdtempSync(join(tmpdir(), "portfolio-start-"));
  folders.push(dataDir);
  const { DATABASE_URL: _, ...inherited } = process.env;
  const child = spawn(process.execPath, ["--import", "tsx", "src/main.ts"], {
    cwd: root,
    env: { ...inherited, DATA_DIR: dataDir, PORT: "0", LOG_LEVEL: "error", ...env },
  });
  running.push(child);
  let output = "";
  const listeners = new Set<() => void>();
  const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (data) => {
      output += data;
      for (const listener of listeners) listener();
    });
  return {
    child,
    output: () => output,
    ended,
    until: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const match = pattern.exec(output);
          if (match) resolve(match);
        };
        listeners.add(look);
        look();
        void ended.then(() => reject(new Error(`it ended:\n${output}`)));
      }),
  };
}

const browserPath = findBrowser();
if (!browserPath)
  process.stdout.write("No browser found: starting for a newcomer is tested over HTTP only.\n");

describe("npm start without Slack credentials", { timeout: 120_000 }, () => {
  test("loads the invented company, serves the page on the loopback address only, and stops cleanly", async () => {
    const started = start({});
    const [, url = ""] = await started.until(/playground is at (http:\/\/127\.0\.0\.1:\d+\/)/);
    const page = await fetch(url);
    expect(page.status).toBe(200);
    if (browserPath) await topAInBrowser(browserPath, url);
    started.child.kill("SIGTERM");
    expect(await started.ended).toBe(0);
  });
});

/** What the README promises a newcomer, done by one. */
async function topAInBrowser(path: string, url: string): Promise<void> {
  const browser = await launchBrowser(path);
  try {
    const page = await browser.newPage();
    await page.goto(url);
    const composer = page.getByRole("combobox", { name: /message/i });
    await composer.fill("/portfolio top A");
    await composer.press("Escape");
    await composer.press("Enter");
    await page.getByRole("heading", { name: "73 A accounts: 80.2 % of spend" }).waitFor();
    expect(await page.getByRole("rowheader").count()).toBe(10);
    expect(await page.getByText("Only visible to you").count()).toBeGreaterThan(0);
    await page.getByRole("button", { name: "Next" }).click();
    await page.getByText(/Page 2 of 8/).waitFor();
  } finally {
    await browser.close();
  }
}

// What is told of which configuration is in the tests of that; here, that it is printed, and nothing else.
describe("what does not start", () => {
  test.each([
    [{ SLACK_BOT_TOKEN: "xoxb-secret-value" }, "SLACK_BOT_TOKEN is set, but SLACK_SIGNING_SECRET is not"],
    [
      { SLACK_CLIENT_ID: "1.2", SLACK_CLIENT_SECRET: "secret-value", SLACK_SIGNING_SECRET: "s" },
      "Make one with: openssl rand -base64 32",
    ],
  ])("%j", async (env, sentence) => {
    const started = start(env);
    expect(await started.ended).toBe(1);
    expect(started.output()).toContain(sentence);
    expect(started.output()).not.toContain("secret-value");
    expect(started.output()).not.toMatch(/^ {4}at /m);
  });
});
