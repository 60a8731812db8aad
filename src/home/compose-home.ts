import type { Action, Context } from "../command.ts";
import type { Answer } from "../desk.ts";
import { type AnswerLine, answeredSection, mistakeLines } from "./answered-section.ts";
import { dataSection } from "./data-section.ts";
import type { Home, HomeSection } from "./home.ts";
import { accountsSection } from "./own-accounts.ts";
import { wavesSection } from "./own-waves.ts";

/** So many actions and schedules are shown; a button opens all of them. */
const FIRST_ACTIONS = 3;
const FIRST_DIGESTS = 4;

/**
 * What somebody sees when they open the app: their accounts, what to do, what is sent to them, the offers they work in and
 * how fresh the data is; admins also what is theirs to decide. Most of it is what commands answer, shortened.
 */
export async function composeHome(context: Context, answer: AnswerLine): Promise<Home> {
  const { store, access } = context;
  const isAdmin = access.role === "admin";
  const snapshot = await store.snapshot();
  if (!snapshot) {
    const first = firstSteps(await answer("top"));
    return { sections: [first, ...(isAdmin ? [administration([])] : [])] };
  }
  const everybodys = isAdmin ? [answer("digest everybody")] : [];
  const sections = await Promise.all([
    accountsSection(snapshot, context),
    answeredSection("What to do next", answer("actions"), {
      entries: FIRST_ACTIONS,
      actions: [run("All actions", "actions"), run("Answered", "actions answered")],
    }),
    answeredSection("My digests", answer("digest"), { entries: FIRST_DIGESTS, actions: "own" }),
    wavesSection(context),
    dataSection(answer("health"), isAdmin),
    ...everybodys.map(async (asked) => administration([await asked])),
  ]);
  return { sections };
}

/** The way to a first list, for an admin; whom to ask, for the others. */
function firstSteps(answered: Answer): HomeSection {
  if (answered.ok) return { title: answered.reply.headline };
  const { guidance } = answered;
  if (!guidance) return { title: "Welcome to Portfolio", lines: mistakeLines(answered) };
  const { headline, lines = [], actions = [] } = guidance;
  return { title: headline, lines, actions };
}

/** What only admins decide. */
function administration(everybodysDigests: readonly Answer[]): HomeSection {
  const digests = everybodysDigests.flatMap((answered) =>
    answered.ok ? [[`Everybody's digests: ${answered.reply.headline}`]] : mistakeLines(answered),
  );
  return {
    title: "For admins",
    lines: [["Only admins see this part."], ...digests],
    actions: [
      { kind: "form", form: "settings", label: "Settings", line: "settings" },
      ...(digests.length > 0 ? [run("Everybody's digests", "digest everybody")] : []),
    ],
  };
}

function run(label: string, line: string): Action {
  return { kind: "run", label, line };
}
