import { basename } from "node:path";

/** A file that cannot be read as a table: the sentence says what is wrong and what to do. */
export class FileFault extends Error {
  override readonly name = "FileFault";
  readonly path: string;
  constructor(path: string, problem: string, remedy: string) {
    super(`${basename(path)} ${problem}. ${remedy}.`);
    this.path = path;
  }
}
