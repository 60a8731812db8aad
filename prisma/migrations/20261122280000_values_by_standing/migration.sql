-- DropForeignKey
ALTER TABLE "account_value" DROP CONSTRAINT "account_value_workspace_id_account_id_fkey";
