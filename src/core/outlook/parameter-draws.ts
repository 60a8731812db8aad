import { drawNormal, type Random } from "../random.ts";
import type { PurchaseFit } from "../value/value-fit.ts";

/** Beyond this a parameter is not known at all, and wider draws say nothing more. */
const mostRelativeError = 1;

/** A fit as it may be, too, as far as its standard errors go. */
export function drawFit(fit: PurchaseFit, random: Random): PurchaseFit {
  const { customers } = fit;
  if (fit.model === "mbg-nbd" && fit.parameters) {
    const { parameters, standardErrors: errors } = fit;
    const [r, alpha] = drawPair(
      [parameters.r, parameters.alpha],
      errors && [errors.r, errors.alpha],
      customers,
      random,
    );
    const [a, b] = drawPair([parameters.a, parameters.b], errors && [errors.a, errors.b], customers, random);
    return { ...fit, parameters: { r, alpha, a, b } };
  }
  if (fit.model === "pareto-nbd" && fit.parameters) {
    const { parameters, standardErrors: errors } = fit;
    const [r, alpha] = drawPair(
      [parameters.r, parameters.alpha],
      errors && [errors.r, errors.alpha],
      customers,
      random,
    );
    const [s, beta] = drawPair(
      [parameters.s, parameters.beta],
      errors && [errors.s, errors.beta],
      customers,
      random,
    );
    return { ...fit, parameters: { r, alpha, s, beta } };
  }
  return fit;
}

/**
 * A draw of two parameters above 0 that are known together, such as the shape and the rate of a gamma distribution. Their
 * standard errors are mostly shared: a fit knows the mean of the distribution much better than its width. So they move
 * together by the smaller error, and apart by what the larger one has beyond it, at least by that of so many customers.
 */
function drawPair(
  [first, second]: readonly [number, number],
  errors: readonly [number, number] | undefined,
  customers: number,
  random: Random,
): readonly [number, number] {
  if (errors === undefined) return [first, second];
  const relative = (value: number, error: number) =>
    value > 0 && Number.isFinite(error) ? Math.min(error / value, mostRelativeError) : 0;
  const [own, other] = [relative(first, errors[0]), relative(second, errors[1])];
  const together = Math.min(own, other) * drawNormal(random);
  const apart = Math.sqrt(Math.max(Math.abs(own * own - other * other), 1 / Math.max(1, customers)));
  const side = apart * drawNormal(random);
  return own > other
    ? [first * Math.exp(together + side), second * Math.exp(together)]
    : [first * Math.exp(together), second * Math.exp(together + side)];
}
