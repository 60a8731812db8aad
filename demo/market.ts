import type { SalesTeam } from "./company.ts";

export interface Product {
  readonly name: string;
  /** Price level in per cent of the account's usual deal. */
  readonly pricePercent: number;
  /** Ease of selling in per cent of the usual win rate. */
  readonly easePercent: number;
  readonly popularity: number;
  /** Usual days from first contact to an order. */
  readonly cycleDays: number;
}

export const products: readonly Product[] = [
  { name: "Flow Meter Pro", pricePercent: 120, easePercent: 100, popularity: 22, cycleDays: 70 },
  { name: "Flow Meter Mini", pricePercent: 70, easePercent: 115, popularity: 20, cycleDays: 40 },
  { name: "Level Otter", pricePercent: 90, easePercent: 100, popularity: 15, cycleDays: 55 },
  { name: "Pressure Badger", pricePercent: 100, easePercent: 90, popularity: 13, cycleDays: 60 },
  { name: "Thermo Heron", pricePercent: 85, easePercent: 100, popularity: 10, cycleDays: 55 },
  { name: "Valve Beaver", pricePercent: 110, easePercent: 85, popularity: 8, cycleDays: 80 },
  { name: "Brook Console", pricePercent: 170, easePercent: 75, popularity: 6, cycleDays: 110 },
  { name: "Calibration Care", pricePercent: 55, easePercent: 140, popularity: 12, cycleDays: 25 },
];

export interface Industry {
  /** HubSpot's label for the option, which is what its export prints (FOOD_BEVERAGES is the internal value). */
  readonly name: string;
  readonly weight: number;
  /** The trade in a company's name. */
  readonly trades: readonly string[];
  /** What these companies ask for first, and buy more readily. */
  readonly favourites: readonly string[];
}

export const industries: readonly Industry[] = [
  {
    name: "Food & Beverages",
    weight: 20,
    trades: ["Foods", "Juices", "Lemonade"],
    favourites: ["Flow Meter Mini", "Thermo Heron"],
  },
  {
    name: "Chemicals",
    weight: 16,
    trades: ["Chemicals", "Paints", "Glue"],
    favourites: ["Flow Meter Pro", "Pressure Badger"],
  },
  {
    name: "Utilities",
    weight: 14,
    trades: ["Waterworks", "Mains", "Reservoirs"],
    favourites: ["Brook Console", "Level Otter"],
  },
  {
    name: "Machinery",
    weight: 12,
    trades: ["Machines", "Gears", "Contraptions"],
    favourites: ["Pressure Badger", "Valve Beaver"],
  },
  {
    name: "Pharmaceuticals",
    weight: 10,
    trades: ["Remedies", "Pills", "Tonics"],
    favourites: ["Thermo Heron", "Calibration Care"],
  },
  {
    name: "Oil & Energy",
    weight: 8,
    trades: ["Energy", "Lamp Oil"],
    favourites: ["Flow Meter Pro", "Valve Beaver"],
  },
  {
    name: "Wine and Spirits",
    weight: 7,
    trades: ["Cellars", "Cider"],
    favourites: ["Level Otter", "Flow Meter Mini"],
  },
  {
    name: "Paper & Forest Products",
    weight: 5,
    trades: ["Papers", "Sawmills"],
    favourites: ["Level Otter", "Pressure Badger"],
  },
  {
    name: "Environmental Services",
    weight: 5,
    trades: ["Drains", "Puddles"],
    favourites: ["Brook Console", "Flow Meter Mini"],
  },
  {
    name: "Computer Software",
    weight: 3,
    trades: ["Software", "Gadgets"],
    favourites: ["Brook Console", "Calibration Care"],
  },
];

export interface Country {
  readonly name: string;
  readonly weight: number;
  readonly team: SalesTeam;
  readonly legalForm: string;
}

export const countries: readonly Country[] = [
  { name: "United Kingdom", weight: 14, team: "North", legalForm: "Ltd" },
  { name: "Netherlands", weight: 9, team: "North", legalForm: "BV" },
  { name: "Sweden", weight: 6, team: "North", legalForm: "AB" },
  { name: "Ireland", weight: 4, team: "North", legalForm: "Ltd" },
  { name: "Germany", weight: 20, team: "Central", legalForm: "GmbH" },
  { name: "Switzerland", weight: 6, team: "Central", legalForm: "AG" },
  { name: "Austria", weight: 5, team: "Central", legalForm: "GmbH" },
  { name: "Poland", weight: 4, team: "Central", legalForm: "SA" },
  { name: "France", weight: 13, team: "South", legalForm: "SA" },
  { name: "Italy", weight: 9, team: "South", legalForm: "Srl" },
  { name: "Spain", weight: 6, team: "South", legalForm: "SL" },
  { name: "Israel", weight: 2, team: "South", legalForm: "Ltd" },
  { name: "Japan", weight: 2, team: "South", legalForm: "KK" },
];

export const channels = [
  ["Direct", 60],
  ["Partner", 28],
  ["Webshop", 12],
] as const;

/** HubSpot's default pipeline. */
export const pipeline = "Sales Pipeline";
export const wonStage = "Closed Won";
export const lostStage = "Closed Lost";
export const openStages = [
  ["Appointment Scheduled", 30],
  ["Qualified To Buy", 26],
  ["Presentation Scheduled", 20],
  ["Decision Maker Bought-In", 14],
  ["Contract Sent", 10],
] as const;
