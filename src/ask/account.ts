import { type Family, intent } from "./intent.ts";

const of = "[the|our|my] [account|customer|client|company]";

export const account: Family = {
  about: "account customer client about doing details profile overview history owner".split(" "),
  intents: [
    intent(
      [
        `[more|everything|something|all] about ${of} {account}`,
        "[show|open|find|pull up|look up|display|see|give] <me> [the|our|my] (account|customer|client) {account}",
        "(show|open|find|pull up|look up|display|see) <me> {Account}",
        `how (is|are) ${of} {account} doing`,
        `what [do|can] <we> (know|say|tell me) about ${of} {account}`,
        `what is (going on|happening|up|new|the status|the state|the story) (with|at|of) ${of} {account}`,
        "who (owns|looks after|handles|manages|has|is responsible for|is in charge of) [the] [account|customer|client] {Account} [account]",
        `how much (does|did|has) ${of} {account} (buy|spend|bought|spent|order|pay) [from us|with us]`,
        "what (does|did|has) {Account} (buy|bought|order|ordered) [from us]",
        `[<ask>] <me> [the|all|some] (details|detail|profile|overview|summary|history|numbers|figures|information|info|facts) (of|for|on|about) ${of} {account}`,
        "(which|what) tier (is|are|does) {account} [in|have|belong to]",
        "where does {Account} stand",
      ],
      ({ account = "" }) => ({ command: "account", words: [account] }),
    ),
  ],
};
