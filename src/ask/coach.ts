import { type Family, intent } from "./intent.ts";

export const coach: Family = {
  about: "coach coaching training train improve strengths weaknesses skill skills".split(" "),
  near: { label: "Where I beat or lag", line: "coach" },
  intents: [
    intent(
      [
        "coach me",
        "(where|how|what) (can|could|should|do) i (improve|get better|sell better|do better|train)",
        "where do i (lag|lose|lag behind|fall behind|do well|beat expectation|beat expectations)",
        "what am i (good|best|bad|worst|weak|strong) at",
        "[<ask>] <me> my (strengths|weaknesses|strengths and weaknesses)",
      ],
      () => ({ command: "coach" }),
    ),
    intent(
      [
        "(what|where) (does|do|should|must) (my|our|the) (team|<reps>|people) [need to|have to] (train|learn|practise|practice|improve|improve at|be trained in)",
        "what (training|coaching) (does|do) (my|our|the) (team|<reps>|people) need",
        "[<ask>] <me> [the] (training|coaching) needs [of (my|our|the) (team|<reps>|people)]",
        "coach (my|our|the) (team|<reps>|people)",
      ],
      () => ({ command: "coach", filters: { team: "mine" } }),
    ),
    intent(
      [
        "where does {rep} (lag|lag behind|fall behind|lose|do well|beat expectation|beat expectations)",
        "(where|how|what) (can|could|should) {rep} (improve|get better|sell better|train)",
        "what is {rep} (good|best|bad|worst|weak|strong) at",
      ],
      ({ owner }) => ({ command: "coach", ...(owner && { filters: { owner } }) }),
    ),
  ],
};
