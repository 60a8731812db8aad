import { type Family, intent } from "./intent.ts";

const contracts =
  "(contract|contracts|subscription|subscriptions|renewal|renewals|licence|licences|license|licenses|agreement|agreements)";

export const renewals: Family = {
  about: "renewal renewals renew contract contracts subscription expire due end".split(" "),
  near: { label: "What is due for renewal", line: "renewals" },
  intents: [
    intent(
      [
        `[<ask>] <me> [which|what|the|all|all the|our|upcoming|open|next] [upcoming|next] [{owner}] ${contracts} [that|which] [is|are|will be|come|comes] [due|up|coming up|open|next|up for renewal|to be renewed|due for renewal] [soon|next|{ahead}]`,
        `(which|what) [of] [{owner}] ${contracts} (end|ends|expire|expires|run out|runs out|run off|are ending|are expiring|are due|are up) [soon|next|{ahead}]`,
        `[<ask>] <me> (who|which [of] [{owner}] <accounts>|what <accounts>) (is|are|has|have|come|comes|need|needs|should) [to] [be] (due|up for renewal|due for renewal|up for a renewal|renew|to renew|renewed) [soon|next|{ahead}]`,
        "[<ask>] <me> what is (due|up|coming up) for renewal [soon|next|{ahead}]",
      ],
      ({ owner, days }) => ({
        command: "renewals",
        words: days === undefined ? [] : [`${days}d`],
        filters: { ...(owner && { owner }) },
      }),
    ),
  ],
};
