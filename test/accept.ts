// Prints every promised figure beside what was computed, and fails on a difference or on missing data:
// `npm run accept -- <data folder>`. Without a folder it checks what the repository itself holds.
// Everything is computed by the command line that people use, in stores made for the run: embedded ones, and
// with TEST_DATABASE_URL on that PostgreSQL server as well.
import { join } from "node:path";
import { acceptDemo } from "./accept/demo.ts";
import { report } from "./accept/figures.ts";
import { acceptMaven } from "./accept/maven.ts";
import { acceptModels } from "./accept/models.ts";
import { acceptNextPurchases } from "./accept/next-purchases.ts";
import { acceptOffer, acceptStopRule } from "./accept/offers.ts";
import { acceptOlist } from "./accept/olist.ts";
import { acceptOnlineRetail } from "./accept/online-retail.ts";
import { acceptMavenPeople } from "./accept/people.ts";
import { inDatabaseOf, inEmbeddedStore } from "./accept/stores.ts";
import { acceptWinEval } from "./accept/win-eval.ts";

const folder = process.argv[2];
const server = process.env.TEST_DATABASE_URL;
for (const [name, inOwnStore] of [
  ["PGlite", inEmbeddedStore] as const,
  ...(server === undefined ? [] : [["PostgreSQL", inDatabaseOf(server)] as const]),
]) {
  const within = (what: string) => `${what} on ${name}`;
  await inOwnStore(async (portfolio) => {
    await acceptDemo(portfolio, within("Demo"));
    await acceptOffer(portfolio, within("Demo's offer"));
  });
  if (folder === undefined) continue;
  await inOwnStore(async (portfolio) => {
    const [where, data] = [within("Maven CRM"), join(folder, "maven-crm")];
    await acceptMaven(portfolio, where, data);
    await acceptMavenPeople(portfolio, where, data);
  });
  await inOwnStore((portfolio) => acceptOlist(portfolio, within("Olist"), join(folder, "olist-funnel")));
  await inOwnStore((portfolio) =>
    acceptOnlineRetail(
      portfolio,
      within("Online Retail"),
      join(folder, "online-retail/online_retail.csv.gz"),
    ),
  );
}
if (folder !== undefined) {
  await inEmbeddedStore((portfolio) => acceptModels(portfolio, folder));
  await inEmbeddedStore((portfolio) => acceptWinEval(portfolio, folder));
  await acceptNextPurchases(join(folder, "online-retail/online_retail.csv.gz"));
}
acceptStopRule();
report();
