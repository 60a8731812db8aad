import { readdir, readFile, stat } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { basename, dirname } from "node:path";
import fc from "fast-check";
import { afterEach, describe, expect, test } from "vitest";
import { createFileTransfer } from "../../src/slack/file-transfer.ts";
import { isSlackAddress, safeName } from "../../src/slack/outside-names.ts";

describe("the bot's token is sent", () => {
  test.each([
    "https://files.slack.com/files-pri/T1-F1/download/a.csv",
    "https://slack.com/x",
    "https://acme.slack.com/x",
  ])("to %s", (address) => {
    expect(isSlackAddress(address, undefined)).toBe(true);
  });

  test.each([
    "http://files.slack.com/x",
    "https://files.slack.com:8443/x",
    "https://slack.com.evil.example/x",
    "https://evilslack.com/x",
    "https://files.slack.com@evil.example/x",
    "https://user:pw@files.slack.com/x",
    "http://127.0.0.1:80/x",
    "file:///etc/passwd",
  ])("never to %s", (address) => {
    expect(isSlackAddress(address, undefined)).toBe(false);
  });

  test("to where the Web API was said to be, and no other port or scheme of it", () => {
    const api = "http://127.0.0.1:4000/api/";
    expect(isSlackAddress("http://127.0.0.1:4000/files-pri/a", api)).toBe(true);
    expect(isSlackAddress("http://127.0.0.1:4001/files-pri/a", api)).toBe(false);
    expect(isSlackAddress("https://127.0.0.1:4000/files-pri/a", api)).toBe(false);
  });
});

describe("a name in our folder", () => {
  test.each([
    ["deals.csv", "deals.csv"],
    ["../../etc/passwd", "etc_passwd"],
    ["C:\\temp\\x.csv", "C__temp_x.csv"],
    ["Žito Ö 2026.csv", "Žito Ö 2026.csv"],
    [".bashrc", "bashrc"],
    ["..", "file-1"],
    ["", "file-1"],
  ])("%j becomes %j", (name, expected) => {
    expect(safeName(name, 0, [])).toBe(expected);
  });

  test("is told from one that is there", () => {
    expect(safeName("a.csv", 1, ["a.csv"])).toBe("2-a.csv");
  });

  test("is one part of a path, short and visible, whatever it is made of", () => {
    const names = fc.oneof(
      fc.string({ unit: "binary", maxLength: 300 }),
      fc.constantFrom("/", "..", "a/../b\u0000"),
    );
    fc.assert(
      fc.property(names, fc.nat(9), (name, index) => {
        const safe = safeName(name, index, []);
        expect(basename(safe)).toBe(safe);
        expect(safe).not.toMatch(/^\.|[/\\\p{Cc}]/u);
        expect(safe).not.toBe("");
        expect(Buffer.byteLength(safe)).toBeLessThan(250);
      }),
      { seed: 1 },
    );
  });
});

describe("a file", () => {
  const stops: (() => void)[] = [];
  afterEach(() => {
    for (const stop of stops.splice(0)) stop();
  });

  /** A place that hands out files as the test says, and what Slack would tell of a file there. */
  async function place(handle: Parameters<typeof createServer>[1], info: object = {}) {
    const server = createServer(handle);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    stops.push(() => {
      server.closeAllConnections();
      server.close();
    });
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const warnings: unknown[] = [];
    const file = { id: "F1", name: "a.csv", size: 3, url_private_download: `${origin}/a.csv`, ...info };
    const transfer = createFileTransfer({
      client: { files: { info: async () => ({ ok: true, file }) } } as never,
      botToken: "xoxb-1",
      slackApiUrl: `${origin}/api/`,
      log: { warn: (entry: unknown) => void warnings.push(entry) } as never,
    });
    return { transfer, warnings, origin };
  }

  test("lies in a folder of ours while it is worked on, and nowhere afterwards", async () => {
    let authorization: string | undefined;
    const { transfer } = await place((request, response) => {
      authorization = request.headers.authorization;
      response.end("a,b");
    });
    const [path = ""] = await transfer.withFiles(["F1", "F1"], async (paths) => {
      expect(paths.map((each) => basename(each))).toEqual(["a.csv", "2-a.csv"]);
      const folder = dirname(paths[0] ?? "");
      expect((await stat(folder)).mode & 0o777).toBe(0o700);
      expect(await readFile(paths[0] ?? "", "utf8")).toBe("a,b");
      return paths;
    });
    expect(authorization).toBe("Bearer xoxb-1");
    await expect(readdir(dirname(path))).rejects.toThrow("ENOENT");
  });

  test("is gone also when the work fails", async () => {
    const { transfer } = await place((_, response) => void response.end("a,b"));
    let folder = "";
    const work = transfer.withFiles(["F1"], async ([path = ""]) => {
      folder = dirname(path);
      throw new Error("no luck");
    });
    await expect(work).rejects.toThrow("no luck");
    await expect(readdir(folder)).rejects.toThrow("ENOENT");
  });

  test.each([
    ["that is somewhere else", { url_private_download: "https://evil.example/a.csv" }, "not kept by Slack"],
    ["that is only linked", { is_external: true }, "only linked"],
    ["that says it is too large", { size: 600 * 1024 * 1024 }, "larger than 500 MB"],
    ["that is cut short", { size: 100 }, 'Slack did not hand out "a.csv"'],
  ])("%s is refused", async (_, info, sentence) => {
    let asked = 0;
    const { transfer } = await place((_request, response) => {
      asked += 1;
      response.end("a,b");
    }, info);
    await expect(transfer.withFiles(["F1"], async () => undefined)).rejects.toThrow(sentence);
    expect(asked).toBe("size" in info && info.size === 100 ? 1 : 0);
  });

  test("is not followed to where it leads, so that nobody else gets the token", async () => {
    const { transfer, warnings } = await place((request, response) => {
      if (request.url === "/a.csv") response.writeHead(302, { Location: "/elsewhere" }).end();
      else response.end("a,b");
    });
    await expect(transfer.withFiles(["F1"], async () => undefined)).rejects.toThrow("Slack did not hand out");
    expect(warnings).toHaveLength(1);
    expect(JSON.stringify(warnings)).not.toContain("xoxb");
  });
});
