import { bgNbd, fitBgNbd } from "../core/models/bg-nbd.ts";
import { fitGammaGamma } from "../core/models/gamma-gamma.ts";
import type { CustomerHistories } from "../core/models/histories.ts";
import { fitMbgNbd, mbgNbd } from "../core/models/mbg-nbd.ts";
import type { Fit, TransactionModel } from "../core/models/model.ts";
import { fitNbd, nbd } from "../core/models/nbd.ts";
import { fitParetoNbd, paretoNbd } from "../core/models/pareto-nbd.ts";
import type { Named } from "./fit-report.ts";

export interface Fitted {
  readonly fit: Fit<Named>;
  /** What foretells purchases; undefined without parameters, and for what does not. */
  readonly model: TransactionModel | undefined;
}

/** The models that are fitted to who bought when. */
export const ledgerModels = {
  "bg-nbd": ({ collapsed }) => fitted(fitBgNbd(collapsed), bgNbd),
  "mbg-nbd": ({ collapsed }) => fitted(fitMbgNbd(collapsed), mbgNbd),
  "pareto-nbd": ({ collapsed }) => fitted(fitParetoNbd(collapsed), paretoNbd),
  nbd: ({ collapsed }) => fitted(fitNbd(collapsed), nbd),
  "gamma-gamma": (histories) => fitted(fitGammaGamma(spendsOf(histories)), () => undefined),
} as const satisfies Readonly<Record<string, (histories: CustomerHistories) => Fitted>>;

export type LedgerModel = keyof typeof ledgerModels;

function fitted<Parameters extends Readonly<Record<keyof Parameters, number>>>(
  fit: Fit<Parameters>,
  create: (parameters: Parameters) => TransactionModel | undefined,
): Fitted {
  return { fit: nameParameters(fit), model: fit.parameters && create(fit.parameters) };
}

/** The same fit with its parameters as a list of names and values. */
export function nameParameters<Parameters extends Readonly<Record<keyof Parameters, number>>>({
  parameters,
  standardErrors,
  ...fit
}: Fit<Parameters>): Fit<Named> {
  return {
    ...fit,
    parameters: parameters && named(parameters),
    standardErrors: standardErrors && named(standardErrors),
  };
}

function named<Parameters extends Readonly<Record<keyof Parameters, number>>>(parameters: Parameters): Named {
  const names = Object.keys(parameters) as (keyof Parameters & string)[];
  return Object.fromEntries(names.map((name) => [name, parameters[name]]));
}

function spendsOf({ frequency, repeatAmount }: CustomerHistories): Parameters<typeof fitGammaGamma>[0] {
  const meanAmount = repeatAmount.map((amount, customer) => amount / Math.max(1, frequency[customer] ?? 0));
  return { frequency, meanAmount, customers: new Float64Array(frequency.length).fill(1) };
}
