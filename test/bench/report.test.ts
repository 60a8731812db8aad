import { expect, test } from "vitest";
import { commandTable } from "../../bench/command-table.ts";
import { OptionsError, parseOptions } from "../../bench/options.ts";
import { renderTable, reportAsJson } from "../../bench/report.ts";
import { type Measure, type Output, runParts } from "../../bench/run-parts.ts";
import type { Sample } from "../../bench/samples.ts";

function samplesOf(label: string, ...answeredMs: readonly number[]): readonly Sample[] {
  return answeredMs.map((ms) => ({ label, answeredMs: ms, acknowledgedMs: ms / 2, outcome: "answered" }));
}

/** Ten answers of each kind, of which one was a failure and one never came. */
const table = commandTable({
  title: "Commands",
  labels: ["top A", "mix"],
  own: {
    ms: 2000,
    samples: [
      ...samplesOf("top A", 10, 12, 14),
      ...samplesOf("mix", 1000.5),
      {
        label: "mix",
        answeredMs: 5,
        acknowledgedMs: 1,
        outcome: "not-an-answer",
        reason: "Something went wrong",
      },
      {
        label: "mix",
        answeredMs: 30_000,
        acknowledgedMs: 1,
        outcome: "no-answer",
        reason: "nothing within 30 s",
      },
    ],
  },
  peer: { ms: 2000, samples: samplesOf("top A", 2, 3, 4) },
  besides: { label: "charts", samples: samplesOf("charts", 80) },
  notes: ["As measured."],
});

test("a bot that answers fewer than come says so, since its latencies depend on how long that lasts", () => {
  const peer = { ms: 1000, samples: samplesOf("top A", 2) };
  const measure = (answers: number, ms: number) => {
    const own = { ms, samples: samplesOf("top A", ...Array<number>(answers).fill(20)) };
    return commandTable({ title: "Commands", labels: ["top A"], own, peer, perSecond: 50 }).notes;
  };
  expect(measure(50, 1020)).toEqual([]);
  expect(measure(50, 2000)).toEqual([
    "Portfolio does not keep up with 50 a second: the longer this lasts, the longer they wait.",
  ]);
});

test("a table of commands has a row a line, one for all, and the peer's; differences are to the peer", () => {
  const [top, mix, all, acknowledged, charts, peer] = table.rows;
  expect(top).toEqual({
    line: "top A",
    ...{ n: 3, p50: 12, p95: 14, p99: 14, max: 14 },
    ...{ overNoop50: 9, overNoop95: 10, overNoop99: 10 },
    ...{ noAnswer: 0, notAnAnswer: 0 },
  });
  // What never came counts with the whole wait: leaving it out would flatter.
  expect(mix).toMatchObject({ n: 3, p50: 1000.5, max: 30_000, noAnswer: 1, notAnAnswer: 1 });
  expect(all).toMatchObject({ line: "all lines", n: 6, perSecond: 2 });
  expect(acknowledged).toMatchObject({ line: "all, acknowledged", p50: 5, overNoop50: 3.5 });
  expect(charts).toMatchObject({ line: "charts", n: 1, p50: 80 });
  expect(peer).toEqual({
    line: "no-op app",
    ...{ n: 3, p50: 3, p95: 4, p99: 4, max: 4, noAnswer: 0, notAnAnswer: 0, perSecond: 1.5 },
  });
  expect(table.notes).toEqual([
    "As measured.",
    "Portfolio, 1 ×: mix: Something went wrong",
    "Portfolio, 1 ×: mix: nothing within 30 s",
  ]);
});

const stubbed: Measure = async ({ accounts }, { show }) =>
  show({ ...table, title: `Commands at ${accounts.join(", ")}` });
const nothing: Measure = async () => {};
const ignored: Output = { tell: () => {}, show: () => {} };

test("a quick run shows its table on the screen, with two digits, and the same as JSON", async () => {
  const options = parseOptions(["commands", "--quick"], { TEST_DATABASE_URL: "postgresql://127.0.0.1/x" });
  const measures = {
    commands: stubbed,
    import: nothing,
    charts: nothing,
    models: nothing,
    win: nothing,
    digests: nothing,
    start: nothing,
  };
  let screen = "";
  const show: Output["show"] = (shown) => {
    screen += renderTable(shown);
  };
  const { tables, isWhole } = await runParts(options, measures, { ...ignored, show });
  expect(isWhole).toBe(true);
  expect(screen).toBe(`
Commands at 400
  ms                   n       p50        p95        p99        max  p50 over no-op  p95 over no-op  p99 over no-op  no answer  not an answer  a second
  top A                3     12.00      14.00      14.00      14.00           +9.00          +10.00          +10.00          0              0
  mix                  3  1,000.50  30,000.00  30,000.00  30,000.00         +997.50      +29,996.00      +29,996.00          1              1
  all lines            6     12.00  30,000.00  30,000.00  30,000.00           +9.00      +29,996.00      +29,996.00          1              1       2.0
  all, acknowledged    6      5.00     500.25     500.25     500.25           +3.50         +498.25         +498.25
  charts               1     80.00      80.00      80.00      80.00          +77.00          +76.00          +76.00          0              0
  no-op app            3      3.00       4.00       4.00       4.00                                                          0              0       1.5
  no-op, acknowledged  3      1.50       2.00       2.00       2.00
  As measured.
  Portfolio, 1 ×: mix: Something went wrong
  Portfolio, 1 ×: mix: nothing within 30 s
`);
  const json = JSON.parse(reportAsJson({ machine: { processors: 2 }, tables }));
  expect(json).toMatchObject({ machine: { processors: 2 }, tables: [{ title: "Commands at 400" }] });
  expect(json.tables[0].rows[0]).toEqual(table.rows[0]);
});

test("parts are measured in one order, however they are named, and tell how far they are", async () => {
  const options = parseOptions(["start", "import"], {});
  const order: string[] = [];
  const part: Measure = async (_, { tell }) => tell("begins");
  const measures = {
    commands: part,
    import: part,
    charts: part,
    models: part,
    win: part,
    digests: part,
    start: part,
  };
  await runParts(options, measures, { ...ignored, tell: (sentence) => void order.push(sentence) });
  expect(order).toEqual(["import: begins", "start: begins"]);
});

test("a part that breaks costs neither what it measured before nor the other parts", async () => {
  const options = parseOptions([], {});
  const breaking: Measure = async (_, { show }) => {
    show({ ...table, title: "Before" });
    throw new Error("the server went away");
  };
  const measures = {
    import: breaking,
    commands: stubbed,
    charts: nothing,
    models: nothing,
    win: nothing,
    digests: nothing,
    start: nothing,
  };
  const { tables, isWhole } = await runParts(options, measures, ignored);
  expect(isWhole).toBe(false);
  expect(tables.map(({ title }) => title)).toEqual([
    "Before",
    'The rest of "import" could not be measured',
    "Commands at 400",
  ]);
  expect(tables.slice(1, 2).map(renderTable)).toEqual([
    '\nThe rest of "import" could not be measured\n  the server went away\n',
  ]);
});

test("without a server the embedded store is measured, at its size only", () => {
  expect(parseOptions(["--accounts", "400,1000000"], {})).toMatchObject({
    accounts: [400],
    serverUrl: undefined,
  });
  const server = { TEST_DATABASE_URL: "postgresql://127.0.0.1/x" };
  expect(parseOptions([], server).accounts).toEqual([400, 100_000, 1_000_000]);
  expect(parseOptions(["--accounts", "20000,400"], server).accounts).toEqual([400, 20_000]);
  expect(parseOptions(["--quick"], server).accounts).toEqual([400]);
});

test("what makes no sense is said", () => {
  for (const args of [["comands"], ["--accounts", "many"], ["--accounts", "0"], ["--slow"]])
    expect(() => parseOptions(args, {})).toThrow(OptionsError);
});
