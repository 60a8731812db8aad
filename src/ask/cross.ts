import { type Family, intent } from "./intent.ts";

export const cross: Family = {
  about: "surprising surprise unusual pattern patterns stand cross compare against segment segments".split(
    " ",
  ),
  near: { label: "What is surprising", line: "cross" },
  intents: [
    intent(
      [
        "[<ask>] <me> [is there] (anything|what|something|the most) [is] (surprising|unusual|remarkable|striking|odd|strange|special|unexpected) [cells|things|facts] [about|in|of] [the|our] [<portfolio>|<accounts>]",
        "[<ask>] <me> [what|which] (surprises|patterns|oddities|anomalies) [are] [there] [in|of] [the|our] [<portfolio>|<accounts>]",
        "what stands out [in|about] [the|our] [<portfolio>|<accounts>]",
      ],
      () => ({ command: "cross" }),
    ),
  ],
};
