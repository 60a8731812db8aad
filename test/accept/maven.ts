import { access, readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { importAnswer, mixAnswer, topAnswer } from "./answers.ts";
import { check, percent } from "./figures.ts";
import { mavenFiles } from "./plain-files.ts";
import type { Terminal } from "./stores.ts";
import { tiersUpTo } from "./tiers.ts";
import { acceptTomorrow } from "./tomorrow/accept-tomorrow.ts";

/** Maven CRM: figures of reference-numbers.md. */
export async function acceptMaven(portfolio: Terminal, where: string, data: string): Promise<void> {
  const files = ["accounts", "products", "sales_teams", "sales_pipeline"].map((name) =>
    join(data, `${name}.csv`),
  );
  for (const file of files) await access(file);
  const imported = importAnswer.parse(await portfolio("import", "--json", ...files));
  const rows = (file: string) => imported.sources[0]?.files.find((one) => one.file === file)?.kept ?? 0;
  check(`${where}: opportunities`, 8_800, rows("sales_pipeline.csv"));
  check(`${where}: accounts`, 85, rows("accounts.csv"));
  check(
    `${where}: opportunities without account`,
    1_425,
    imported.sources[0]?.opportunitiesWithoutAccount ?? 0,
  );
  const suspects = imported.sources[0]?.suspects ?? [];
  check(
    `${where}: suspect GTXPro`,
    "GTX Pro",
    suspects.find(({ value }) => value === "GTXPro")?.suggestion ?? "",
  );
  check(
    `${where}: suspect technolgy`,
    "technology",
    suspects.find(({ value }) => value === "technolgy")?.suggestion ?? "",
  );

  const mix = mixAnswer.parse(await portfolio("ask", "mix", "--json")).data;
  check(`${where}: won value`, "1000553400 USD", `${mix.value.amount} ${mix.value.currency}`);
  check(`${where}: HHI`, "135.8", mix.hhi.toFixed(1));
  check(`${where}: top-10 share`, "20.7 %", percent(mix.top10Share));
  check(`${where}: accounts that make 80 %`, 59, mix.accountsFor80Percent);
  check(`${where}: A, up to B, up to C`, "59, 77, 84", await tiersUpTo(portfolio));

  const top = topAnswer.parse(await portfolio("ask", "top A", "--json")).data;
  const naive = naiveMaven(await readFile(join(data, "sales_pipeline.csv"), "utf8"));
  check(
    `${where}: top A, row by row, as recomputed`,
    byValueThenName(naive.slice(0, 59)),
    byValueThenName(top.rows.map(({ account, value }) => [account, value.amount])),
  );
  const plain = await mavenFiles(join(data, "accounts.csv"), join(data, "sales_pipeline.csv"));
  await acceptTomorrow(portfolio, where, plain);
}

/** Won value per account in minor units, largest first, straight from the file. */
function naiveMaven(csv: string): readonly (readonly [string, number])[] {
  const sums = new Map<string, number>();
  for (const row of parse(csv, { columns: true }) as Record<string, string>[])
    if (row.deal_stage === "Won" && row.account)
      sums.set(row.account, (sums.get(row.account) ?? 0) + Number(row.close_value) * 100);
  return [...sums].sort(([, left], [, right]) => right - left);
}

/** Equal values in any order: which of them comes first is decided by ids that a file does not have. */
function byValueThenName(rows: readonly (readonly [string, number])[]): string {
  const sorted = [...rows].sort(([left, more], [right, less]) => less - more || (left < right ? -1 : 1));
  return JSON.stringify(sorted);
}
