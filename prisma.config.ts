import { fileURLToPath } from "node:url";
import { defineConfig } from "prisma/config";

// Without this, every Prisma command would try to download a native engine (see the file).
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= fileURLToPath(
  new URL("prisma/no-schema-engine.mjs", import.meta.url),
);

export default defineConfig({ schema: "prisma/schema.prisma" });
