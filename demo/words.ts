/**
 * Names are joined from nonsense syllables, so that none can be a real company's or a brand's.
 * 40 × 26 stems leave room for every account to have a stem of its own.
 */
export const stemStarts = [
  ..."Blim Snork Wobble Quib Fizzle Plonk Grum Dribble Zig Bungle Crumple Dawdle Flump Gloop Hobble Jangle".split(
    " ",
  ),
  ..."Kerfuffle Lollop Mimble Nibble Oozle Pootle Quiver Rumple Squiggle Twiddle Umble Vrump Wibble Yawble".split(
    " ",
  ),
  ..."Zumble Brindle Clonk Dither Frumple Gaggle Hiffle Jumble Knobble Muddle".split(" "),
] as const;

export const stemEnds = [
  ..."wick worth bottom stead thorpe shire mere combe ington bobbin moor hurst ley".split(" "),
  ..."march dale fold garth holm lock minster nook pond quay spindle tarn wharf".split(" "),
] as const;

/** Companies whose names try the screens, the exports and Slack's own markup. */
interface SpecialName {
  readonly kind: string;
  readonly name: string;
  readonly domain: string;
  readonly country: string;
  /** Place among the buyers by planned spend, so that some of them stand in the first lists. */
  readonly rank: number;
}

export const specialNames: readonly SpecialName[] = [
  {
    kind: "ampersand",
    name: "Quibble & Daughters Ltd",
    domain: "quibble-daughters.example",
    country: "United Kingdom",
    rank: 12,
  },
  {
    kind: "quotes",
    name: 'The "Upside Down" Pump Company',
    domain: "upside-down-pump.example",
    country: "Ireland",
    rank: 23,
  },
  {
    kind: "umlauts",
    name: "Müßiggänger & Söhne Brunnenbau GmbH",
    domain: "muessiggaenger.example",
    country: "Germany",
    rank: 9,
  },
  {
    kind: "right to left",
    name: "מגדלור דמיוני שעובד הפוך",
    domain: "migdalor-dimyoni.example",
    country: "Israel",
    rank: 31,
  },
  { kind: "CJK", name: "架空河川計器株式会社", domain: "kakuu-kasen.example", country: "Japan", rank: 18 },
  {
    kind: "emoji",
    name: "Gloopy Octopus 🐙 Works",
    domain: "gloopy-octopus.example",
    country: "Spain",
    rank: 40,
  },
  {
    kind: "starred",
    name: "*Starwhistle* Bottling",
    domain: "starwhistle.example",
    country: "Netherlands",
    rank: 27,
  },
  {
    kind: "channel mention",
    name: "<!channel> Chandlery",
    domain: "channel-chandlery.example",
    country: "France",
    rank: 36,
  },
  {
    kind: "very long",
    name: "The Honourable and Slightly Damp Fellowship of Ditch Diggers, Puddle Keepers, Gutter Sweepers and Associated Umbrella Menders of Nether Wallop-under-Drizzle",
    domain: "damp-fellowship.example",
    country: "United Kingdom",
    rank: 55,
  },
];
