// Fails when `schema.prisma` and the migrations tell different stories.
import { schemaDiff } from "./schema-diff.mjs";

const sql = await schemaDiff();
if (sql === "") {
  process.stdout.write("Prisma: the migrations and schema.prisma agree.\n");
} else {
  process.stderr.write(
    `schema.prisma differs from the migrations (npm run migration -- <name>):\n\n${sql}\n`,
  );
  process.exitCode = 1;
}
