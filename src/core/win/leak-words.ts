// Rules about a column's name in words (`nameWords`): what matches is the word that is told.

const deal = "(?:deal|opportunity|opp|opportunities|lead|sales?|pipeline|prospect|current|final|lifecycle)";
const event =
  "(?:date|day|time|timestamp|month|quarter|year|at|on|reason|code|type|category|notes?|comments?|by|flag|value|amount)";
const end =
  "(?:clos(?:e|ed|ing|ure)|won|win|winning|lost|conversion|convert(?:ed)?|decision|churn|cancellation)";
const span = "(?:days?|weeks?|months?|hours?|time)";
const says = (...patterns: readonly string[]): readonly RegExp[] =>
  patterns.map((pattern) => new RegExp(` (?:${pattern})(?= )`));
const isAll = (...patterns: readonly string[]): readonly RegExp[] =>
  patterns.map((pattern) => new RegExp(`^ (?:${pattern})(?= $)`));

/** What an earlier deal came to is known beforehand. */
export const earlier =
  / (?:prev|previous|previously|prior|past|earlier|historic|historical|vorherige[rns]?|fruhere[rns]?|precedente?|anterior|last (?:campaign|deal|order|purchase|year|quarter|month)) /;
/** What is planned is known, and may be moved afterwards. */
export const planned =
  / (?:expected|target|planned|estimated|scheduled|projected|anticipated|(?:contract|trial|campaign|term|fiscal|event|promo|promotion) end(?:ed|s)?) /;

/** The end itself: when, why and for how much. */
const theEnd = says(
  `(?:is|was|has|deal|hs is) (?:clos(?:e|ed)|won|lost|win|churn(?:ed)?|convert(?:ed)?|cancel(?:l?ed)?)(?: won| lost)?`,
  "clos(?:e|ed) ?(?:won|lost)(?: (?:date|reason|amount|value|time|notes?))?",
  `(?:clos(?:e|ed|ing|ure)|won|win|lost|loss|sold|convert(?:ed)?|conversion|churn(?:ed)?|attrition|cancel(?:l?ed|lation)?|terminat(?:ed|ion)|leaving|exit|disqualif(?:ied|ication)|unsubscribed?) ${event}`,
  "(?:date|day|month|reason|cause|time|timestamp) (?:of |for |deal |was |is )*(?:clos(?:e|ed|ing|ure)|won|win|lost|loss|conversion|converted|churn|churned|cancel(?:l?ed|lation)|leaving|exit|termination)",
  `(?:win|won) (?:loss|lost)(?: (?:reason|code|notes?))?`,
  "closedate|closeddate|closingdate|isclosed|iswon|wondate|lostdate|wonreason|lostreason|lossreason|churndate|churnreason|enddate",
  "convert(?:ed)? (?:account|contact|opportunity|deal|customer|lead)(?: id| date)?|became (?:a )?(?:customer|opportunity)(?: date)?",
  "contract signed|signed contract|date signed|signed (?:date|on|at)|signature date",
  "end(?:ed)? (?:date|day|at|on)|date ended",
  "(?:actual|final|booked|realised|realized) (?:amount|value|revenue|price|margin|discount)",
  "exit (?:survey|interview)|offboarding",
);
const theEndAlone = isAll(
  "won|lost|closed|converted|churned|churn|outcome|result|win|winner|signed|closed by|(?:lead |deal |contact )?(?:tags?)",
);
const outcomes = says(
  "(?:(?:deal|opportunity|opp|lead|call|sales?|final|campaign|contact|meeting|demo) )?(?:outcome|disposition)",
  `${deal} result`,
);

/** How far it came, and how long it took. */
const theWay = [
  ...says(
    `(?:(?:elapsed|total|number of|no of|avg|average|age|count of) )*${span} (?:spent )?(?:in|at|within|on) (?:(?:current|the|each|last|this|${deal}) )*(?:stage|phase|status|pipeline)`,
    `(?:${deal} )?stages? (?:chang(?:e|es)|moves?|transitions?|updates?|switch(?:es)?|progressions?|history|count|duration|age)(?: (?:count|number|date|time))?`,
    "(?:number|count|no|num|n) (?:of )?(?:sales )?stages?(?: changes?)?",
    `(?:total )?${span} (?:identified |created |open |elapsed |from \\w+ )?(?:through|until|till|to|before|since) (?:clos(?:e|ed|ing|ure)|qualif(?:y|ied|ication)|won|win|lost|conversion|convert(?:ed)?|decision|churn|cancellation)`,
    `ratio ${span} [a-z ]*total ${span}`,
    `(?:sales|deal|opportunity|buying) cycle(?: (?:length|days|time|duration|months|weeks))?|cycle (?:length|days|duration)`,
    `(?:deal|opportunity|opp) (?:duration|age)(?: days)?|age of (?:the )?(?:deal|opportunity)`,
    "elapsed days|days elapsed|days open|days to (?:close|win|convert)|daystoclose|days after (?:close|closing|clos(?:ed|ure)|won|win|lost|sale)",
    `${span} (?:since|after) ${end}`,
    `(?:call|conversation|talk|contact|last contact|last call) (?:duration|length|seconds)(?: \\w+)?`,
  ),
  ...isAll(
    `(?:hs )?(?:${deal} )*(?:stage|phase)(?: name| id| label| c)?`,
    "dealstage|leadstage|salesstage",
    `${deal} (?:status|step)(?: name| id| label| c)?`,
    "(?:subscription|account|customer|membership) status",
    "duration",
  ),
];

/** What people or programs keep up to date until the end, so that an export shows the end's. */
const keptUpToDate = [
  ...says(
    "last (?:notable |sales |known )?(?:activity|activities|modified|modification|updated?|contacted|touch(?:ed)?|action|stage|status)(?: (?:date|time|at|by|type|on))?",
    "lastactivity(?:date)?|lastmodified(?:date)?|hs lastmodifieddate|notes last (?:updated|contacted)",
    "(?:system )?modstamp|(?:updated|modified|changed) (?:at|on|date|by|time)|date (?:modified|updated)",
    "forecast category(?: name)?|weighted (?:amount|value|revenue|pipeline|forecast)|(?:amount|value|revenue) weighted",
    "(?:lead|deal|opportunity|prospect) (?:quality|temperature)",
    "(?:churn|attrition|conversion|win|close|closing) (?:score|risk|probability|likelihood|prediction|predicted|propensity|label)",
    "(?:post|after) (?:sale|deal|close|closing|clos(?:ed|ure)|won|win|loss|conversion|churn|purchase|decision)",
    "tags? (?:set|added|assigned|applied|updated|changed|afterwards|later|date|at|by)|(?:status|outcome|result|closing|final|last|latest|current|internal|sales|rep) tags?",
    "(?:deal|opportunity|lead) (?:update|stop|updated|stopped)(?: time| date)?",
    // The public table of X Education: what its sales people and their tool gave leads while they worked on them.
    "asymmetrique(?: \\w+)*",
  ),
  ...isAll(
    `(?:hs )?(?:${deal} )*(?:(?:win|close|closing|stage|forecast|forecasted) )*(?:probability|likelihood)(?: percent| pct)?(?: of (?:close|closing|win|winning|conversion|churn))?`,
  ),
];

/** The commonest words of other languages. */
const otherLanguages = says(
  "abschlussdatum|abschluss(?:grund|wert)|abgeschlossen am|geschlossen am|gewonnen am|verloren am|verlustgrund|absagegrund|ablehnungsgrund|kundigungs(?:datum|grund)|gekundigt(?: am)?|(?:tage|dauer) (?:in|der) (?:der )?(?:phase|stufe)|vertriebsphase|verkaufsphase|verkaufschance(?:n)?phase|abschlusswahrscheinlichkeit|letzte aktivitat|letzter kontakt|geandert am",
  "date de (?:cloture|fermeture|resiliation|signature)|motif de (?:perte|resiliation|la perte)|raison de (?:la )?perte|etape (?:de vente|actuelle)|derniere activite",
  "fecha de (?:cierre|baja|cancelacion)|motivo de (?:la )?(?:perdida|baja|cancelacion)|razon de perdida|etapa (?:de venta|actual)|ultima actividad",
  "data (?:de|do) (?:fechamento|cancelamento)|motivo (?:da|de) (?:perda|cancelamento)|data di chiusura|motivo (?:della )?perdita",
  "sluitingsdatum|afsluitdatum|reden (?:van )?(?:verlies|verloren|opzegging)",
);
const otherLanguagesAlone = isAll(
  "gewonnen|verloren|ergebnis|phase|wahrscheinlichkeit|gagne|perdu|etape|probabilite|ganado|perdido|etapa|probabilidad|resultado|resultat|vinto|perso|fase|probabilita|probabilidade",
);

export const leakRules: readonly RegExp[] = [
  ...theEnd,
  ...theEndAlone,
  ...outcomes,
  ...theWay,
  ...keptUpToDate,
  ...otherLanguages,
  ...otherLanguagesAlone,
];

/** May be of afterwards, and may be honest. */
export const suspectRules: readonly RegExp[] = [
  ...says(
    `(?:expected|target|planned|estimated|scheduled|projected|anticipated) ${end} (?:date|day|month|quarter)`,
    "(?:contract|trial|campaign|term|promo|promotion) end(?: date)?",
    "(?:lead|deal|opportunity|activity|profile|prospect|engagement|satisfaction|propensity) (?:score|index|grade|rating|profile)",
    "(?:expected|predicted|forecast) (?:revenue|value|amount|margin)|sales forecast|forecast|propensity",
    "days since last (?:activity|contact|touch)|last (?:contact|call|email|meeting|login)(?: date)?",
    "(?:win|close|closing|conversion|churn) rate|cancel(?:l?ed|lation)?|churn(?:ed)?|won|lost|convert(?:ed)?|clos(?:ed|ing|ure)|signed|refunded",
    "(?:invoice|payment|order|purchase|renewal|onboarding|refund) (?:date|id|number|status|amount)|customer since|fiscal (?:period|quarter|year)",
    "tags?|next (?:step|activity)(?: date)?|(?:number of |total |done |open )(?:sales )?(?:activities|touches|touchpoints|interactions|times contacted|calls|meetings)|follow ups?(?: count)?",
    "(?:end of|end) (?:subscription|contract|service)|(?:subscription|service|membership) end(?: date)?|win ?back|reactivat(?:ed|ion)",
  ),
  ...isAll("status|(?:\\w+ )?reason|(?:\\w+ )?feedback|labels?|cltv|target"),
];
