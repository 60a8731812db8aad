import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { decideDialect } from "../../src/ingest/dialect.ts";
import { type MappedPreset, mappingFor, mappingPresets, requireColumns } from "../../src/ingest/mapping.ts";
import { kindNames } from "../../src/ingest/mapping-kinds.ts";
import { surveyTable } from "../../src/ingest/survey-table.ts";
import { openTable } from "../../src/tables/read-table.ts";
import { tempFile } from "../helpers/temp-file.ts";

const document = readFileSync(new URL("../../docs/mapping.md", import.meta.url), "utf8");

const examples = [
  ...document.matchAll(/<!-- example: (\S+) -->\n```yaml\n([\s\S]*?)```\n\n```csv\n([\s\S]*?)```/g),
].map(([, file = "", yaml = "", csv = ""]) => ({ file, yaml, csv }));

async function load(file: string) {
  const example = examples.find((candidate) => candidate.file === file);
  if (!example) throw new RangeError(file);
  const path = tempFile(example.csv, file);
  const mapping = mappingFor(mappingPresets(example.yaml, "mapping.yaml"), path) as MappedPreset;
  const table = await openTable(path, mapping.open);
  requireColumns(mapping, path, table.headers);
  const dialect = decideDialect(path, await surveyTable(table, mapping), mapping.dialect);
  const rows: unknown[] = [];
  for await (const row of table)
    rows.push("fault" in row ? row : mapping.read(row.cells, { currency: "USD", dialect }));
  return rows;
}

describe("the written examples", () => {
  test("there is one of every kind", () => {
    const kinds = examples.flatMap(({ yaml }) => /^kind: (\S+)/m.exec(yaml)?.slice(1) ?? []);
    expect([...new Set(kinds)].sort()).toEqual([...kindNames].sort());
    expect(document.match(/```yaml/g)).toHaveLength(examples.length + 1);
  });

  test("the German ledger", async () => {
    const line = {
      kind: "invoice",
      account: { externalId: "007", name: "Grummel KG" },
      product: { externalId: "P9" },
      currency: "EUR",
    };
    expect(await load("umsatz-2026.csv")).toEqual([
      [
        {
          ...line,
          document: "R-1",
          onDay: "2026-04-03",
          amountMinor: 100_000n,
          custom: { Status: "Bezahlt", Art: "Rechnung", Notiz: "eilig" },
        },
      ],
      [
        {
          ...line,
          document: "R-2",
          onDay: "2026-04-05",
          amountMinor: -10_000n,
          custom: { Status: "Offen", Art: "Gutschrift" },
        },
      ],
      [],
    ]);
  });

  test("accounts", async () => {
    expect(await load("customers.csv")).toEqual([
      [
        {
          kind: "account",
          externalId: "C-7",
          name: "Grum Ponds",
          domain: "grum.example",
          industry: "Utilities",
          region: "Wales",
          owner: { name: "Ida Plonk" },
          createdOn: "2024-02-29",
          custom: { "Pond depth": "3" },
        },
      ],
    ]);
  });

  test("reps", async () => {
    expect(await load("people.csv")).toEqual([
      [
        {
          kind: "rep",
          externalId: "11",
          name: "Ida Plonk",
          email: "ida@plonk.example",
          team: "North",
          manager: "Bo Flump",
          office: "Hill",
          custom: {},
        },
      ],
    ]);
  });

  test("products", async () => {
    const product = { kind: "product", series: "Pumps", custom: {} };
    expect(await load("articles.csv")).toEqual([
      [{ ...product, externalId: "P9", name: "Pump 9", listPrice: "55.125" }],
      [{ ...product, externalId: "P10", name: "Pump 10", listPrice: "1060.50" }],
    ]);
  });

  test("opportunities", async () => {
    const project = {
      kind: "opportunity",
      account: { externalId: "C-7" },
      owner: { name: "Ida Plonk" },
      currency: "EUR",
      custom: {},
    };
    expect(await load("projects.csv")).toEqual([
      [
        {
          ...project,
          externalId: "1",
          name: "Pump for the pond",
          stage: "Ordered",
          status: "won",
          amountMinor: 120_050n,
          createdOn: "2026-01-02",
          closeOn: "2026-02-03",
        },
      ],
      [
        {
          ...project,
          externalId: "2",
          name: "Second pump",
          stage: "Offer",
          status: "open",
          amountMinor: 90_000n,
          createdOn: "2026-03-04",
        },
      ],
      { column: "Phase", value: "Dreaming", reason: "not a stage that the mapping names" },
    ]);
  });

  test("opportunity lines", async () => {
    expect(await load("project-lines.csv")).toEqual([
      [
        {
          kind: "opportunity-line",
          externalId: "1-1",
          opportunityId: "1",
          product: { externalId: "P9", name: "Pump 9" },
          quantity: "3",
          unitPrice: "55.125",
          amountMinor: 16_538n,
          currency: "EUR",
          serviceOn: "2026-02-10",
          custom: {},
        },
      ],
    ]);
  });

  test("invoices without a header line", async () => {
    const line = {
      kind: "invoice",
      document: "S-1",
      onDay: "2026-03-04",
      account: { name: "Grum Ponds" },
      accountRegion: "Wales",
      currency: "EUR",
      custom: {},
    };
    expect(await load("sales.tsv")).toEqual([
      [{ ...line, product: { name: "Pump 9" }, quantity: "2", unitPrice: "59.50", amountMinor: 10_000n }],
      [{ ...line, product: { name: "Hose" }, quantity: "1", unitPrice: "0" }],
    ]);
  });

  test("payments with a refunded part", async () => {
    const payment = {
      kind: "payment",
      document: "in_1",
      account: { externalId: "cus_7" },
      onDay: "2026-03-04",
      currency: "EUR",
      custom: { Status: "Paid" },
    };
    expect(await load("charges.csv")).toEqual([
      [
        { ...payment, externalId: "ch_1", amountMinor: 10_000n },
        { ...payment, externalId: "ch_1:refunded", amountMinor: -2_500n },
      ],
      [],
    ]);
  });

  test("rates", async () => {
    expect(await load("rates.csv")).toEqual([
      [{ kind: "rate", base: "EUR", quote: "USD", onDay: "2026-03-02", rate: "1.0834" }],
    ]);
  });

  test("several in one file, chosen by the file's name", () => {
    const yaml = /<!-- several -->\n```yaml\n([\s\S]*?)```/.exec(document)?.[1] ?? "";
    const mappings = mappingPresets(yaml, "erp.yaml");
    const chosen = ["a/Customers-2026.CSV", "articles1.csv", "articles12.csv"].map(
      (path) => mappingFor(mappings, path)?.id,
    );
    expect(chosen).toEqual(["erp-accounts", "erp-products", undefined]);
  });
});
