import { createRandom, drawNormal, type Random } from "../../src/core/random.ts";

/** A small table with the columns of a public one, drawn anew: what is known beforehand tells something, leaks tell nearly all. */
interface LookAlike {
  readonly file: string;
  readonly csv: string;
  readonly outcome: string;
  readonly time?: string;
  /** By column, how it is told. */
  readonly excluded: Readonly<Record<string, string>>;
  readonly features: readonly string[];
}

/** A row's draws, given how it ended. */
interface Draw {
  readonly row: number;
  readonly won: boolean;
  readonly chance: (share: number) => boolean;
  readonly pick: (...values: readonly string[]) => string;
  readonly normal: () => number;
}

type Cell = (draw: Draw) => string | number;
type Columns = Readonly<Record<string, Cell>>;

interface Plan {
  readonly rows: number;
  readonly share: number;
  readonly separator: string;
}

const usual: Plan = { rows: 1_200, share: 0.35, separator: "," };

function write(columns: Columns, { rows, share, separator }: Plan = usual): string {
  const random: Random = createRandom(Object.keys(columns).join());
  const lines = Array.from({ length: rows }, (_, row) => {
    const chance = (of: number) => random() < of;
    const pick = (...values: readonly string[]) => values[Math.floor(values.length * random())] ?? "";
    const draw = { row, won: chance(share), chance, pick, normal: () => drawNormal(random) };
    return Object.values(columns).map((cell) => `"${String(cell(draw)).replaceAll('"', '""')}"`);
  });
  return `${[Object.keys(columns), ...lines].map((cells) => cells.join(separator)).join("\r\n")}\r\n`;
}

const id: Cell = ({ row }) => `${((row * 7_919) % 100_003).toString(16)}-${row}`;
const day = (days: number) => new Date(Date.UTC(2023, 0, 1) + days * 86_400_000).toISOString().slice(0, 10);
const yesNo: Cell = ({ pick }) => pick("Yes", "No");
const always = (value: string): Cell => {
  return () => value;
};
const amount = (mean: number, rise: number): Cell => {
  return ({ won, normal }) => (mean * Math.exp(0.5 * normal() + (won ? rise : 0))).toFixed(2);
};
/** One of the first mostly where a row was won, of the second mostly where it was lost. */
const among = (ofWon: readonly string[], ofLost: readonly string[]): Cell => {
  return ({ won, chance, pick }) => pick(...(won === chance(0.8) ? ofWon : ofLost));
};

/** X Education: leads, "Select" where nothing was chosen, what sales people noted about them afterwards. */
const leads: LookAlike = {
  ...{ file: "Leads.csv", outcome: "Converted" },
  csv: write({
    "Prospect ID": id,
    "Lead Number": ({ row }) => 660_737 - 3 * row,
    "Lead Origin": among(["API", "Lead Add Form", "API"], ["API", "Landing Page Submission", "API"]),
    "Lead Source": ({ pick }) => pick("Google", "google", "Direct Traffic", "Olark Chat", ""),
    "Do Not Email": ({ won, chance }) => (chance(won ? 0.03 : 0.1) ? "Yes" : "No"),
    Converted: ({ won }) => Number(won),
    TotalVisits: ({ chance, normal }) => (chance(0.02) ? "" : Math.round(Math.abs(3 * normal()))),
    "Total Time Spent on Website": ({ won, normal }) =>
      Math.max(0, Math.round(400 + (won ? 400 : 0) + 500 * normal())),
    "Last Activity": among(["SMS Sent", "Email Opened"], ["Olark Chat Conversation", "Email Opened"]),
    Specialization: ({ pick }) => pick("Select", "Finance Management", "Media and Advertising", ""),
    Magazine: always("No"),
    Tags: among(
      ["Will revert after reading the email", "Closed by Horizzon", ""],
      ["Ringing", "Interested in other courses", ""],
    ),
    "Lead Quality": among(["High in Relevance", "Might be", ""], ["Worst", "Not Sure", ""]),
    "Lead Profile": ({ pick }) => pick("Select", "Potential Lead", "Student of SomeSchool", ""),
    "Asymmetrique Activity Index": ({ pick }) => pick("01.High", "02.Medium", "03.Low", ""),
    "I agree to pay the amount through cheque": always("No"),
    "Last Notable Activity": among(["SMS Sent", "Modified"], ["Modified", "Page Visited on Website"]),
  }),
  excluded: {
    ...{ "Prospect ID": "identifier", "Lead Number": "identifier", Magazine: "constant" },
    ...{ "I agree to pay the amount through cheque": "constant" },
    ...{ "Last Activity": "leak-by-name", Tags: "leak-by-name", "Lead Quality": "leak-by-name" },
    ...{ "Asymmetrique Activity Index": "leak-by-name", "Last Notable Activity": "leak-by-name" },
  },
  features: [
    ...["Lead Origin", "Lead Source", "Do Not Email", "TotalVisits", "Total Time Spent on Website"],
    ...["Specialization", "Lead Profile"],
  ],
};

/** IBM's telephone customers: blanks in amounts, the outcome twice, scores and reasons of those who left. */
const churn: LookAlike = {
  ...{ file: "telco.csv", outcome: "Churn Label" },
  csv: write({
    CustomerID: id,
    Count: always("1"),
    "Zip Code": ({ row }) => 90_001 + ((row * 31) % 300),
    "Senior Citizen": yesNo,
    "Tenure Months": ({ won, normal }) => Math.max(0, Math.round((won ? 14 : 36) + 15 * normal())),
    Contract: among(["Month-to-month", "Month-to-month", "One year"], ["Month-to-month", "Two year"]),
    "Monthly Charges": amount(60, 0.2),
    "Total Charges": ({ row, normal }) => (row % 150 === 0 ? " " : (900 * Math.exp(normal())).toFixed(2)),
    "Churn Label": ({ won }) => (won ? "Yes" : "No"),
    "Churn Value": ({ won }) => Number(won),
    "Churn Score": ({ won, normal }) => Math.round((won ? 82 : 50) + 9 * normal()),
    "Customer Status": ({ won, pick }) => (won ? "Churned" : pick("Stayed", "Stayed", "Joined")),
    "Satisfaction Score": ({ won, pick }) => (won ? pick("1", "2", "3") : pick("3", "4", "4", "5", "5")),
    "Churn Reason": ({ won, pick }) => (won ? pick("Attitude of support person", "Moved") : ""),
  }),
  excluded: {
    ...{ CustomerID: "identifier", Count: "constant", "Churn Value": "outcome" },
    ...{ "Churn Score": "leak-by-name", "Customer Status": "outcome" },
    ...{ "Satisfaction Score": "leak-by-evidence", "Churn Reason": "leak-by-name" },
  },
  features: ["Zip Code", "Senior Citizen", "Tenure Months", "Contract", "Monthly Charges", "Total Charges"],
};

/** A supplier's opportunities, with how long they took and how often they moved. */
const winLoss: LookAlike = {
  ...{ file: "WA_Fn-UseC_-Sales-Win-Loss.csv", outcome: "opportunity result" },
  csv: write(
    {
      "Opportunity Number": ({ row }) => 1_641_984 + Math.floor(row / 1.003) * 7,
      "Supplies Subgroup": ({ pick }) => pick("Exterior Accessories", "Motorcycle Parts", "Batteries"),
      "Route To Market": among(["Reseller", "Fields Sales", "Reseller"], ["Fields Sales", "Other"]),
      "Elapsed Days In Sales Stage": ({ won, normal }) =>
        Math.max(0, Math.round((won ? 30 : 60) + 20 * normal())),
      "Opportunity Result": ({ won }) => (won ? "Won" : "Loss"),
      "Sales Stage Change Count": ({ won, pick }) => (won ? pick("3", "4", "5", "6") : pick("1", "2", "3")),
      "Total Days Identified Through Closing": ({ normal }) => Math.round(Math.abs(20 * normal())),
      "Ratio Days Identified To Total Days": ({ pick }) => pick("0", "1", "0.5"),
      "Opportunity Amount USD": ({ won, normal }) =>
        Math.round(80_000 * Math.exp(normal() - (won ? 0.7 : 0))),
      "Client Size By Revenue": ({ pick }) => pick("1", "2", "3", "4", "5"),
      "Competitor Type": ({ pick }) => pick("Unknown", "Known", "None"),
      "Deal Size Category": ({ pick }) => pick("1", "2", "3", "4", "5", "6", "7"),
    },
    { ...usual, share: 0.23 },
  ),
  excluded: {
    ...{ "Opportunity Number": "identifier", "Elapsed Days In Sales Stage": "leak-by-name" },
    ...{ "Sales Stage Change Count": "leak-by-name" },
    ...{ "Total Days Identified Through Closing": "leak-by-name" },
    ...{ "Ratio Days Identified To Total Days": "leak-by-name" },
  },
  features: [
    ...["Supplies Subgroup", "Route To Market", "Opportunity Amount USD", "Client Size By Revenue"],
    ...["Competitor Type", "Deal Size Category"],
  ],
};

/** A bank's calls, with semicolons: how long a call took is known when it has ended. */
const calls: LookAlike = {
  ...{ file: "bank-full.csv", outcome: "y" },
  csv: `\uFEFF${write(
    {
      age: ({ normal }) => Math.round(40 + 10 * normal()),
      job: among(["student", "retired", "admin."], ["blue-collar", "admin.", "services"]),
      default: ({ chance }) => (chance(0.02) ? "yes" : "no"),
      balance: ({ normal }) => Math.round(1_300 + 3_000 * normal()),
      contact: among(["cellular"], ["cellular", "unknown"]),
      month: ({ pick }) => pick("may", "jul", "oct"),
      duration: ({ won, normal }) => Math.round((won ? 540 : 220) * Math.exp(0.6 * normal())),
      campaign: ({ normal }) => 1 + Math.round(Math.abs(2 * normal())),
      pdays: ({ chance, pick }) => (chance(0.8) ? -1 : pick("90", "180", "365")),
      poutcome: among(["success", "unknown", "failure"], ["unknown", "unknown", "failure"]),
      y: ({ won }) => (won ? "yes" : "no"),
    },
    { rows: 1_500, share: 0.2, separator: ";" },
  )}`,
  excluded: { duration: "leak-by-name" },
  features: ["age", "job", "default", "balance", "contact", "month", "campaign", "pdays", "poutcome"],
};

/** A CRM's export by day, some deals still open: what is filled in or kept up to date when they close. */
const opportunities: LookAlike = {
  ...{ file: "opportunities.csv", outcome: "Stage", time: "Created Date" },
  csv: write({
    "Opportunity ID": id,
    "Created Date": ({ row }) => day(row / 3),
    Stage: ({ won, chance, pick }) =>
      chance(0.15) ? pick("Proposal", "Qualification") : won ? "Closed Won" : "Closed Lost",
    close_date: ({ row }) => day(row / 3 + 60),
    close_value: ({ won, row }) => (won ? 500 + (row % 40) * 100 : 0),
    "Probability (%)": ({ won }) => (won ? 100 : 0),
    IsWon: ({ won }) => (won ? "true" : "false"),
    "Loss Notes": ({ won, pick }) => (won ? "" : pick("too dear", "no answer", "went elsewhere")),
    Handover: ({ won, row, chance }) => (won && chance(0.9) ? `H-${row}` : ""),
    "Next Step": ({ pick }) => pick("call back", "send offer", "", "waiting"),
    "Lead Source": among(["Partner", "Web"], ["Web", "Fair", "Cold call"]),
    Employees: ({ won, normal }) => Math.round(80 * Math.exp(normal() + (won ? 0.6 : 0))),
    "Customer since": ({ row }) => day(row / 3 - ((row * 13) % 900)),
    Description: ({ row, pick }) => `Wants ${row} pieces; asked by ${pick("mail", "phone")} — "soon" #${row}`,
  }),
  excluded: {
    ...{ "Opportunity ID": "identifier", close_date: "leak-by-name", close_value: "leak-by-name" },
    ...{ "Probability (%)": "outcome", IsWon: "outcome", "Loss Notes": "leak-by-name" },
    ...{ Handover: "leak-by-evidence", Description: "free-text" },
  },
  features: ["Next Step", "Lead Source", "Employees", "Customer since"],
};

export const lookAlikes: readonly LookAlike[] = [leads, churn, winLoss, calls, opportunities];
