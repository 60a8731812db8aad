import type { Request } from "../../src/desk.ts";
import { type Asked, openAsked } from "./small-portfolio.ts";
import { accountId, company, deal, user } from "./workspace.ts";

/** Who asks: Ann and Bob are reps, Mia is a manager. */
const addresses = { ann: "ann@example.com", bob: "bob@example.com", mia: "mia@example.com" } as const;
export type Who = keyof typeof addresses;

export interface OfferPortfolio extends Asked {
  /** The reply to a line that this person typed. */
  say(who: Who, line: string, request?: Partial<Request>): ReturnType<Asked["reply"]>;
  /** What this person is told who may not, or did not say it right. */
  refused(who: Who, line: string, request?: Partial<Request>): Promise<string>;
}

const names = [
  ..."Acorn Almond Apple Apricot Ash Aspen Avens Azalea Anise Aloe Agave Arnica".split(" "),
  ..."Basil Beech Berry Birch".split(" "),
  ..."Cedar Clove Clover Cress".split(" "),
  ..."Dill".split(" "),
  ..."Poppy Peony".split(" "),
];
const spendOf: Readonly<Record<string, string>> = { A: "6700.00", B: "3700.00", C: "1000.00", D: "800.00" };

/** How a line names one of them. */
export function idOf(name: string): string {
  return `"id:${accountId(String(names.indexOf(name) + 1))}"`;
}

/**
 * Twelve A accounts of 6,700 EUR, four B of 3,700, four C of 1,000, one D of 800, each called with that letter and with one
 * purchase on 1 October 2026, and two prospects that begin with P. Ann owns the first four A, Bob the next four; nobody owns
 * the others. Acorn and Almond bought a Pump, everybody else nothing with a name. Asked on 31 October 2026.
 */
export async function openOfferPortfolio(): Promise<OfferPortfolio> {
  const asked = await openAsked();
  await asked.import({
    companies: names.map((name, index) =>
      company(String(index + 1), name, {
        Industry: "Retail",
        ...(index < 8 && { "Company owner": index < 4 ? "Ann Archer" : "Bob Baker" }),
      }),
    ),
    users: [user("Ann Archer", addresses.ann, "North"), user("Bob Baker", addresses.bob, "South")],
    deals: names
      .filter((name) => !name.startsWith("P"))
      .map((name, index) =>
        deal(String(index + 1), String(index + 1), spendOf[name.charAt(0)] ?? "", "2026-10-01", {
          Product: index < 2 ? "Pump" : "",
        }),
      ),
  });
  await asked.reply("settings person mia@example.com manager");
  const as = (who: Who): Partial<Request> => ({
    viewer: { workspaceId: asked.id, email: addresses[who], standing: "member" },
  });
  return {
    ...asked,
    say: (who, line, request) => asked.reply(line, { ...as(who), ...request }),
    refused: async (who, line, request) => (await asked.mistake(line, { ...as(who), ...request })).message,
  };
}
