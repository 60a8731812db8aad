import { createRandom, drawExponential, drawNormal, type Random } from "../../src/core/random.ts";

/** A table of leads in the style of public ones: what is known beforehand, and columns that are not. */
export interface PlantedLeads {
  readonly csv: string;
  /** What a leak is called, and how it is told. */
  readonly leaks: Readonly<Record<string, "leak-by-name" | "leak-by-evidence" | "outcome">>;
  readonly honest: readonly string[];
  /** By row, in the order of time: the honest columns as numbers, and 1 where the lead converted. */
  readonly design: readonly (readonly number[])[];
  readonly won: readonly number[];
}

const sources = [
  "Organic Search",
  "Google",
  "Olark Chat",
  "Reference",
  "Welingak Website",
  "Select",
] as const;
const sourceEffects = [0, 0.2, -0.8, 1.6, 1.2, -0.3];
const industries = ["Finance", "Manufacturing", "Retail", "Health, care and social work", ""] as const;
const industryEffects = [0.3, -0.4, 0, 0.5, -0.1];
const cities = ["Mumbai", "Pune", "Thane", "Nagpur", "Nashik", "unknown"] as const;
const dayMs = 86_400_000;

export function plantedLeads(seed: number, rows = 4_000): PlantedLeads {
  const random = createRandom(seed);
  const leads = Array.from({ length: rows }, (_, row) => drawLead(random, row));
  const header =
    "Prospect ID,Created,Lead Source,Industry,City,TotalVisits,Total Time Spent on Website,Do Not Email,Note," +
    "Converted,Stage change count,Days elapsed after close,Tags,Enrolment,Batch,Onboarding ref,Field 12";
  return {
    csv: `${[header, ...leads.map(({ line }) => line)].join("\n")}\n`,
    leaks: {
      ...{ "Stage change count": "leak-by-name", "Days elapsed after close": "leak-by-name" },
      ...{ Tags: "leak-by-name", Enrolment: "outcome" },
      ...{ Batch: "leak-by-evidence", "Onboarding ref": "leak-by-evidence", "Field 12": "leak-by-evidence" },
    },
    honest: ["Lead Source", "Industry", "City", "TotalVisits", "Total Time Spent on Website", "Do Not Email"],
    design: leads.map(({ known }) => known),
    won: leads.map(({ won }) => won),
  };
}

function drawLead(random: Random, row: number) {
  const pick = (count: number) => Math.floor(random() * count);
  const [source, industry, city] = [pick(sources.length), pick(industries.length), pick(cities.length)];
  const visits = Math.floor(drawExponential(random) * 4);
  const hasTime = random() > 0.15;
  const seconds = Math.round(drawExponential(random) * 500);
  const isSilent = random() < 0.1;
  const logOdds =
    -1.4 +
    (sourceEffects[source] ?? 0) +
    (industryEffects[industry] ?? 0) +
    (hasTime ? 0.9 * Math.log1p(seconds / 200) : -0.5) +
    0.04 * visits -
    (isSilent ? 1.2 : 0);
  const won = random() < 1 / (1 + Math.exp(-logOdds)) ? 1 : 0;
  const created = new Date(Date.UTC(2024, 0, 1) + Math.floor(row / 8) * dayMs).toISOString().slice(0, 10);
  const slips = random() < 0.01;
  const quoted = `"${industries[industry] ?? ""}"`;
  const note = `"Asked on day ${row} about ""course ${pick(1e6)}"", and will call back; ☃ ${pick(1e6)}"`;
  const cells = [
    ...[`${(row * 7_919) % 100_003}-x${row}`, created, sources[source], quoted, cities[city], visits],
    ...[hasTime ? seconds : "", isSilent ? "Yes" : "No", note, won],
    ...[won ? 3 + pick(3) : 1 + pick(3), Math.max(0, Math.round((won ? 20 : 45) + 8 * drawNormal(random)))],
    ...[won && random() < 0.9 ? "Will revert after reading" : ["Ringing", "Select", "Busy"][pick(3)]],
    ...[won ? "in" : "out", (won === 1) !== slips ? `K${pick(4)}` : `M${pick(4)}`, won ? `R-${row}` : ""],
    (50 + (won ? 30 : 0) + 10 * drawNormal(random)).toFixed(2),
  ];
  const known = [
    ...sources.slice(1).map((_, place) => Number(source === place + 1)),
    ...industries.slice(1).map((_, place) => Number(industry === place + 1)),
    ...cities.slice(1).map((_, place) => Number(city === place + 1)),
    ...[visits / 4, hasTime ? Math.log1p(seconds / 200) : 0, Number(!hasTime), Number(isSilent)],
  ];
  return { line: cells.join(","), known, won };
}
