import type { z } from "zod";
import type { Chart } from "./charts/chart.ts";
import type { CommonSettings } from "./core/settings.ts";
import type { Channel, Person, Place } from "./desk.ts";
import type { FilterName, Query } from "./query.ts";
import type { Access } from "./store/access.ts";
import type { Decisions } from "./store/decisions.ts";
import type { StoreReads } from "./store/reads.ts";
import type { Viewer } from "./store/viewer.ts";

/**
 * What a file in `commands/` default-exports. The file's name is the subcommand; help, completion
 * and the manifest's usage hint derive from these fields.
 */
export interface Command<Options = unknown> {
  /** One line, shown by `help`. */
  readonly summary: string;
  /** How to type it, without the slash command: `top [A|B|C|D] [filters]`. */
  readonly usage: string;
  /** Complete lines that work on any portfolio, shown by `help` and offered by completion. */
  readonly examples: readonly string[];
  /** The filters this command understands; any other is refused with a sentence. */
  readonly filters: readonly FilterName[];
  /** First words that do something: what follows them are words alone, since a reason may say anything. */
  readonly verbs?: readonly string[];
  /** Words of its own at which a filter's value ends, in lower case: `industry:real estate renewals`. */
  readonly ownWords?: readonly string[];
  /** What it says is for whoever asks alone: it is never shared, whatever the place. */
  readonly isPrivate?: true;
  /** Whether a workspace does without it; `help` then says so. */
  readonly isOff?: (settings: CommonSettings) => boolean;
  /** The words left when the filters are taken out, in; typed options, out. */
  readonly options: z.ZodType<Options, readonly string[]>;
  /** Place in `help`; the daily handful come first, the rest follow by name. */
  readonly helpOrder?: number;
  run(invocation: Invocation<Options>, context: Context): Promise<Reply>;
}

/** Gives a command file its option types; changes nothing. */
export function defineCommand<Options>(command: Command<Options>): Command<Options> {
  return command;
}

export interface Invocation<Options = unknown> {
  readonly options: Options;
  /** The typed line, taken apart; buttons carry it on. */
  readonly query: Query;
  /** `all` wants every row in `data`; the reply still shows one page. */
  readonly rows: "page" | "all";
}

/** Everything a command may touch. The clock and the store are arguments, so a test can set them. */
export interface Context {
  readonly viewer: Viewer;
  /** What the viewer may see and do. */
  readonly access: Access;
  readonly store: StoreReads;
  /** Changes, refused where the viewer's role does not reach. */
  readonly decisions: Decisions;
  readonly now: Date;
  /** Finds the people that a line mentions as `<@U123>`. */
  readonly people: (userId: string) => Promise<Person | undefined>;
  /** Where the line was typed; undefined at a terminal. */
  readonly place: Place | undefined;
  /** Finds the channels that a line mentions as `<#C123>`. */
  readonly channels: (channelId: string) => Promise<Channel | undefined>;
  /** Every command, for `help`. */
  readonly commands: ReadonlyMap<string, Command>;
}

/** A piece of running text. Text that comes from data is a span of its own, so that no renderer parses it. */
export type Span = string | { readonly text: string; readonly style: "bold" | "code" };
export type Line = readonly Span[];

export interface Column {
  readonly title: string;
  readonly align?: "left" | "right";
}
/** A cell as people see it; `value` lets a table be sorted and checked. */
export interface Cell {
  readonly text: string;
  readonly value?: number;
}
export interface Table {
  readonly caption: string;
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Cell[])[];
}

/**
 * What a form adds to its line: `won amount 5000 hours 1.5 because …` (outcome), `because …` (reason), `to <@U123>` (person),
 * `until 2027-01-15` (day), `hours 1.5 because …` (work), `call on 2027-01-15 hours 0.5 because …` (interaction).
 */
export type FillForm = "outcome" | "reason" | "person" | "day" | "work" | "interaction";

export type Action =
  /** Runs a line as if it had been typed. */
  | {
      readonly kind: "run";
      readonly label: string;
      readonly line: string;
      readonly style?: "primary" | "danger";
    }
  /** Picks one of several lines. */
  | {
      readonly kind: "choose";
      readonly label: string;
      readonly choices: readonly { readonly label: string; readonly line: string }[];
    }
  /** Opens a form with the filters of the line. */
  | { readonly kind: "filter"; readonly label: string; readonly line: string }
  /** Opens a form of its own; `line` shows how the same is typed where there are no forms. */
  | {
      readonly kind: "form";
      readonly form: "settings" | "import";
      readonly label: string;
      readonly line: string;
    }
  /** Opens a form whose entries are typed on at the end of the line: see `FillForm`. */
  | {
      readonly kind: "fill";
      readonly form: FillForm;
      readonly label: string;
      readonly line: string;
      readonly style?: "primary" | "danger";
    }
  /** Posts the line's answer where everybody in the channel sees it. */
  | { readonly kind: "share"; readonly label: string; readonly line: string };

/** Something to do or to know, with buttons of its own. */
export interface Entry {
  readonly lines: readonly Line[];
  readonly actions?: readonly Action[];
}

/** An answer as plain data: a test asserts it, and Slack, terminal and digest render it. */
export interface Reply {
  /** One sentence that says the answer; also the notification and what a screen reader says first. */
  readonly headline: string;
  readonly lines?: readonly Line[];
  /** Shown after the lines, each with its buttons beneath it. */
  readonly entries?: readonly Entry[];
  readonly facts?: readonly { readonly label: string; readonly value: string }[];
  readonly table?: Table;
  /** At most two. Where one cannot be drawn, a table or a sentence says the same. */
  readonly charts?: readonly Chart[];
  readonly actions?: readonly Action[];
  /** Small print: data as of, snapshot, what is missing. */
  readonly notes?: readonly string[];
  /** Exact figures for programs: money as `{ amount, currency }` in minor units, shares as fractions. */
  readonly data: unknown;
  /** The snapshot the figures come from; undefined where none was used. */
  readonly snapshot?: SnapshotStamp;
}

export interface SnapshotStamp {
  readonly id: number;
  readonly asOf: string;
  readonly window: { readonly after: string; readonly until: string };
}
