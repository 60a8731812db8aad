// Writes the next migration from what changed in `schema.prisma`: `npm run migration -- add_invoices`.
import { mkdirSync, writeFileSync } from "node:fs";
import { schemaDiff } from "./schema-diff.mjs";

const name = process.argv[2];
if (!/^[a-z][a-z0-9_]*$/.test(name ?? "")) {
  process.stderr.write("Give the migration a name in lower case: npm run migration -- add_invoices\n");
  process.exit(2);
}
const sql = await schemaDiff();
if (sql === "") {
  process.stdout.write("Nothing to do: the migrations and schema.prisma agree.\n");
} else {
  const stamp = new Date().toISOString().replace(/\D/g, "").slice(0, 14);
  const folder = new URL(`migrations/${stamp}_${name}/`, import.meta.url);
  mkdirSync(folder, { recursive: true });
  writeFileSync(new URL("migration.sql", folder), sql);
  process.stdout.write(
    `Written: prisma/migrations/${stamp}_${name}/migration.sql. Read it before you commit it.\n`,
  );
}
