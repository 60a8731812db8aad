-- Not logged: what is lost with a crash is counted anew, and all three tables are lost together.
CREATE UNLOGGED TABLE "counted_day" (
    "workspace_id" TEXT NOT NULL,
    "account_id" UUID NOT NULL,
    "on_day" DATE NOT NULL,
    "value" BIGINT NOT NULL,
    "by_invoices" BIGINT NOT NULL,
    "by_payments" BIGINT NOT NULL,
    "purchases" INTEGER NOT NULL,
    "first_on" DATE,

    CONSTRAINT "counted_day_pkey" PRIMARY KEY ("workspace_id","account_id","on_day")
);

CREATE UNLOGGED TABLE "counted_state" (
    "workspace_id" TEXT NOT NULL,
    "counted_in" INTEGER NOT NULL,
    "state" JSONB NOT NULL,

    CONSTRAINT "counted_state_pkey" PRIMARY KEY ("workspace_id")
);

CREATE UNLOGGED TABLE "counted_cohort" (
    "workspace_id" TEXT NOT NULL,
    "cohort" DATE NOT NULL,
    "quarter" INTEGER NOT NULL,
    "accounts" INTEGER NOT NULL,
    "value_minor" BIGINT NOT NULL,
    "present" INTEGER NOT NULL,

    CONSTRAINT "counted_cohort_pkey" PRIMARY KEY ("workspace_id","cohort","quarter")
);
