import type { Command as Program } from "commander";
import type { Config } from "../config.ts";
import type { Store } from "../store/store.ts";

/**
 * What a file in this folder exports: it adds one command to the terminal's program. `withStore` opens the
 * store for one piece of work, and words what goes wrong; `fail` does the latter where no store is needed.
 */
export type Operation = (program: Program, withStore: WithStore, fail: (error: unknown) => void) => void;

export type WithStore = (work: (work: OperatorWork) => Promise<unknown>) => Promise<void>;

export interface OperatorWork {
  readonly store: Store;
  readonly config: Config;
  readonly workspaceId: string;
}
