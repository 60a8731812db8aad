import { type Family, intent } from "./intent.ts";

const of = "[the|our|my] [account|customer|client|company]";

export const why: Family = {
  about: "why reason fall fell drop dropped rise rose because explain happened".split(" "),
  intents: [
    intent(
      [
        `why (did|does|would) ${of} {account} (<fall>|<rise>|move|change|change tier|go quiet) [down|up] [<aTier>] [<aTier>]`,
        `why (has|have) ${of} {account} (fallen|dropped|slipped|declined|risen|climbed|moved|improved|gone down|gone up|gone quiet|changed|changed tier) [down|up] [<aTier>] [<aTier>]`,
        `why (is|are|was|were) ${of} {account} [now|still|not|no longer|only|so] <aTier> [any more|anymore]`,
        `why (is|are|was|were) ${of} {account} (so|too) (low|high|small|big|important|weak|strong|quiet)`,
        `why ${of} {Account}`,
        `what (made|makes) ${of} {account} (<fall>|<rise>|move|change|change tier) [<aTier>] [<aTier>]`,
        `what (made|makes) ${of} {account} <aTier>`,
        `what (happened|has happened) (to|with|at) ${of} {account}`,
        `explain [to me] why ${of} {account} (is|was|fell|dropped|rose|moved|slipped|went quiet) [<aTier>] [<aTier>]`,
        `explain [to me] the (tier|fall|drop|rise) of ${of} {account}`,
        `how did ${of} {account} (get|become|end up|come|land) <aTier>`,
        `[what is] the reason (why|that) ${of} {account} (is|was|fell|dropped|rose|moved|slipped) [<aTier>] [<aTier>]`,
        `[what is] the reason for the (tier|fall|drop|rise) of ${of} {account}`,
      ],
      ({ account = "" }) => ({ command: "why", words: [account] }),
    ),
  ],
};
