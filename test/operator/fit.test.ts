import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { type FitOptions, fitFile } from "../../src/fits/fit-file.ts";
import { wordFit } from "../../src/fits/word-fit.ts";
import { tempFile, tempFolder } from "../helpers/temp-file.ts";
import { startTerminal } from "../helpers/terminal-process.ts";
import { textRow, writeWorkbook } from "../helpers/write-workbook.ts";

const cdnow = fileURLToPath(new URL("../fixtures/cdnow-sample.csv.gz", import.meta.url));
const days = { until: "1997-09-30", holdout: "1998-06-30" };
const report = (path: string, options: Partial<FitOptions> = {}) =>
  fitFile(path, { model: "bg-nbd", ...options }, () => 0);
const dayAfter = (days: number) => new Date(Date.UTC(2025, 0, 1 + days)).toISOString().slice(0, 10);
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
    // Nobody buys again misses by 0.013 more, and could not have been chosen.
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
    expect(text).toContain("Users would see bg-nbd.");
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
    expect(text).toContain("The last purchase in the file is of 2025-05-01: later ones count as none.");
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
    expect(choice).toEqual({ name: "same-as-calibration" });
  });

  test.each([
    {
      options: { holdout: "2025-01-01", until: "2025-02-01" },
      says: /2025-01-01 is not after --until 2025-02-01/,
    },
    { options: { holdout: "2025-03-01" }, says: /Say --until too/ },
    {
      options: { until: "2024-01-01" },
      says: /Nobody bought until 1 Jan 2024: the first day is 1 Jan 2025/,
    },
    { options: { until: "soon" }, says: /--until soon: not a date/ },
    { options: { model: "gamma-gamma" }, says: /has no amounts beside Customer and Date/ },
    {
      options: { model: "sbg" },
      says: /is no survival table and has no subscriptions: its columns are Customer, Date/,
    },
    { options: { unit: "month" }, says: /bg-nbd is fitted in days or weeks/ },
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

describe("what users would see", () => {
  const onlineRetail = () => {
    const rows = [..."abcdefghij"].flatMap((name, index) =>
      Array.from({ length: 3 + index }, (_, nth) => `${name},${dayAfter(nth * 9 + (index % 3))}`),
    );
    return csv("Customer,Date", ...rows, "k,2025-01-02", "l,2025-01-05");
  };

  test("at a boundary the model is named, and the NBD that holds there stands beside it and contends", async () => {
    const found = await report(onlineRetail(), { until: dayAfter(60), holdout: dayAfter(120) });
    expect(found.outcome).toMatchObject({ kind: "boundary", meaning: expect.any(String) });
    const { fallback, choice, holdout } = found;
    expect(fallback).toMatchObject({ model: "nbd", customers: found.customers });
    expect(Object.keys(fallback?.parameters ?? {})).toEqual(["r", "alpha"]);
    expect(fallback?.holdout?.actual).toBe(holdout?.actual);
    expect(["nbd", "bg-nbd", "same-as-calibration"]).toContain(choice?.name);
    expect(wordFit(found)).toMatch(/^Instead nbd: /m);
    expect(wordFit(found)).toMatch(/^Users would see /m);
  });

  test("where nobody leaves the NBD is seen and the model is not", async () => {
    const loyal = Array.from({ length: 30 }, (_, who) =>
      Array.from({ length: 2 + (who % 7) }, (_, nth) => `c${who},${dayAfter(200 - nth * (5 + (who % 5)))}`),
    );
    const found = await report(csv("Customer,Date", ...loyal.flat()), {
      ...{ until: dayAfter(200), holdout: dayAfter(230) },
    });
    expect(found.outcome).toMatchObject({ kind: "boundary", meaning: "no customer ever leaves" });
    expect(found.fallback?.logLikelihood).toBeCloseTo(found.logLikelihood ?? 0, 1);
    expect(found.choice?.name).not.toBe("bg-nbd");
  });

  test("that nobody buys again is shown, and never chosen: it says the same of everybody", async () => {
    const found = await report(
      csv(
        "Customer,Date",
        ...Array.from({ length: 40 }, (_, who) => `c${who},${dayAfter(who)}`),
        ...["c1", "c2", "c3"].map((who, nth) => `${who},${dayAfter(20 + nth)}`),
      ),
      { until: dayAfter(50), holdout: dayAfter(100) },
    );
    expect(found.baselines.find(({ name }) => name === "nobody-buys-again")?.mae).toBe(0);
    expect(found.choice?.name).not.toBe("nobody-buys-again");
    expect(wordFit(found)).toContain('"nobody buys again" comes nearer by MAE and is not chosen');
  });

  test("the JSON has every promised key, whatever the outcome", async () => {
    const found = await report(csv("Customer,Date", "A,2025-01-01", "B,2025-01-02"));
    expect(Object.keys(found)).toEqual(
      expect.arrayContaining([
        ...["model", "parameters", "standardErrors", "logLikelihood", "customers", "seconds"],
        ...["outcome", "holdout", "baselines", "fallback", "choice", "notes", "file"],
      ]),
    );
  });
});

describe("subscriptions", () => {
  // High End of Fader & Hardie 2007: who left after k years ended on the day k years after the start.
  const highEnd = [1000, 869, 743, 653, 593, 551, 517, 491];
  const spells = highEnd.flatMap((left, year) => {
    const gone = left - (highEnd[year + 1] ?? left);
    return Array.from({ length: gone }, () => `2015-03-01,${2016 + year}-03-01`);
  });
  const everybody = [...spells, ...Array.from({ length: 491 }, () => "2015-03-01,")];

  test("with a start and an end say the same as their survival table", async () => {
    const found = await report(csv("start_date,end_date", ...everybody), {
      ...{ model: "sbg", unit: "year", until: "2022-03-01" },
    });
    expect(found.parameters?.alpha).toBeCloseTo(0.6681, 4);
    expect(found.parameters?.beta).toBeCloseTo(3.8061, 4);
    expect(found).toMatchObject({ customers: 1000, holdout: null });
    expect(found.file).toMatchObject({ kind: "lifetimes", subscriptions: 1000, unit: "year" });
    expect(wordFit(found)).toMatch(/^ +7 +49\.1 % +48\.9 %$/m);
  });

  test("those who are there on a day are foretold, beside a retention that stays as it was", async () => {
    const found = await report(
      csv("Vertragsbeginn;Vertragsende", ...everybody.map((row) => row.replace(",", ";"))),
      {
        ...{ model: "sbg", unit: "year", until: "2019-06-01", holdout: "2022-06-01" },
      },
    );
    // On 1 June 2019 four renewals were behind them, three more were to come.
    expect(found.holdout?.actual).toBe(491);
    expect(Math.abs((found.holdout?.predicted ?? 0) / 491 - 1)).toBeLessThan(0.1);
    expect(found.baselines.map(({ name }) => name)).toEqual(["constant-retention"]);
    // The mean retention of four years, three times.
    const [due, renewed] = [1000 + 869 + 743 + 653, 869 + 743 + 653 + 593];
    expect(found.baselines[0]?.predicted).toBeCloseTo(593 * (renewed / due) ** 3, 6);
    expect(found.choice?.name).toBe("sbg");
  });

  test("with lengths and whether they ended", async () => {
    const rows = highEnd.flatMap((left, year) => {
      const gone = left - (highEnd[year + 1] ?? left);
      return Array.from({ length: gone }, () => `${year + 1},Yes`);
    });
    const there = Array.from({ length: 491 }, () => "8,No");
    const found = await report(csv("tenure,Churn", ...rows, ...there, "0,No", "3,perhaps"), { model: "sbg" });
    expect(found.parameters?.alpha).toBeCloseTo(0.6681, 4);
    expect(found.file).toMatchObject({ subscriptions: 1000, dropped: { notOnePeriod: 1, unreadable: 1 } });
  });

  test("who leaves before a renewal was due is not yet counted as a renewal that failed", async () => {
    // Two began three months ago, and one of them left in the month that is still running.
    const rows = ["2025-01-15,", "2025-01-15,2025-04-10", "2025-01-15,2025-02-15", "2025-01-31,"];
    const found = await report(csv("Start,End", ...rows), { model: "sbg", until: "2025-04-12" });
    expect(
      found.file.kind === "lifetimes" && found.file.periods.slice(0, 4).map(({ actual }) => actual),
    ).toEqual([...[1, 0.75, 0.75, null]]);
  });

  test("a survival table has a holdout too", async () => {
    const rows = highEnd.map((left, year) => `${year},${left}`);
    const found = await report(csv("year,survivors", ...rows, "8,468", "9,445"), {
      model: "sbg",
      until: "7",
    });
    expect(found.parameters?.alpha).toBeCloseTo(0.6681, 4);
    expect(found.holdout).toMatchObject({ actual: 445 });
    // Oracle: the paper's survival after nine years.
    expect(found.holdout?.predicted).toBeCloseTo((491 * 0.4358) / 0.4913, -1);
    expect(found.choice?.name).toBe("sbg");
    expect(wordFit(found)).toContain("constant retention");
  });

  test.each([
    { options: { until: "9" }, says: /has periods and no days. Say one of its periods, from 0 to 2/ },
    { options: { holdout: "2" }, says: /Say --until too/ },
    { options: { until: "2", holdout: "1" }, says: /--holdout 1 is not after --until 2/ },
  ])("$options: $says", async ({ options, says }) => {
    const path = csv("period,survivors", "0,10", "1,8", "2,7");
    await expect(report(path, { model: "sbg", ...options })).rejects.toThrow(says);
  });
});

describe("other people's files", () => {
  const rows = [
    ["A", "2025-01-10", "1234.50", "EUR"],
    ["A", "2025-03-11", "99.00", "EUR"],
    ["B", "2025-01-13", "5.25", "EUR"],
    ["B", "2025-02-27", "1000.00", "EUR"],
    ["C", "2025-02-14", "7.75", "EUR"],
    ["C", "2025-04-30", "80.00", "EUR"],
  ] as const;
  const german = (amount: string) => amount.replace(/\B(?=(\d{3})+\.)/, ".").replace(/\.(\d\d)$/, ",$1");
  const slashed = (day: string) => day.split("-").reverse().join("/");

  test.each([
    { name: "plain", line: (row: (typeof rows)[number]) => row.slice(0, 3).join(",") },
    {
      name: "quoted",
      line: (row: (typeof rows)[number]) =>
        row
          .slice(0, 3)
          .map((cell) => `"${cell}"`)
          .join(","),
    },
    {
      name: "decimal commas",
      line: ([who, day, amount]: (typeof rows)[number]) => `${who};${day};${german(amount)}`,
    },
    {
      name: "days first",
      line: ([who, day, amount]: (typeof rows)[number]) => `${who},${slashed(day)},${amount}`,
    },
    {
      name: "times",
      line: ([who, day, amount]: (typeof rows)[number]) => `${who},${day} 23:59:59,${amount}`,
    },
    {
      name: "zones",
      line: ([who, day, amount]: (typeof rows)[number]) => `${who},${day}T01:30:00+02:00,${amount}`,
    },
    { name: "signs", line: ([who, day, amount]: (typeof rows)[number]) => `${who};${day};€${amount}` },
  ])("$name", async ({ name, line }) => {
    const mark = line(rows[0]).includes(";") ? ";" : ",";
    const path = csv(["Customer", "Date", "Amount"].join(mark), ...rows.map(line));
    const { file, parameters } = await report(path, { model: "gamma-gamma" });
    expect(file).toMatchObject({
      rows: 6,
      purchases: 6,
      from: name === "zones" ? "2025-01-09" : "2025-01-10",
    });
    const plain = csv("Customer,Date,Amount", ...rows.map((row) => row.slice(0, 3).join(",")));
    expect(parameters).toEqual((await report(plain, { model: "gamma-gamma" })).parameters);
  });

  test("a workbook, its days as Excel counts them", async () => {
    const serial = (day: string) => Date.parse(day) / 86_400_000 + 25_569;
    const cells = rows.map(
      ([who, day, amount]) =>
        `<row><c t="str"><v>${who}</v></c><c><v>${serial(day)}</v></c><c><v>${amount}</v></c></row>`,
    );
    const sheet = { name: "Ledger", rows: `${textRow("Customer", "Date", "Amount")}${cells.join("")}` };
    const { file } = await report(tempFile(writeWorkbook({ sheets: [sheet] }), "ledger.xlsx"));
    expect(file).toMatchObject({ rows: 6, purchases: 6, from: "2025-01-10", until: "2025-04-30" });
  });

  test("refunds in rows of their own are left out and counted, and do not undo a purchase", async () => {
    const path = csv("Customer,Date,Amount", "A,2025-01-01,50", "A,2025-01-05,-50", "B,2025-01-02,(20.00)");
    const { file, customers } = await report(path);
    expect(file).toMatchObject({ rows: 3, purchases: 1, dropped: { notPositive: 2 } });
    expect(customers).toBe(1);
  });

  test("what the first rows do not show is read right all the same", async () => {
    const many = Array.from(
      { length: 3_000 },
      (_, row) => `c${row % 700};0${1 + (row % 9)}/01/2025;${row + 1}`,
    );
    const { file } = await report(csv("Customer;Date;Amount", ...many, "x;14/03/2025;2,50"));
    expect(file).toMatchObject({ purchases: 3_001, until: "2025-03-14", from: "2025-01-01" });
  });

  test("amounts in several currencies are no spend, and how often people buy is fitted with a note", async () => {
    const path = csv(
      "Customer,Date,Amount,Currency",
      ...rows.map((row) => row.join(",")),
      "C,2025-05-01,9,USD",
    );
    await expect(report(path, { model: "gamma-gamma" })).rejects.toThrow(
      /has amounts in EUR, USD.*one currency/,
    );
    expect(wordFit(await report(path, { model: "nbd" }))).toContain("Amounts are in EUR, USD");
  });

  test.each([
    { name: "one customer", lines: ["A,2025-01-01", "A,2025-02-01"] },
    { name: "one day", lines: ["A,2025-01-01", "B,2025-01-01", "B,2025-01-01"] },
    { name: "one purchase", lines: ["A,2025-01-01"] },
  ])("$name is an outcome", async ({ lines }) => {
    const { outcome } = await report(csv("Customer,Date", ...lines));
    expect(outcome.kind).toBe("no-signal");
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
