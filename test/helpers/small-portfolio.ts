import { createDesk } from "../../src/create-desk.ts";
import type { Answer, Desk, Request } from "../../src/desk.ts";
import { loadCommands } from "../../src/load-commands.ts";
import { company, deal, openWorkspace, type TestWorkspace, user } from "./workspace.ts";

const commands = await loadCommands(new URL("../../commands/", import.meta.url));

export interface Asked extends TestWorkspace {
  readonly desk: Desk;
  ask(line: string, request?: Partial<Request>): Promise<Answer>;
  /** The reply to a line that is understood. */
  reply(line: string, request?: Partial<Request>): Promise<Extract<Answer, { ok: true }>["reply"]>;
  /** What a line that is not understood is told. */
  mistake(line: string, request?: Partial<Request>): Promise<Extract<Answer, { ok: false }>>;
}

/** A fresh workspace with the real commands on it. */
export async function openAsked(): Promise<Asked> {
  const workspace = await openWorkspace();
  const desk = createDesk({ store: workspace.store, commands, now: () => new Date("2026-10-31T12:00:00Z") });
  const ask = (line: string, request: Partial<Request> = {}) =>
    desk.answer({ viewer: { workspaceId: workspace.id, standing: "operator" }, line, ...request });
  return {
    ...workspace,
    desk,
    ask,
    reply: async (line, request) => {
      const answer = await ask(line, request);
      if (!answer.ok) throw new Error(`refused: ${answer.message}`);
      return answer.reply;
    },
    mistake: async (line, request) => {
      const answer = await ask(line, request);
      if (answer.ok) throw new Error(`understood: ${answer.reply.headline}`);
      return answer;
    },
  };
}

/**
 * Ten customers and two prospects, as of 2026-06-30, in EUR: Alder 5,000 (4,000 of it since 1 April), Birch 2,000,
 * Cedar 1,200, Dogwood 800, Elm 400, Fir 300, Ginkgo 200, Hazel 80, Iris 20 and Juniper, whose one purchase is
 * three years old. A to 8,000: Alder, Birch, Cedar; B to 9,500: Dogwood, Elm, Fir; C to 9,900: Ginkgo; D: Hazel, Iris, Juniper.
 * On 1 April A held Birch, Alder, Dogwood and Elm, B Fir and Ginkgo, C Hazel.
 */
export async function openSmallPortfolio(): Promise<Asked> {
  const asked = await openAsked();
  const names = "Alder Birch Cedar Dogwood Elm Fir Ginkgo Hazel Iris Juniper Koa Larch".split(" ");
  const of = (name: string) => String(names.indexOf(name) + 1);
  await asked.import({
    companies: names.map((name, index) =>
      company(String(index + 1), `${name} GmbH`, {
        "Company owner": index % 2 === 0 ? "Ann Archer" : "Bob Baker",
        Industry: index < 5 ? "Retail" : "Real Estate",
        "Country/Region": index % 3 === 0 ? "Germany" : "Austria",
        Channel: index < 3 ? "Partner" : "Direct",
      }),
    ),
    users: [user("Ann Archer", "ann@example.com", "North"), user("Bob Baker", "bob@example.com", "South")],
    deals: [
      deal("1", of("Alder"), "1000.00", "2025-09-01", { Product: "Flow Meter", "Deal owner": "Ann Archer" }),
      deal("2", of("Alder"), "4000.00", "2026-05-15", { Product: "Pump" }),
      deal("3", of("Birch"), "2000.00", "2025-03-01", { Product: "Flow Meter" }),
      deal("4", of("Cedar"), "1200.00", "2026-06-30", { Product: "Pump" }),
      deal("5", of("Dogwood"), "800.00", "2026-01-10"),
      deal("6", of("Elm"), "400.00", "2025-11-11"),
      deal("7", of("Fir"), "300.00", "2025-12-12"),
      deal("8", of("Ginkgo"), "200.00", "2026-02-02"),
      deal("9", of("Hazel"), "80.00", "2026-02-03"),
      deal("10", of("Iris"), "20.00", "2026-02-04"),
      deal("11", of("Juniper"), "900.00", "2023-06-01"),
      deal("12", of("Koa"), "500.00", "2026-03-03", { "Deal Stage": "Closed Lost" }),
      deal("13", of("Alder"), "700.00", "2026-12-01", {
        "Deal Stage": "Contract Sent",
        "Create Date": "2026-06-01",
      }),
      deal("14", "", "60.00", "2026-06-02"),
    ],
  });
  return asked;
}
