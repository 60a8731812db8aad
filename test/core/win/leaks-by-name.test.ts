import { describe, expect, test } from "vitest";
import { judgeName } from "../../../src/core/win/leaks-by-name.ts";

const judge = (name: string, outcome = "Converted", names: readonly string[] = []) =>
  judgeName(name, { names, outcome });

// Oracle: what the descriptions of public tables and of CRM exports say of each column.
describe("a name that states something of after the end", () => {
  test.each([
    ["Tags", "tags"],
    ["Lead Quality", "lead quality"],
    ["Last Activity", "last activity"],
    ["Last Notable Activity", "last notable activity"],
    ["Asymmetrique Activity Score", "asymmetrique activity score"],
    ["Asymmetrique Profile Index", "asymmetrique profile index"],
    ["Elapsed Days In Sales Stage", "elapsed days in sales stage"],
    ["Sales Stage Change Count", "sales stage change count"],
    ["stage_change_count", "stage change count"],
    ["stages_count", "stages count"],
    ["Total Days Identified Through Closing", "total days identified through closing"],
    ["Total Days Identified Through Qualified", "total days identified through qualified"],
    ["Ratio Days Validated To Total Days", "ratio days validated to total days"],
    ["elapsed_days_after_close", "elapsed days"],
    ["days_after_close", "days after close"],
    ["post_sale_tag", "post sale"],
    ["tag_set_at", "tag set"],
    ["Deal - Update time", "deal update time"],
    ["Exit survey", "exit survey"],
    ["close_date", "close date"],
    ["close_value", "close value"],
    ["CloseDate", "close date"],
    ["closedate", "closedate"],
    ["days_to_close", "days to close"],
    ["Closed Lost Reason", "closed lost reason"],
    ["Deal - Lost reason", "deal lost"],
    ["Loss Reason", "loss reason"],
    ["Lost_Reason__c", "lost reason"],
    ["IsClosed", "is closed"],
    ["IsWon", "is won"],
    ["hs_is_closed_won", "hs is closed won"],
    ["won_date", "won date"],
    ["StageName", "stage name"],
    ["Deal Stage", "deal stage"],
    ["Days in stage", "days in stage"],
    ["Forecast Category", "forecast category"],
    ["ForecastCategoryName", "forecast category name"],
    ["Probability (%)", "probability"],
    ["hs_deal_stage_probability", "hs deal stage probability"],
    ["Amount weighted", "amount weighted"],
    ["LastModifiedDate", "last modified date"],
    ["Converted Date", "converted date"],
    ["ConvertedAccountId", "converted account id"],
    ["Conversion time", "conversion time"],
    ["end_date", "end date"],
    ["Actual Revenue", "actual revenue"],
    ["Customer Status", "customer status"],
    ["Opportunity Result", "opportunity result"],
    ["Kündigungsgrund", "kundigungsgrund"],
    ["Verlustgrund", "verlustgrund"],
    ["Date de clôture", "date de cloture"],
    ["Motif de perte", "motif de perte"],
    ["Fecha de cierre", "fecha de cierre"],
  ])("%s", (name, word) => {
    expect(judge(name)).toEqual({ kind: "leak", word });
  });

  test.each(["Churn Score", "Churn Reason", "Churn Category", "churn_date", "churnLabel"])(
    "%s beside the outcome Churn",
    (name) => {
      expect(judge(name, "Churn")).toMatchObject({ kind: "leak" });
    },
  );
});

describe("an honest name says nothing", () => {
  test.each([
    ...[
      "tenure",
      "month",
      "Contract",
      "campaign",
      "Total Time Spent on Website",
      "Lead Source",
      "Lead Origin",
    ],
    ...["deal size", "Deal Size Category", "Days since last purchase", "TotalVisits", "Page Views Per Visit"],
    ...["poutcome", "pdays", "previous", "previous_outcome", "default", "contact", "Competitor Type"],
    ...["Opportunity Amount USD", "Revenue From Client Past Two Years", "Client Size By Employee Count"],
    ...["Marital status", "Startup stage", "funding_stage", "Employment status", "closest city", "Timezone"],
    ...[
      "Windows version",
      "Through Recommendations",
      "lead_time",
      "age",
      "Last name",
      "signup_date",
      "start_date",
    ],
    ...[
      "CreatedDate",
      "LeadSource",
      "Industry",
      "NumberOfEmployees",
      "intent score",
      "credit score",
      "won't call",
    ],
    ...[
      "I agree to pay the amount through cheque",
      "What is your current occupation",
      "TotalCharges",
      "state",
    ],
    ...[
      "first_contact_date",
      "landing_page_id",
      "engage_date",
      "auto_renew_flag",
      "upgrade_flag",
      "referral_source",
    ],
  ])("%s", (name) => {
    expect(judge(name)).toBeUndefined();
    expect(judge(name, "Churn")).toBeUndefined();
  });
});

test.each([
  "Expected close date",
  "Contract end date",
  "Lead score",
  "Lead Profile",
  "CLTV",
  "Status",
  "Win rate",
  "Customer tags",
  "Next Step",
  "Number of Sales Activities",
  "payment_status",
])("%s may be of afterwards, and may be honest", (name) => {
  expect(judge(name)).toMatchObject({ kind: "suspicious" });
});

test("a duration is that of a conversation beside the contact, and a loan's elsewhere", () => {
  expect(judge("duration", "y", ["age", "contact", "campaign"])).toEqual({ kind: "leak", word: "duration" });
  expect(judge("Duration", "y", ["age", "Purpose"])).toEqual({ kind: "suspicious", word: "duration" });
});

test("what an earlier deal came to is known beforehand", () => {
  expect(judge("Previous deal stage")).toBeUndefined();
  expect(judge("Number of past churns", "Churn")).toBeUndefined();
  expect(judge("Last campaign outcome")).toBeUndefined();
});
