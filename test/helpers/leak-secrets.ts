import type { Answer } from "../../src/desk.ts";
import { exportCsv } from "../../src/exports/export-csv.ts";
import { renderReply, renderUsage } from "../../src/slack/render-blocks.ts";
import { renderMistake, renderTerminal } from "../../src/terminal.ts";
import { accountsOf, isSeen, type Sees } from "./leak-people.ts";
import { type WorldAccount, worldAccounts, worldOffers, worldReps } from "./leak-world.ts";

/** What somebody may not meet: words as they stand, figures as digits. */
export interface Secrets {
  readonly words: readonly string[];
  readonly figures: ReadonlySet<string>;
}

/** Everything there is to read in an answer, in every form it can take. */
export function everythingIn(answer: Answer): string {
  const shown = answer.ok
    ? [
        renderTerminal(answer.reply),
        JSON.stringify(renderReply(answer.reply, { line: answer.line })),
        exportCsv(answer.reply.data) ?? "",
      ]
    : [
        renderMistake(answer.message, answer.suggestions),
        JSON.stringify(renderUsage(answer.message, answer.suggestions)),
      ];
  return [JSON.stringify(answer), ...shown].join("\n");
}

/** The words and figures that nobody may meet who does not see these accounts. */
export function secretsOf(sees: Sees): Secrets {
  const hidden = worldAccounts.filter((account) => !isSeen(sees, account));
  const seen = accountsOf(sees);
  const hiddenReps = worldReps.filter(({ name }) => sees !== "all" && !sees.includes(name));
  const seenTeams = worldReps.filter((rep) => !hiddenReps.includes(rep)).map(({ team }) => team);
  const sum = (accounts: readonly WorldAccount[]) => accounts.reduce((total, { value }) => total + value, 0);
  const sums = [
    ...hidden.flatMap(({ deals, value }) => [...deals.map(({ euros }) => euros), value]),
    ...(hidden.length === 0 ? [] : [sum(worldAccounts), sum(hidden), 777_777]),
    ...hiddenReps.map(({ name }) => sum(hidden.filter(({ owner }) => owner === name))),
  ].filter((euros) => euros > 0 && euros !== sum(seen));
  return {
    words: [
      ...hidden.flatMap(({ words, id }) => [...words, id]),
      ...(hidden.length === 0 ? [] : ["Orphandeal", "Nomark"]),
      ...worldOffers.filter(({ owners }) => !isOfferSeen(sees, owners)).map(({ name }) => name),
      ...hiddenReps.flatMap(({ name, email, team }) => [
        name,
        email,
        ...(seenTeams.includes(team) ? [] : [team]),
      ]),
    ],
    figures: new Set(sums.flatMap((euros) => [String(euros), `${euros}00`])),
  };
}

function isOfferSeen(sees: Sees, owners: "all" | readonly string[]): boolean {
  return sees === "all" || sees.some((name) => owners === "all" || owners.includes(name));
}

/** What of these secrets an answer to a line gives away; what was typed is no secret. */
export function leaksIn(text: string, line: string, { words, figures }: Secrets): readonly string[] {
  const untyped = text.replaceAll(/id:([0-9a-f-]{36})/g, (typed) => (line.includes(typed) ? "" : typed));
  const numbers = untyped
    .replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, "")
    .match(/\d[\d,.]*/g)
    ?.map((number) => number.replaceAll(/[,.](?=\d{3}\b)|\.00$|[,.]$/g, ""));
  return [
    ...words.filter((word) => untyped.includes(word)),
    ...(numbers ?? []).filter((number) => figures.has(number)),
  ];
}
