import type { Reply } from "./command.ts";
import type { Viewer } from "./store/viewer.ts";

/**
 * Where a line that somebody typed becomes an answer. Slack, the terminal and the playground all come
 * here, so that they cannot differ.
 */
export interface Desk {
  /** Answers a line such as `top A mine`. What the person did wrong is an answer; what we did wrong is thrown. */
  answer(request: Request): Promise<Answer>;
  /** The values a form offers for a filter, those that match what was typed so far; at most 100. */
  choices(viewer: Viewer, filter: ChoiceFilter, typed: string): Promise<readonly string[]>;
  /** True the first time a key is seen in the workspace, false whenever it comes again. */
  once(workspaceId: string, key: string): Promise<boolean>;
  /** Every command with its help, for completion and the manifest's usage hint. */
  readonly help: readonly CommandHelp[];
}

export interface Request {
  readonly viewer: Viewer;
  readonly line: string;
  /** `all` puts every row into the reply's data; what is shown stays one page. */
  readonly rows?: "page" | "all";
  /** Finds the people that a line mentions as `<@U123>`. */
  readonly people?: (userId: string) => Promise<Person | undefined>;
}

export interface Person {
  readonly name: string;
  readonly email?: string;
}

export type ChoiceFilter = "owner" | "team" | "industry" | "region" | "product";

export type Answer =
  | {
      readonly ok: true;
      /** The subcommand that answered. */
      readonly command: string;
      /** The typed query, as a program reads it. */
      readonly query: unknown;
      /** The typed query as a line that can be typed again, without its page. */
      readonly line: string;
      readonly reply: Reply;
    }
  | {
      readonly ok: false;
      /** What is wrong and what to do, for the person who typed it. */
      readonly message: string;
      readonly suggestions: readonly { readonly label: string; readonly line: string }[];
    };

export interface CommandHelp {
  readonly name: string;
  readonly summary: string;
  readonly usage: string;
  readonly examples: readonly string[];
  /** One of the handful that people use every day. */
  readonly isDaily: boolean;
}
