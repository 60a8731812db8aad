interface Figure {
  readonly what: string;
  readonly promised: string | number;
  readonly computed: string | number;
}

const figures: Figure[] = [];

/** Notes a promised figure and what was computed. */
export function check(what: string, promised: string | number, computed: string | number): void {
  figures.push({ what, promised, computed });
}

/** Prints all figures; the process ends with 1 if one differs. */
export function report(): void {
  const failed = figures.filter(({ promised, computed }) => promised !== computed);
  for (const { what, promised, computed } of figures)
    process.stdout.write(
      `${promised === computed ? "ok  " : "FAIL"} ${what}: promised ${shorten(promised)}, computed ${shorten(computed)}\n`,
    );
  process.stdout.write(`${figures.length - failed.length} passed, ${failed.length} failed\n`);
  process.exitCode = failed.length === 0 ? 0 : 1;
}

function shorten(value: string | number): string {
  const text = String(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

export function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
