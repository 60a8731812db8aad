import { execFile } from "node:child_process";
import { copyFile, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";

// Oracle: "Who may import whom" of the architecture. Every line is one file with one import.
const forbidden: readonly (readonly [zone: string, specifiers: readonly string[]])[] = [
  [
    "src/core",
    [
      ...["node:fs", "node:fs/promises", "pg", "pino", "@slack/bolt", "@prisma/client", "../store/store.ts"],
      ...["../query.ts", "../slack/app.ts", "./../store/store.ts", "../../commands/top.ts"],
    ],
  ],
  [
    "src/core/offers",
    [
      ...["../../store/store.ts", "../../query.ts", "./../../store/store.ts", "../../../commands/top.ts"],
      ...["pg", "@slack/bolt", "node:fs"],
    ],
  ],
  [
    "src/store",
    [
      ...[
        "../slack/app.ts",
        "../ingest/values.ts",
        "../playground/server.ts",
        "../command.ts",
        "../query.ts",
      ],
      ...["./../slack/app.ts", "@slack/bolt", "../../commands/top.ts"],
    ],
  ],
  [
    "src/ingest",
    [
      ...["@slack/bolt", "@slack/web-api", "../slack/app.ts", "../playground/server.ts", "../query.ts"],
      ...[
        "pg",
        "@prisma/client",
        "../store/generated/client.ts",
        "./../slack/app.ts",
        "../../commands/top.ts",
      ],
    ],
  ],
  [
    "src/fits",
    [
      ...["../store/store.ts", "../slack/app.ts", "../playground/server.ts", "../operator/fit.ts"],
      ...["./../store/store.ts", "../../commands/top.ts", "@slack/bolt", "@prisma/client", "pg"],
    ],
  ],
  [
    "src/charts",
    [
      ...["../command.ts", "../wording.ts", "../store/store.ts", "../slack/app.ts", "../../commands/top.ts"],
      ...["./../slack/app.ts", "@slack/types", "@prisma/client", "pg"],
    ],
  ],
  [
    "src/ask",
    [
      ...["../command.ts", "../desk.ts", "../store/store.ts", "../store/viewer.ts", "../slack/app.ts"],
      ...["../../commands/top.ts", "./../store/store.ts", "@slack/bolt", "@prisma/client", "pg"],
    ],
  ],
  [
    "src/slack",
    [
      ...["../store/store.ts", "../store/reads.ts", "../store/generated/client.ts", "pg", "@prisma/client"],
      ...["../playground/server.ts", "../playground/json.ts", "../ingest/values.ts", "./../store/store.ts"],
      "../../commands/top.ts",
    ],
  ],
  [
    "src/playground",
    [
      ...["../slack/app.ts", "../core/money.ts", "../query.ts", "../store/store.ts", "./../slack/app.ts"],
      "../../commands/top.ts",
    ],
  ],
  [
    "src/playground/page",
    [
      ...["../../core/money.ts", "../../slack/app.ts", "../../query.ts", "./../../core/money.ts"],
      "../../../commands/top.ts",
    ],
  ],
  [
    "src",
    ["../commands/top.ts", "./../commands/top.ts", "pg", "@prisma/client", "./store/generated/client.ts"],
  ],
  [
    "commands",
    [
      ...[
        "../src/store/store.ts",
        "../src/store/generated/client.ts",
        "../src/slack/app.ts",
        "../src/main.ts",
      ],
      ...["../src/ingest/values.ts", "../src/playground/server.ts", "../src/config.ts", "../src/cli.ts"],
      ...["../src/create-desk.ts", "../src/load-commands.ts", "./top.ts", "./../src/store/store.ts"],
      ...["@slack/bolt", "@prisma/client", "pg", "node:fs", "node:fs/promises"],
    ],
  ],
];

const allowed: typeof forbidden = [
  ["src/core", ["./tiers.ts", "jstat", "temporal-polyfill", "zod"]],
  ["src/core/offers", ["./offer.ts", "../calendar.ts", "jstat"]],
  ["src/store", ["../core/tiers.ts", "./sql.ts", "./generated/client.ts", "pg", "@prisma/adapter-pg", "zod"]],
  [
    "src/ingest",
    ["../core/money.ts", "../store/imports.ts", "../usage-error.ts", "./values.ts", "node:fs", "zod"],
  ],
  [
    "src/slack",
    ["../command.ts", "../desk.ts", "../query.ts", "../core/names.ts", "../store/viewer.ts", "@slack/bolt"],
  ],
  ["src/ask", ["../core/calendar.ts", "../query.ts", "./slots.ts", "zod"]],
  ["src/fits", ["../core/models/sbg.ts", "../ingest/dialect.ts", "../tables/read-table.ts", "./looking.ts"]],
  ["src/charts", ["../core/money.ts", "./chart.ts", "chart.js", "zod"]],
  ["src/playground", ["./json.ts", "node:http", "zod"]],
  ["src/playground/page", ["../json.ts", "./emoji.ts", "react"]],
  ["src", ["./core/tiers.ts", "./store/store.ts", "./slack/app.ts", "./playground/server.ts", "node:fs"]],
  [
    "commands",
    ["../src/command.ts", "../src/core/money.ts", "../src/store/reads.ts", "../src/query.ts", "zod"],
  ],
  ["test", ["./helpers/test-store.ts", "../src/store/store.ts", "../commands/top.ts", "node:fs"]],
  ["demo", ["./words.ts", "node:fs"]],
];

/** Folders of which none may import from test, whatever the way up to it. */
const outsideTest = [...forbidden.map(([zone]) => zone), "demo", "prisma", "."];
const upFrom = (zone: string) => (zone === "." ? "./" : "../".repeat(zone.split("/").length));

interface Planted {
  readonly file: string;
  readonly source: string;
  readonly legal: boolean;
}

const importing = (specifier: string) =>
  `import { thing } from "${specifier}";\n\nexport const used = thing;\n`;
let planted = 0;
const plant = (zone: string, source: string, legal: boolean): Planted => {
  planted += 1;
  return { file: join(zone, `planted-${planted}.ts`), source, legal };
};
const plantAll = (zones: typeof forbidden, legal: boolean) =>
  zones.flatMap(([zone, specifiers]) =>
    specifiers.map((specifier) => ({ zone, specifier, ...plant(zone, importing(specifier), legal) })),
  );

const cases = [
  ...plantAll(forbidden, false),
  ...plantAll(
    outsideTest.map((zone) => [
      zone,
      [`${upFrom(zone)}test/accept.ts`, `${upFrom(zone)}test/helpers/test-store.ts`],
    ]),
    false,
  ),
  ...plantAll(allowed, true),
];
/** Other ways to write an import. */
const otherForms = [
  'import type { Thing } from "../store/store.ts";\n\nexport type Used = Thing;\n',
  'export { thing } from "../store/store.ts";\n',
  'export const load = () => import("../store/store.ts");\n',
  'import "../store/store.ts";\n',
].map((source) => plant("src/core", source, false));
const cycle: readonly Planted[] = [
  { file: "src/round.ts", source: importing("./about.ts"), legal: false },
  { file: "src/about.ts", source: importing("./round.ts"), legal: false },
];

const report = z.object({
  diagnostics: z.array(
    z.object({ category: z.string(), severity: z.string(), location: z.object({ path: z.string() }) }),
  ),
});
let folder = "";
/** The import rules that each file breaks. */
let broken: ReadonlyMap<string, readonly string[]> = new Map();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "portfolio-rules-"));
  const root = new URL("../", import.meta.url);
  await copyFile(new URL("biome.json", root), join(folder, "biome.json"));
  await copyFile(new URL(".gitignore", root), join(folder, ".gitignore"));
  for (const { file, source } of [...cases, ...otherForms, ...cycle]) {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await writeFile(join(folder, file), source);
  }
  const biome = fileURLToPath(import.meta.resolve("@biomejs/biome/bin/biome"));
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [biome, "lint", "--reporter=json", "--max-diagnostics=none", "."],
    { cwd: folder, maxBuffer: 50_000_000 },
    // Biome exits with 1 where it finds something, and then has its report all the same.
  ).catch((failure: unknown) => z.object({ stdout: z.string() }).parse(failure));
  const { diagnostics } = report.parse(JSON.parse(stdout));
  const found = new Map<string, string[]>();
  for (const { category, severity, location } of diagnostics)
    if (severity === "error")
      found.set(location.path, [...(found.get(location.path) ?? []), category.replace(/^lint\/\w+\//, "")]);
  broken = found;
});

afterAll(() => rm(folder, { recursive: true, force: true }));

test.each(cases.filter(({ legal }) => !legal))("$zone may not import $specifier", ({ file }) => {
  expect(broken.get(file)).toContain("noRestrictedImports");
});

test.each(cases.filter(({ legal }) => legal))("$zone may import $specifier", ({ file }) => {
  expect(broken.get(file)).toBeUndefined();
});

test.each(otherForms)("$source is an import as well", ({ file }) => {
  expect(broken.get(file)).toContain("noRestrictedImports");
});

test("files may not import each other in a circle", () => {
  for (const { file } of cycle) expect(broken.get(file)).toContain("noImportCycles");
});
