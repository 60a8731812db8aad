import { type Family, intent } from "./intent.ts";

const ahead =
  "[in|over|within|for|during] [the] [a|one|next|coming] [1|3|12|36|three|twelve] [year|years|months|quarter|quarters|future|long run|long term]";
const leave =
  "(leave|leaves|left|go|goes|churn|churns|quit|quits|cancel|cancels|walk away|walks away|leave us|leaves us|left us|stop buying|stops buying|go away|goes away)";
const winning =
  "(acquisition|new business|customer acquisition|winning new customers|new customer acquisition|winning customers|sales to new customers)";

export const outlook: Family = {
  about: "outlook forecast future predict leave churn lose need win replace halve year years".split(" "),
  near: { label: "Where the portfolio is heading", line: "outlook" },
  intents: [
    intent(
      [
        `what (if|happens if|would happen if|happens when) [the|our] (biggest|largest|top|best|main|key|most important|number one) <accounts> ${leave}`,
        "what (if|happens if|would happen if|happens when) we (lose|lost) [the|our] (biggest|largest|top|best|main|key|most important|number one) <accounts>",
        "(can|could|would) we (survive|afford|stand|cope with) (losing|without|the loss of) [the|our] (biggest|largest|top|best|main|key|most important) <accounts>",
      ],
      () => ({ command: "outlook", words: ["without", "biggest"] }),
    ),
    intent(
      [
        `what (if|happens if|would happen if|happens when) [the|our] [account|customer|client|company] {account} ${leave}`,
        "what (if|happens if|would happen if|happens when) we (lose|lost) [the|our] [account|customer|client|company] {account}",
        "what (does|do|would) [the] (loss of|losing) [the|our] [account|customer|client|company] {account} (mean|cost|cost us|do) [for us|to us]",
      ],
      ({ account = "" }) => ({ command: "outlook", words: ["without", account] }),
    ),
    intent(
      [
        `what (if|happens if|would happen if|happens when) [the|our] ${winning} (halves|halved|is halved|drops by half|falls by half|drops by 50|is cut in half|is half|was halved|were halved) [percent]`,
        "what (if|happens if|would happen if|happens when) we (win|won|get|got|acquire|acquired) [only] half as many [new] <accounts>",
        "what (if|happens if|would happen if|happens when) we (halve|halved|cut) [the|our] (acquisition|new business) [in half]",
      ],
      () => ({ command: "outlook", words: ["acquisition", "50"] }),
    ),
    intent(
      [
        "[<ask>] <me> [the|our] [{owner}] (outlook|forecast|long run|long-run view|long term view|future|prognosis|projection) [for|of] [the|our] [{owner}] [<portfolio>]",
        `where (is|will|are) [the|our] [{owner}] <portfolio> (be|heading|headed|going|stand) ${ahead}`,
        `what (will|does) [the|our] [{owner}] (<portfolio>|future) (become|be|bring|hold|look like) ${ahead}`,
        `what will become of [the|our] [{owner}] <portfolio> ${ahead}`,
        `how many <accounts> (will|do we expect to|are going to|are likely to|do you expect to) ${leave} ${ahead}`,
        `how many <accounts> (will|do) we (lose|keep) ${ahead}`,
        `how much <revenue> (will|do) we (lose|keep) ${ahead}`,
        `how many (new|more|additional) <accounts> (do|must|should|will) we (need|win|need to win|have to win|acquire|need to acquire|have to acquire) [to] [stand still|grow|keep up|replace those who leave|replace them] ${ahead}`,
        `(will|do) we (shrink|grow|win enough new customers|win enough|win enough customers) ${ahead}`,
        "do we (win|get|acquire) enough [new] <accounts>",
      ],
      ({ owner }) => ({ command: "outlook", filters: { ...(owner && { owner }) } }),
    ),
  ],
};
