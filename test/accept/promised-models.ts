/** A fit as reference-numbers.md has it, in its digits: figures of which a search may miss the last one are shorter. */
interface PromisedFit {
  readonly file: string;
  readonly model: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly logLikelihood?: string;
  readonly holdout?: {
    readonly mae: string;
    readonly rmse: string;
    readonly predicted: string;
  };
}

const sample = "CDNOW_sample.txt";
const master = "CDNOW_master.txt";

/** Of CDNOW. */
export const promisedFits: readonly PromisedFit[] = [
  {
    ...{ file: sample, model: "bg-nbd", logLikelihood: "-9582.429" },
    parameters: { r: "0.2426", alpha: "4.4136", a: "0.7929", b: "2.4259" },
    holdout: { mae: "0.7855", rmse: "1.6080", predicted: "1653" },
  },
  {
    ...{ file: sample, model: "mbg-nbd", logLikelihood: "-9582.136" },
    parameters: { r: "0.5248", alpha: "6.1831", a: "0.8914", b: "1.6140" },
    holdout: { mae: "0.7648", rmse: "1.6072", predicted: "1577" },
  },
  {
    ...{ file: sample, model: "pareto-nbd", logLikelihood: "-9594.976" },
    parameters: { r: "0.553", alpha: "10.58", s: "0.606", beta: "11.66" },
    holdout: { mae: "0.7545", rmse: "1.6028", predicted: "1665" },
  },
  {
    ...{ file: sample, model: "nbd", logLikelihood: "-9763.658" },
    parameters: { r: "0.3848", alpha: "12.072" },
  },
  {
    ...{ file: sample, model: "gamma-gamma", logLikelihood: "-4055.918" },
    parameters: { p: "6.25", q: "3.74", v: "15.44" },
  },
  {
    ...{ file: master, model: "bg-nbd" },
    parameters: { r: "0.2516", alpha: "4.789", a: "0.723", b: "2.161" },
    holdout: { mae: "0.8187", rmse: "1.7329", predicted: "16874" },
  },
  {
    ...{ file: master, model: "mbg-nbd" },
    parameters: { r: "0.6371", alpha: "7.310", a: "0.8075", b: "1.228" },
    holdout: { mae: "0.7945", rmse: "1.7396", predicted: "15934" },
  },
  {
    ...{ file: master, model: "pareto-nbd" },
    parameters: { r: "0.597", alpha: "11.59", s: "0.522", beta: "8.83" },
    holdout: { mae: "0.7938", rmse: "1.7262", predicted: "17153" },
  },
  {
    ...{ file: master, model: "gamma-gamma" },
    parameters: { p: "6.28", q: "3.62", v: "14.98" },
  },
];

/** The mean absolute error of "same as calibration". */
export const promisedGuess: Readonly<Record<string, string>> = { [sample]: "0.8973", [master]: "0.9115" };

/** Of subscriptions, fitted to seven renewals. */
export const promisedSurvival = [
  {
    ...{ name: "High End", survivors: [1000, 869, 743, 653, 593, 551, 517, 491], logLikelihood: "-1611.158" },
    parameters: { alpha: "0.6681", beta: "3.8061" },
    later: ["0.4604", "0.4358", "0.4142", "0.3951", "0.3780"],
  },
  {
    ...{ name: "Regular", survivors: [1000, 631, 468, 382, 326, 289, 262, 241], logLikelihood: "-1680.265" },
    parameters: { alpha: "0.7041", beta: "1.1820" },
    later: [],
  },
] as const;
