/** What phrases call by a name: the many ways to say one thing. */
export const vocabulary: Readonly<Record<string, string>> = {
  accounts: "(accounts|account|customers|customer|clients|client|companies|company)",
  ask: "(show|give|list|find|get|name|display|see|what are|which are|who are|who is|what is)",
  me: "[me|us]",
  we: "(we|i|you|one|the team|sales|our team|my team)",
  should: "(should|shall|must|can|could|do|will|would|may|might|ought to)",
  /** A page shows as many. */
  some: "[3|three|5|five|10|ten|20|twenty]",
  biggest:
    "(top|biggest|largest|best|key|main|most important|most valuable|highest spending|best paying|strongest)",
  reps: "(rep|reps|seller|sellers|salesperson|salespeople|salesman|salesmen|sales rep|sales reps|account manager|account managers)",
  offerWord: "(offer|offers|pitch|campaign|offering)",
  /** No offer by name. */
  anOffer:
    "([the|our|this|that] [new|newest|latest|current|running|next] <offerWord> [<offerWord>]|[the|our] (new|newest|latest) product)",
  /** After words that say that it is about an offer. */
  offer: "(<anOffer>|it|[the|our|this] [new|newest|latest] {offer} [<offerWord>])",
  /** After words that could be about an account as well. */
  plainOffer: "(<anOffer>|[the|our|this] [new|newest|latest] {offer} <offerWord>)",
  /** After words that could be about anything that is sold. */
  surelyOffer: "(<plainOffer>|[the|our|this] [new|newest|latest] {Offer} [<offerWord>])",
  contact: "(call|contact|approach|talk to|speak to|target|reach out to|email|ring|visit|go to)",
  buy: "(buy|accept|order|purchase|say yes to)",
  first: "[first|next|now|soon|today|this week|this month]",
  revenue: "(revenue|revenues|spend|spending|sales|money|turnover|business|income)",
  portfolio:
    "(portfolio|customer base|customer portfolio|client base|book|book of business|<revenue>|<accounts>)",
  fall: "(fall|drop|slip|slide|sink|decline|move down|go down)",
  fell: "(fell|dropped|slipped|slid|sank|declined|moved down|went down|got worse|have fallen|have dropped|has fallen)",
  rise: "(rise|climb|improve|move up|go up|jump)",
  rose: "(rose|climbed|improved|moved up|went up|got better|jumped|have risen|has risen|have improved)",
  /** The answer tells by itself which tier it is. */
  aTier: "[in|into|to|a|an|only|just|at|from|out of] [a|an] {someTier} [<accounts>]",
};
