import { distance } from "fastest-levenshtein";
import { createAsk } from "./answer-in-words.ts";
import type { Action, Command, Context, Reply } from "./command.ts";
import { dayIn } from "./core/calendar.ts";
import { cleanText, matchNames } from "./core/names.ts";
import type {
  Answer,
  ChoiceFilter,
  CommandHelp,
  Desk,
  DigestAnswer,
  DigestRequest,
  Mistake,
  Request,
} from "./desk.ts";
import { digestReplies } from "./digest/digest-reply.ts";
import { together } from "./digest/together.ts";
import { mistakeLines } from "./home/answered-section.ts";
import { composeHome } from "./home/compose-home.ts";
import { createIntake } from "./intake/create-intake.ts";
import { NothingImported } from "./intake/first-run.ts";
import type { Intake } from "./intake/intake.ts";
import { formatQuery, parseQuery } from "./query.ts";
import { settingsForm, submitSettings } from "./settings/edit-settings.ts";
import type { Access } from "./store/access.ts";
import type { StoreReads } from "./store/reads.ts";
import { Refused } from "./store/refused.ts";
import type { Store } from "./store/store.ts";
import type { Viewer } from "./store/viewer.ts";
import { UsageError } from "./usage-error.ts";

const MOST_CHOICES = 100;
/** Offered before anything is typed. */
const FIRST_ACCOUNTS = 25;

/** Puts commands, store and clock together. */
export function createDesk(parts: {
  readonly store: Store;
  readonly commands: ReadonlyMap<string, Command>;
  readonly now: () => Date;
  /** What admins do with files, where that is not done by this process. */
  readonly intake?: Intake;
}): Desk {
  const { store, commands, now } = parts;

  async function answer({
    viewer,
    line,
    rows = "page",
    people = async () => undefined,
    place,
    channels = async () => undefined,
    audience,
  }: Request): Promise<Answer> {
    const [, typedName = "", rest = ""] = /^(\S*) ?(.*)$/.exec(cleanText(line)) ?? [];
    const name = typedName === "" ? "help" : typedName.toLowerCase();
    try {
      const access = await accessFor(viewer, audience);
      const command = commands.get(name);
      if (!command) throw unknownCommand(typedName, rest, commands);
      if (audience && command.isPrivate)
        throw new UsageError(`What \`${name}\` says is for whoever asks alone.`);
      const query = parseQuery(rest, filtersIn(rest, command), command.ownWords);
      const options = command.options.safeParse(query.words);
      if (!options.success)
        throw new UsageError(
          `${options.error.issues[0]?.message ?? "That does not fit"} Usage: \`${command.usage}\`.`,
        );
      const context = contextOf({ viewer, access, people, place, channels, now: now() });
      const reply = await command.run({ options: options.data, query, rows }, context);
      const { page: _, snapshot: __, ...typed } = query;
      const asked = formatQuery(name, { ...query, page: 1 });
      return {
        ok: true,
        command: name,
        query: { ...typed, options: options.data },
        line: access.anonymous && namesOwner(asked, commands) ? "" : asked,
        reply: readable(reply, access),
      };
    } catch (error) {
      const mistake = mistakeOf(error);
      return audience ? { ...mistake, message: `${mistake.message} Nothing was shared.` } : mistake;
    }
  }

  function contextOf(about: Omit<Context, "store" | "decisions" | "commands">): Context {
    const { access } = about;
    return { ...about, store: store.reads(access), decisions: store.decisions(access), commands };
  }

  /** Without buttons that name somebody, where names are left out. */
  function readable(reply: Reply, { anonymous }: Access): Reply {
    return anonymous ? withLines(reply, (line) => !namesOwner(line, commands)) : reply;
  }

  async function digests(requests: readonly DigestRequest[]): Promise<readonly DigestAnswer[]> {
    // One moment for all of them, so that they can be asked about together.
    const moment = now();
    const own = await store.accesses(requests.map(({ viewer }) => viewer));
    const prepared = await Promise.all(
      requests.map(async ({ viewer, audience, people = async () => undefined, ...asked }, index) => {
        try {
          const access = await accessFor(viewer, audience, own[index]);
          const from = { viewer, access, people, place: undefined, channels: async () => undefined };
          const about = { ...asked, isShared: audience !== undefined };
          return { about, context: contextOf({ ...from, now: moment }) };
        } catch (error) {
          return mistakeOf(error);
        }
      }),
    );
    const composed = await digestReplies(prepared.flatMap((one) => ("context" in one ? [one] : [])));
    let next = 0;
    return prepared.map((one): DigestAnswer => {
      if (!("context" in one)) return one;
      const digest = composed[next++];
      if (digest === undefined || digest instanceof Error) return mistakeOf(digest);
      return { ok: true, ...digest, reply: readable(digest.reply, one.context.access) };
    });
  }

  /** @throws UsageError for those who see nothing, or show nothing that everybody may see. */
  async function accessFor(viewer: Viewer, audience: Request["audience"], own?: Access): Promise<Access> {
    const access = audience
      ? await store.sharedAccess(viewer, audience.members)
      : (own ?? (await store.access(viewer)));
    const isEmpty = access.owners !== "all" && access.owners.length === 0;
    if (audience && (access.role === undefined || isEmpty))
      throw new UsageError(`Nobody else in ${audience.place} may see these accounts, or not everybody may.`);
    if (access.role === undefined) throw new UsageError(strangerSentence(viewer));
    return access;
  }

  /** What a viewer's form is shown from and changed by. */
  async function deciding(viewer: Viewer) {
    const access = await store.access(viewer);
    return { access, store: store.reads(access), decisions: store.decisions(access) };
  }

  return {
    ...createAsk({ answer, commands, now }),
    digests,
    digest: together(digests),
    choices: async (viewer, filter, typed) => {
      const access = await store.access(viewer);
      if (access.role === undefined) return [];
      const values = await valuesOf(store.reads(access), filter);
      const matching = typed.trim() === "" ? values : matchNames(typed, values, (value) => value);
      return matching.slice(0, MOST_CHOICES);
    },
    home: async ({ people = async () => undefined, channels = async () => undefined, ...asked }) => {
      const { viewer, place } = asked;
      try {
        const access = await accessFor(viewer, undefined);
        const context = contextOf({ viewer, access, people, place, channels, now: now() });
        return await composeHome(context, (line) => answer({ ...asked, people, channels, line }));
      } catch (error) {
        return { sections: [{ title: "Portfolio", lines: mistakeLines(mistakeOf(error)) }] };
      }
    },
    accounts: async (viewer, typed) => {
      const access = await store.access(viewer);
      return access.role === undefined ? [] : accountsToChoose(store.reads(access), access, typed);
    },
    dayOf: async (workspaceId, instant) => dayIn(instant, (await store.access({ workspaceId })).timeZone),
    settingsForm: async (viewer) => settingsForm(await deciding(viewer)).catch(mistakeOf),
    submitSettings: async (viewer, typed) => submitSettings(await deciding(viewer), typed).catch(mistakeOf),
    once: store.once,
    forget: store.forget,
    foreseeing: store.foreseeing,
    pendingRequests: store.pendingRequests,
    intake: parts.intake ?? createIntake({ store, now }),
    help: helpOf(commands),
  };
}

/** What the person did wrong, or may not do, as an answer; what we did wrong is thrown again. */
function mistakeOf(error: unknown): Mistake {
  if (error instanceof NothingImported) {
    const { message, suggestions, guidance } = error;
    return { ok: false, message, suggestions, nothingImported: true, ...(guidance && { guidance }) };
  }
  if (error instanceof UsageError)
    return { ok: false, message: error.message, suggestions: error.suggestions };
  if (error instanceof Refused) return { ok: false, message: error.message, suggestions: [] };
  throw error;
}

/** The commands' help, in their order. */
export function helpOf(commands: ReadonlyMap<string, Command>): readonly CommandHelp[] {
  return [...commands].map(([name, { summary, usage, examples, helpOrder }]) => {
    return { name, summary, usage, examples, isDaily: helpOrder !== undefined };
  });
}

async function valuesOf(reads: StoreReads, filter: ChoiceFilter): Promise<readonly string[]> {
  if (filter === "product") return (await reads.products()).map(({ name }) => name);
  if (filter === "owner") return (await reads.reps()).map(({ name }) => name);
  if (filter === "team") return [...new Set((await reads.reps()).flatMap(({ team }) => team ?? []))].sort();
  const snapshot = await reads.snapshot();
  const facets = snapshot && (await reads.facets(snapshot));
  return (filter === "industry" ? facets?.industries : facets?.regions) ?? [];
}

/** What a menu of accounts offers: see `Desk.accounts`. */
async function accountsToChoose(
  reads: StoreReads,
  { repIds }: Access,
  typed: string,
): ReturnType<Desk["accounts"]> {
  if (typed.trim() !== "") return (await reads.findAccounts(typed)).near;
  const snapshot = await reads.snapshot();
  if (!snapshot) return [];
  const selection = repIds.length > 0 ? { ownerIds: repIds } : {};
  const { rows } = await reads.standings(snapshot, selection, { offset: 0, limit: FIRST_ACCOUNTS });
  return rows.map(({ accountId, account }) => ({ id: accountId, name: account }));
}

function strangerSentence({ standing, name }: Viewer): string {
  return standing === "operator"
    ? `No single rep in the imported data is called "${name ?? ""}". Write the whole name, or an e-mail address.`
    : "Portfolio answers full members of this workspace only, so guests see no accounts. Ask a colleague to share what you need.";
}

/** Whether a line picks accounts by somebody's name. */
function namesOwner(line: string, commands: ReadonlyMap<string, Command>): boolean {
  const [, name = "", rest = ""] = /^(\S*) ?(.*)$/.exec(line) ?? [];
  const command = commands.get(name);
  const { owner } = parseQuery(rest, command ? filtersIn(rest, command) : [], command?.ownWords).filters;
  return owner !== undefined && owner.kind !== "me";
}

/** The filters that the rest of a line may have: none behind a verb. */
function filtersIn(rest: string, { filters, verbs = [] }: Command): Command["filters"] {
  const [first = ""] = rest.trimStart().split(" ", 1);
  return verbs.includes(first.toLowerCase()) ? [] : filters;
}

/** The reply with those buttons and choices only whose line may be read: what a button does can be looked up. */
function withLines(reply: Reply, mayBeRead: (line: string) => boolean): Reply {
  const readable = (actions: readonly Action[] = []) =>
    actions.flatMap((action): readonly Action[] => {
      if (action.kind !== "choose") return mayBeRead(action.line) ? [action] : [];
      return [{ ...action, choices: action.choices.filter(({ line }) => mayBeRead(line)) }];
    });
  const entries = reply.entries?.map((entry) => ({ ...entry, actions: readable(entry.actions) }));
  return { ...reply, actions: readable(reply.actions), ...(entries && { entries }) };
}

/** The nearest commands, with the rest of the line kept, and the account that may have been meant. */
function unknownCommand(typed: string, rest: string, commands: ReadonlyMap<string, Command>): UsageError {
  const word = typed.toLowerCase();
  const near = [...commands.keys()]
    .map((name) => ({ name, far: name.startsWith(word) || word.startsWith(name) ? 0 : distance(word, name) }))
    .filter(({ name, far }) => far <= Math.max(2, Math.floor(name.length / 2)))
    .sort((left, right) => left.far - right.far || left.name.localeCompare(right.name, "en"))
    .slice(0, 3)
    .map(({ name }) => ({ label: `${name} ${rest}`.trim(), line: `${name} ${rest}`.trim() }));
  const whole = `${typed} ${rest}`.trim();
  return new UsageError(
    `"${typed}" is not something I know.${near.length > 0 ? " Did you mean one of these?" : ""}`,
    [...near, { label: `account ${whole}`, line: `account ${whole}` }, { label: "help", line: "help" }],
  );
}
