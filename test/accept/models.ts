import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { check } from "./figures.ts";
import { promisedFits, promisedGuess, promisedSurvival } from "./promised-models.ts";
import type { Terminal } from "./stores.ts";

const accuracy = z.object({ mae: z.number(), rmse: z.number(), predicted: z.number(), actual: z.number() });
const fitAnswer = z.object({
  parameters: z.record(z.string(), z.number()).nullable(),
  logLikelihood: z.number().nullable(),
  customers: z.number(),
  outcome: z.object({ kind: z.string(), meaning: z.string().optional() }),
  holdout: accuracy.nullable(),
  baselines: z.array(accuracy.extend({ name: z.string() })),
  fallback: z.object({ model: z.string() }).nullable(),
  choice: z.object({ name: z.string() }).nullable(),
  file: z.object({ periods: z.array(z.object({ period: z.number(), fitted: z.number() })).optional() }),
});
type FitAnswer = z.infer<typeof fitAnswer>;

/** The customer base models by `portfolio fit`, which opens no store: figures of reference-numbers.md. */
export async function acceptModels(portfolio: Terminal, data: string): Promise<void> {
  const fitted: Fit = async (...words) => fitAnswer.parse(await portfolio("fit", ...words, "--json"));
  await acceptCdnow(fitted, join(data, "cdnow"));
  await acceptSubscriptions(fitted);
  await acceptBoundary(fitted, join(data, "online-retail/online_retail.csv.gz"));
}

type Fit = (...words: readonly string[]) => Promise<FitAnswer>;

async function acceptCdnow(fitted: Fit, data: string): Promise<void> {
  for (const { file, model, parameters, logLikelihood, holdout } of promisedFits) {
    const days = ["--until", "1997-09-30", "--holdout", "1998-06-30"];
    const found = await fitted(model, join(data, file), ...days);
    const checkNear = (what: string, promised: string, computed: number | null | undefined) =>
      check(`${file}: ${model} ${what}`, promised, within(computed, promised));
    for (const [name, promised] of Object.entries(parameters))
      checkNear(name, promised, found.parameters?.[name]);
    if (logLikelihood !== undefined) checkNear("log-likelihood", logLikelihood, found.logLikelihood);
    if (holdout === undefined) continue;
    for (const name of ["mae", "rmse", "predicted"] as const)
      checkNear(`holdout ${name}`, holdout[name], found.holdout?.[name]);
    checkNear("same as calibration", promisedGuess[file] ?? "", guessOf(found));
  }
}

async function acceptSubscriptions(fitted: Fit): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "portfolio-accept-"));
  try {
    for (const { name, survivors, parameters, logLikelihood, later } of promisedSurvival) {
      const path = join(folder, "survivors.csv");
      await writeFile(path, `year,survivors\n${survivors.map((left, year) => `${year},${left}\n`).join("")}`);
      const found = await fitted("sbg", path);
      for (const parameter of ["alpha", "beta"] as const) {
        const promised = parameters[parameter];
        check(`${name}: sbg ${parameter}`, promised, within(found.parameters?.[parameter], promised));
      }
      check(`${name}: sbg log-likelihood`, logLikelihood, within(found.logLikelihood, logLikelihood));
      for (const [index, promised] of later.entries()) {
        const period = survivors.length + index;
        const left = found.file.periods?.[period]?.fitted;
        check(`${name}: left after ${period} years`, promised, within(left, promised));
      }
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A shop whose regulars hardly leave, on which public packages run away. */
async function acceptBoundary(fitted: Fit, file: string): Promise<void> {
  const shown = ["--until", "2011-06-08"];
  const found = await fitted("bg-nbd", file, ...shown, "--holdout", "2011-12-09");
  check("Online Retail: customers until 8 June", 2_787, found.customers);
  check("Online Retail: bg-nbd says", "no customer ever leaves", found.outcome.meaning ?? found.outcome.kind);
  check("Online Retail: bg-nbd MAE", "1.512", within(found.holdout?.mae, "1.512"));
  check("Online Retail: instead", "nbd", found.fallback?.model ?? "nothing");
  check("Online Retail: users see", "same-as-calibration", found.choice?.name ?? "nothing");
  // A holdout of as many days as the model is shown, so that the same again is the same number.
  const again = await fitted("mbg-nbd", file, ...shown, "--holdout", "2011-12-15");
  check(
    "Online Retail: mbg-nbd says",
    "no customer ever leaves",
    again.outcome.meaning ?? again.outcome.kind,
  );
  check("Online Retail: same as calibration MAE", "1.479", within(guessOf(again), "1.479"));
}

function guessOf({ baselines }: FitAnswer): number | undefined {
  return baselines.find(({ name }) => name === "same-as-calibration")?.mae;
}

/** The promised figure itself where the computed one is within one of its last digit: searches end a little apart. */
function within(computed: number | null | undefined, promised: string): string {
  const decimals = promised.split(".")[1]?.length ?? 0;
  const isNear = Math.abs((computed ?? Number.NaN) - Number(promised)) < 1.1 * 10 ** -decimals;
  return isNear ? promised : String(computed);
}
