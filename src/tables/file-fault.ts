import { basename } from "node:path";

/** A file that cannot be read as a table: the sentence says what is wrong and what to do. */
export class FileFault extends Error {
  override readonly name = "FileFault";
  readonly path: string;
  /** The sentence without the remedy, for who offers a remedy of their own. */
  readonly finding: string;
  constructor(path: string, problem: string, remedy: string) {
    const finding = `${basename(path)} ${problem}.`;
    super(`${finding} ${remedy}.`);
    this.path = path;
    this.finding = finding;
  }
}
