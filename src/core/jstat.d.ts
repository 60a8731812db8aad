/** The parts of jstat that are used; the package brings no types. It is CommonJS: Node sees its default export only. */
declare module "jstat" {
  const jStat: {
    readonly beta: {
      cdf(x: number, alpha: number, beta: number): number;
      inv(probability: number, alpha: number, beta: number): number;
    };
    readonly chisquare: { cdf(x: number, freedom: number): number };
    readonly hypgeom: {
      /** At most `successes` of `draws` when `marked` of `population` are marked. */
      cdf(successes: number, population: number, marked: number, draws: number): number;
    };
    readonly normal: {
      cdf(x: number, mean: number, deviation: number): number;
      inv(probability: number, mean: number, deviation: number): number;
    };
  };
  export default jStat;
}
