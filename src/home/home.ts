import type { Reply } from "../command.ts";

/** What somebody sees in the app's own place, from top to bottom. */
export interface Home {
  readonly sections: readonly HomeSection[];
}

export interface HomeSection extends Pick<Reply, "lines" | "entries" | "actions"> {
  readonly title: string;
}
