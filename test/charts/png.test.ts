import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { type ChartPainter, createChartPainter, type PainterOptions } from "../../src/charts/png.ts";
import { chartOf, sampleCharts } from "./sample-charts.ts";

const painters: ChartPainter[] = [];
function painter(options: PainterOptions = {}): ChartPainter {
  const made = createChartPainter({ drawingMs: 60_000, ...options });
  painters.push(made);
  return made;
}

afterEach(async () => {
  await Promise.all(painters.splice(0).map((each) => each.close()));
});

test("nothing that draws is loaded before the first chart", () => {
  // In a process of its own: other tests here may have drawn.
  const script = `import { createRequire } from "node:module";
    const { createChartPainter } = await import(${JSON.stringify(new URL("../../src/charts/png.ts", import.meta.url).href)});
    createChartPainter();
    console.log(JSON.stringify(Object.keys(createRequire(${JSON.stringify(import.meta.url)}).cache)));`;
  const told = execFileSync(process.execPath, ["--import", "tsx", "--input-type=module", "-e", script]);
  const loaded = z.array(z.string()).parse(JSON.parse(told.toString()));
  expect(loaded.filter((path) => /node_modules.(piscina|chart|@napi-rs|canvas)/.test(path))).toEqual([]);
});

describe("pictures", () => {
  const pictures = new Map<string, Uint8Array>();

  beforeAll(async () => {
    const drawing = createChartPainter({ threads: 2, drawingMs: 60_000 });
    await Promise.all(
      Object.entries(sampleCharts).map(async ([name, chart]) => {
        pictures.set(name, (await drawing.draw(chart)) ?? new Uint8Array());
      }),
    );
    await drawing.close();
  }, 120_000);

  // Hashes of bytes that were looked at. They hold for the versions in package.json of canvas, chart.js and fonts, and
  // for the number formats of Node's ICU. After a change that is meant: UPDATE_GOLDEN=1 npx vitest run test/charts/png.test.ts
  test("every sample is drawn as it was when somebody looked at it", () => {
    const file = new URL("golden.json", import.meta.url);
    const hashes = Object.fromEntries(
      [...pictures].sort().map(([name, png]) => [name, createHash("sha256").update(png).digest("hex")]),
    );
    if (process.env.UPDATE_GOLDEN === "1") writeFileSync(file, `${JSON.stringify(hashes, undefined, 2)}\n`);
    const golden = z.record(z.string(), z.string()).parse(JSON.parse(readFileSync(file, "utf8")));
    expect(hashes).toEqual(golden);
  });

  test("a picture is a PNG of 1600 × 900 pixels", () => {
    for (const [name, png] of pictures) {
      const bytes = Buffer.from(png);
      expect(bytes.subarray(1, 4).toString("latin1"), name).toBe("PNG");
      expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)], name).toEqual([1600, 900]);
    }
  });
});

test("a chart without categories, or without one value, is no picture", async () => {
  const { draw } = painter();
  expect(await draw(chartOf("bar", [], []))).toBeUndefined();
  expect(await draw(chartOf("line", ["A"], [Number.NaN]))).toBeUndefined();
});

describe("threads", () => {
  const worker = new URL("odd-worker.mjs", import.meta.url);
  const asking = (title: string) => chartOf("bar", ["A"], [1], { title });

  test("one that crashes is replaced, also for who waits", async () => {
    const { draw } = painter({ worker });
    const [crashed, next] = await Promise.allSettled([draw(asking("crash")), draw(asking("fine"))]);
    expect(crashed).toMatchObject({ status: "rejected", reason: { name: "DrawingError", code: "failed" } });
    expect(next).toMatchObject({ status: "fulfilled", value: expect.any(Uint8Array) });
  });

  test("what fails says why", async () => {
    await expect(painter({ worker }).draw(asking("throw"))).rejects.toMatchObject({
      code: "failed",
      cause: { message: "no such font" },
    });
  });

  test.each(["hang", "spin"])("one that takes too long (%s) is ended and replaced", async (title) => {
    const { draw } = painter({ worker, drawingMs: 3_000 });
    const [slow, next] = await Promise.allSettled([draw(asking(title)), draw(asking("fine"))]);
    expect(slow).toMatchObject({ status: "rejected", reason: { code: "slow" } });
    expect(next).toMatchObject({ status: "fulfilled" });
  });

  test("who would wait too long is refused at once", async () => {
    const { draw } = painter({ worker, mostWaiting: 1 });
    const asked = await Promise.allSettled([1, 2, 3].map(() => draw(asking("fine"))));
    expect(asked.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled", "rejected"]);
    expect(asked[2]).toMatchObject({ reason: { code: "busy" } });
  });

  test("an idle one leaves, and the next chart gets another", async () => {
    const { draw } = painter({ worker, idleMs: 50 });
    const first = await draw(asking("fine"));
    await setTimeout(1_000);
    expect(await draw(asking("fine"))).not.toEqual(first);
  });

  test("closing refuses what is drawn, what waits and what comes later", async () => {
    const { draw, close } = painter({ worker });
    const asked = Promise.allSettled([draw(asking("hang")), draw(asking("fine"))]);
    await setTimeout(200);
    await close();
    for (const each of await asked) expect(each).toMatchObject({ reason: { code: "closed" } });
    await expect(draw(asking("fine"))).rejects.toMatchObject({ code: "closed" });
  });
});
