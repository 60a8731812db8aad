import { access } from "node:fs/promises";
import { importAnswer, mixAnswer, topAnswer } from "./answers.ts";
import { check } from "./figures.ts";
import { onlineRetailSales } from "./plain-files.ts";
import type { Terminal } from "./stores.ts";
import { tiersUpTo } from "./tiers.ts";
import { acceptTomorrow } from "./tomorrow/accept-tomorrow.ts";

/** Online Retail: the net and the gross figures of reference-numbers.md and of an independent reading. */
export async function acceptOnlineRetail(portfolio: Terminal, where: string, file: string): Promise<void> {
  await access(file);
  const imported = importAnswer.parse(await portfolio("import", "--json", "--currency", "GBP", file));
  const [source] = imported.sources;
  check(`${where}: lines read`, 541_909, source?.files[0]?.read ?? 0);
  check(`${where}: lines without customer`, 135_080, source?.linesWithoutAccount ?? 0);
  check(`${where}: lines without price`, 40, source?.linesWithoutPrice ?? 0);
  const net = mixAnswer.parse(await portfolio("ask", "mix explain", "--json")).data;
  const everything = topAnswer.parse(await portfolio("ask", "top", "--json")).data;
  check(`${where}: net spend`, "830006581 GBP", `${net.value.amount} ${net.value.currency}`);
  check(`${where}: customers`, 4_371, net.accounts);
  check(
    `${where}: customers with positive spend`,
    4_317,
    everything.rows.filter(({ value }) => value.amount > 0).length,
  );
  check(`${where}: A, up to B, up to C`, "1178, 2634, 3672", await tiersUpTo(portfolio));
  check(`${where}: Gini`, "0.7028", net.gini.toFixed(4));
  check(`${where}: HHI`, "45.0", net.hhi.toFixed(1));
  check(`${where}: top-20 % share`, "0.7344", net.top20PercentShare.toFixed(4));
  await acceptTomorrow(portfolio, where, { sales: onlineRetailSales(file) });

  await portfolio("ask", "--json", "settings revenue gross");
  await portfolio("refresh", "--json");
  const gross = mixAnswer.parse(await portfolio("ask", "mix explain", "--json")).data;
  check(`${where}: gross spend`, "891140790 GBP", `${gross.value.amount} ${gross.value.currency}`);
  check(`${where}: customers, gross`, 4_338, gross.accounts);
  check(`${where}: A, up to B, up to C, gross`, "1133, 2602, 3666", await tiersUpTo(portfolio));
  check(`${where}: Gini, gross`, "0.7151", gross.gini.toFixed(4));
}
