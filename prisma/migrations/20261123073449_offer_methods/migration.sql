-- AlterTable
ALTER TABLE "offer" ADD COLUMN     "chances" JSONB NOT NULL DEFAULT '{"kind":"scorecard","deals":0,"won":0}';
