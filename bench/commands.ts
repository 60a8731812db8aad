import { type Bot, type Subject, signingSecret, startBot } from "./bots.ts";
import { chartLines, commandLines, labels, people } from "./command-lines.ts";
import { commandTable, type Measured } from "./command-table.ts";
import { startCompany } from "./company.ts";
import type { Load } from "./drive.ts";
import { elapsed } from "./elapsed.ts";
import { type LoadProcess, startLoad } from "./load.ts";
import type { BenchOptions } from "./options.ts";
import type { Portfolio, Portfolios } from "./portfolios.ts";
import type { Measure, Output } from "./run-parts.ts";
import type { Line, Sample } from "./samples.ts";
import { interleaved } from "./schedule.ts";

/** While there is company, so often somebody asks for a picture. */
const CHARTS_PER_SECOND = 1;

/** From a signed slash command to the delivered answer, of both bots as processes of their own. */
export function commandsMeasure(portfolios: Portfolios): Measure {
  return async (options, output) => {
    for (const accounts of options.accounts) {
      const portfolio = await portfolios(accounts);
      const size = `${accounts.toLocaleString("en-GB")} accounts`;
      output.tell(size);
      const load = await startLoad();
      const bots: Bot[] = [];
      try {
        load.setPeople(people);
        for (const subject of ["portfolio", "no-op"] as const)
          bots.push(await startBot(subject, load.slackApiUrl, portfolio.env));
        const bench: Bench = { load, bots, options, size, lines: commandLines(accounts) };
        await warmUp(bench);
        await measureAlone(bench, output);
        const isLargest = accounts === options.accounts.at(-1);
        if (isLargest) await measureWithCompany(bench, portfolio, output);
      } finally {
        for (const each of [...bots, load]) await each.stop();
      }
    }
  };
}

interface Bench {
  readonly load: LoadProcess;
  readonly bots: readonly Bot[];
  readonly options: BenchOptions;
  /** In words. */
  readonly size: string;
  readonly lines: readonly Line[];
}

/** Everybody has been looked up and every path compiled; how long a first answer takes is another part. */
async function warmUp({ load, bots, lines }: Bench): Promise<void> {
  for (const { subject, url } of bots)
    await load.drive({
      url,
      signingSecret,
      lines: linesFor(subject, lines),
      load: { kind: "closed", connections: 2, forMs: 3_000 },
    });
}

async function measureAlone(bench: Bench, { show }: Output): Promise<void> {
  const { perSecond, connections, sliceMs } = bench.options;
  const loads: readonly (readonly [string, Load])[] = [
    ["one after the other", { kind: "closed", connections: 1, forMs: sliceMs }],
    [`open loop, ${perSecond} a second`, { kind: "open", perSecond, forMs: sliceMs }],
    [`closed loop, ${connections} at a time`, { kind: "closed", connections, forMs: sliceMs }],
  ];
  for (const [title, load] of loads) {
    const { own, peer } = await inTurns(bench, load, async () => {});
    const offered = load.kind === "open" ? { perSecond } : {};
    show(commandTable({ title: `Commands at ${bench.size}, ${title}`, labels, own, peer, ...offered }));
  }
}

async function measureWithCompany(bench: Bench, portfolio: Portfolio, { tell, show }: Output): Promise<void> {
  const { perSecond, sliceMs, importRows } = bench.options;
  tell(`${bench.size}, with company`);
  const [bot] = bench.bots;
  const uploadsBefore = await bench.load.countUploads();
  const company = await startCompany(portfolio.env, importRows);
  const charts: Sample[] = [];
  const askForCharts = async () => {
    if (bot === undefined) return [];
    const load: Load = { kind: "open", perSecond: CHARTS_PER_SECOND, forMs: sliceMs };
    return bench.load.drive({ url: bot.url, signingSecret, lines: chartLines, load });
  };
  const besides = async () => void charts.push(...(await askForCharts()));
  try {
    // Until all of it is under way: how long things take to start is another part.
    await askForCharts();
    const { own, peer } = await inTurns(bench, { kind: "open", perSecond, forMs: sliceMs }, besides);
    const uploads = (await bench.load.countUploads()) - uploadsBefore;
    const done = await company.stop();
    show(
      commandTable({
        title: `Commands at ${bench.size}, open loop, ${perSecond} a second, with company`,
        labels,
        own,
        peer,
        perSecond,
        besides: { label: "charts", samples: charts },
        notes: [
          `Company: a terminal that imports ${importRows.toLocaleString("en-GB")} rows and refreshes, again and again, and ${CHARTS_PER_SECOND} chart asked for every second.`,
          `Meanwhile: ${done.join(", ")}; ${uploads} pictures uploaded.`,
        ],
      }),
    );
  } finally {
    await company.stop();
  }
}

/** A, B, A, B …: what the machine does meanwhile meets both. */
async function inTurns(
  { load: process, bots, options, lines }: Bench,
  load: Load,
  besides: () => Promise<void>,
): Promise<{ readonly own: Measured; readonly peer: Measured }> {
  const measured: Record<Subject, Measured> = {
    portfolio: { samples: [], ms: 0 },
    "no-op": { samples: [], ms: 0 },
  };
  for (const { subject, url } of interleaved(bots, options.rounds)) {
    const before = measured[subject];
    // Where the last slice left off, so that not always the same accounts are asked about.
    const first = before.samples.length % lines.length;
    const coming = linesFor(subject, [...lines.slice(first), ...lines.slice(0, first)]);
    const drive = { url, signingSecret, lines: coming, load };
    const [{ result, ms }] = await Promise.all([elapsed(() => process.drive(drive)), besides()]);
    measured[subject] = { samples: [...before.samples, ...result], ms: before.ms + ms };
  }
  return { own: measured.portfolio, peer: measured["no-op"] };
}

/** The no-op app is asked the same and answers the same to everything. */
function linesFor(subject: Subject, lines: readonly Line[]): readonly Line[] {
  return subject === "portfolio" ? lines : lines.map((line) => ({ ...line, expects: "Nothing to say" }));
}
