import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { type FitOptions, fitFile } from "../../src/fits/fit-file.ts";
import { wordFit } from "../../src/fits/word-fit.ts";
import { tempFile, tempFolder } from "../helpers/temp-file.ts";
import { startTerminal } from "../helpers/terminal-process.ts";

const cdnow = fileURLToPath(new URL("../fixtures/cdnow-sample.csv.gz", import.meta.url));
const days = { until: "1997-09-30", holdout: "1998-06-30" };
const report = (path: string, options: Partial<FitOptions> = {}) =>
  fitFile(path, { model: "bg-nbd", unit: "week", ...options }, () => 0);
const csv = (...lines: readonly string[]) => tempFile(`${lines.join("\n")}\n`, "ledger.csv");

describe("CDNOW's sample", () => {
  // Oracle: Fader, Hardie & Lee 2005, and the holdout table computed by public packages.
  test("has the published parameters, and the holdout beside what takes no model", async () => {
    const { parameters, logLikelihood, customers, outcome, holdout, baselines, choice } = await report(
      cdnow,
      days,
    );
    expect(parameters?.r).toBeCloseTo(0.2426, 4);
    expect(parameters?.alpha).toBeCloseTo(4.4136, 3);
    expect(logLikelihood).toBeCloseTo(-9582.429, 3);
    expect({ customers, outcome }).toEqual({ customers: 2357, outcome: { kind: "converged" } });
    expect(holdout?.mae).toBeCloseTo(0.7855, 4);
    expect(holdout?.actual).toBe(1882);
    expect(baselines.map(({ name, mae }) => [name, mae.toFixed(4)])).toEqual([
      ["same-as-calibration", "0.8973"],
      ["nobody-buys-again", "0.7985"],
      ["everybody-buys-the-mean", "1.2467"],
    ]);
    expect(choice?.name).toBe("bg-nbd");
    expect(choice?.margin).toBeCloseTo(0.013, 3);
  });

  test("may lack a header line, as it was published, and what was free counts as bought", async () => {
    const [, ...lines] = gunzipSync(readFileSync(cdnow)).toString().trim().split("\n");
    const published = lines.map((line) => {
      const [customer = "", date = "", cds = "", dollars = ""] = line.split(",");
      return ` 0${customer} ${customer} ${date.replaceAll("-", "")} ${cds.padStart(2)} ${dollars.padStart(7)}\r\n`;
    });
    const spend = await report(tempFile(published.join(""), "CDNOW_sample.txt"), {
      ...days,
      model: "gamma-gamma",
    });
    expect(spend.parameters?.p).toBeCloseTo(6.25, 2);
    expect(spend.logLikelihood).toBeCloseTo(-4055.918, 2);
    expect(spend).toMatchObject({ customers: 946, holdout: null, baselines: [], choice: null });
    expect(wordFit(spend)).toContain("gamma-gamma foretells what is spent, not how often: no holdout.");
    expect(spend.file).toMatchObject({ rows: 6919, purchases: 6919, repeatBuyers: 946 });
  });

  test("reads as a table for people", async () => {
    const text = wordFit(await report(cdnow, days));
    expect(text).toContain("bg-nbd for 2,357 customers, 946 of them bought again, 1 Jan 1997 to 30 Sep 1997");
    expect(text).toMatch(/^r +0\.2426 +0\.0126$/m);
    expect(text).toMatch(/^bg-nbd +0\.7855 +1\.6080 +1,653 +1,882$/m);
    expect(text).toMatch(/^nobody buys again +0\.7985/m);
    expect(text).toContain("Nearest by MAE: bg-nbd, by 0.0130 before the next.");
  });
});

describe("what is read", () => {
  const rows = [
    ...["A1,2025-01-10,10", "A1,2025-03-01,12", "A2,2025-01-12,8", "A2,2025-02-12,8"],
    ...["A3,2025-01-20,5", "A3,2025-04-20,6", "A4,2025-02-01,9", "A4,2025-05-01,9"],
  ];

  test.each([
    "Customer ID,Invoice Date,Net amount",
    "customer_id,order_date,order_value",
    "ACCOUNT,CloseDate,close-value",
    "Kundennummer,Rechnungsdatum,Betrag",
    "E-Mail,Purchased on,Revenue",
  ])("%s", async (header) => {
    const { file } = await report(csv(header, ...rows));
    const [customer, day, amount] = header.split(",");
    expect(file).toMatchObject({ purchases: 8, repeatBuyers: 4, columns: { customer, day, amount } });
    expect(file).toMatchObject({ from: "2025-01-10", until: "2025-05-01", lastPurchase: "2025-05-01" });
  });

  test("quantity × price is an amount, days may be written 20250110, and amounts with a comma", async () => {
    const path = csv(
      "Customer;Date;Quantity;Unit price",
      ...["A1;20250110;2;5,50", "A1;20250301;3;5,00", "A2;20250112;1;20,00", "A2;20250401;1;30,00"],
    );
    const { parameters, file } = await report(path, { model: "gamma-gamma" });
    // The mean of all repeat purchases is between 15 and 30.
    const { p = 0, q = 0, v = 0 } = parameters ?? {};
    expect((p * v) / (q - 1)).toBeGreaterThan(15);
    expect((p * v) / (q - 1)).toBeLessThan(30);
    expect(file).toMatchObject({ purchases: 4, repeatBuyers: 2, from: "2025-01-10", until: "2025-04-01" });
  });

  test("what is no purchase is left out and counted", async () => {
    const path = csv(
      "InvoiceNo,CustomerID,InvoiceDate,Quantity,UnitPrice,Status",
      ...["1,A,2025-01-01,1,5,paid", "2,A,2025-02-01,1,5,paid", "3,B,2025-01-01,1,5,paid"],
      ...["4,,2025-01-01,1,5,paid", "C5,A,2025-01-01,-1,5,paid", "6,A,2025-01-09,1,5,refunded"],
      ...[
        "7,A,2025-01-10,-1,5,paid",
        "8,A,2025-01-11,1,0,paid",
        "9,A,soon,1,5,paid",
        "10,A,2025-03-01,one,5,paid",
      ],
    );
    const { file, customers } = await report(path);
    expect(customers).toBe(2);
    expect(file).toMatchObject({
      ...{ rows: 10, purchases: 3 },
      dropped: { withoutCustomer: 1, cancelled: 2, notPositive: 2, unreadable: 2 },
    });
    expect(wordFit(await report(path))).toContain("left out: 2 cancelled");
  });

  test("a holdout that goes on after the file says so", async () => {
    const path = csv("Customer,Date,Amount", ...rows);
    const text = wordFit(await report(path, { until: "2025-03-01", holdout: "2026-01-01" }));
    expect(text).toContain("The last purchase in the file is of 1 May 2025: later ones count as none.");
  });
});

describe("what cannot be fitted", () => {
  test.each(["bg-nbd", "mbg-nbd", "pareto-nbd", "nbd", "gamma-gamma"] as const)(
    "%s without repeat buyers is an outcome, and the JSON holds no number that is none",
    async (model) => {
      const path = csv("Customer,Date,Amount", "A,2025-01-01,5", "B,2025-01-02,5", "C,2025-03-01,6");
      const found = await report(path, { model, until: "2025-02-01", holdout: "2025-03-01" });
      expect(found).toMatchObject({ parameters: null, logLikelihood: null, outcome: { kind: "no-signal" } });
      const text = JSON.stringify(found, (_, value: unknown) =>
        Number.isNaN(value) ? "not a number" : value,
      );
      expect(text).not.toContain("not a number");
      expect(wordFit(found)).toContain("Not fitted.");
    },
  );

  test("baselines are scored all the same", async () => {
    const path = csv("Customer,Date", "A,2025-01-01", "B,2025-01-02", "A,2025-03-01");
    const { choice, baselines } = await report(path, { until: "2025-02-01", holdout: "2025-03-01" });
    expect(baselines.map(({ actual }) => actual)).toEqual([1, 1, 1]);
    expect(choice).toEqual({ name: "same-as-calibration", margin: 0 });
  });

  test.each([
    {
      options: { holdout: "2025-01-01", until: "2025-02-01" },
      says: /2025-01-01 is not after --until 2025-02-01/,
    },
    { options: { holdout: "2025-03-01" }, says: /Say --until too/ },
    {
      options: { until: "2024-01-01" },
      says: /Nobody bought until 1 Jan 2024: the first purchase is on 1 Jan 2025/,
    },
    { options: { until: "soon" }, says: /--until soon: not a date/ },
    { options: { model: "gamma-gamma" }, says: /has no amounts beside Customer and Date/ },
    { options: { model: "sbg" }, says: /is no survival table: its columns are Customer, Date/ },
    { options: { model: "sbg", until: "2025-02-01" }, says: /leave out --until and --holdout/ },
  ] as const)("$options: $says", async ({ options, says }) => {
    await expect(report(csv("Customer,Date", "A,2025-01-01", "A,2025-02-01"), options)).rejects.toThrow(says);
  });

  test.each([
    { lines: ["Name,Colour", "A,blue"], says: /is no ledger: its columns are Name, Colour/ },
    { lines: ["period,survivors", "0,100", "1,90"], says: /is a survival table.*sbg/ },
    { lines: ["Customer,Date", ",2025-01-01"], says: /has no purchase in 1 row\./ },
    { lines: ["Customer,Date", "A,03/04/2025"], says: /can be read two ways.*--dates dmy/ },
  ])("$lines: $says", async ({ lines, says }) => {
    await expect(report(csv(...lines))).rejects.toThrow(says);
  });
});

describe("sbg", () => {
  const highEnd = ["1000", "869", "743", "653", "593", "551", "517", "491"];

  // Oracle: Fader & Hardie 2007.
  test.each(["period,survivors", "Year;Customers"])("%s", async (header) => {
    const mark = header.includes(";") ? ";" : ",";
    const path = csv(header, ...highEnd.map((left, period) => `${period}${mark}${left}`));
    const found = await report(path, { model: "sbg" });
    expect(found.parameters?.alpha).toBeCloseTo(0.6681, 4);
    expect(found.parameters?.beta).toBeCloseTo(3.8061, 4);
    expect(found.logLikelihood).toBeCloseTo(-1611.158, 3);
    expect(found).toMatchObject({ customers: 1000, holdout: null, baselines: [], choice: null });
    expect(wordFit(found)).toMatch(/^ +8 +– +46\.0 %$/m);
  });

  test.each([
    { lines: ["1,90", "2,80"], says: /has "1" in line 2 where period 0 should be/ },
    { lines: ["0,90", "2,80"], says: /has "2" in line 3 where period 1 should be/ },
    { lines: ["0,90", "1,95"], says: /has "95" survivors in line 3/ },
    { lines: ["0,90", "1,many"], says: /has "many" survivors in line 3/ },
  ])("$lines: $says", async ({ lines, says }) => {
    await expect(report(csv("period,survivors", ...lines), { model: "sbg" })).rejects.toThrow(says);
  });
});

test("in a terminal it needs no store, and what cannot be fitted is no failure", async () => {
  const data = join(tempFolder(), "data");
  const path = csv("Customer,Date", "A,2025-01-01", "B,2025-01-02");
  const { code, output } = await startTerminal(["fit", "nbd", path, "--json"], { DATA_DIR: data }).ended;
  expect(code).toBe(0);
  expect(JSON.parse(output)).toMatchObject({
    model: "nbd",
    parameters: null,
    outcome: { kind: "no-signal" },
  });
  expect(existsSync(data)).toBe(false);
});

test("in a terminal a file that is none fails with a sentence", async () => {
  const { code, output, errors } = await startTerminal(["fit", "nbd", "nowhere.csv"], {}).ended;
  expect({ code, output, errors }).toEqual({
    ...{ code: 1, output: "", errors: "nowhere.csv does not exist. Check the path: nowhere.csv.\n" },
  });
});
