// What `schema.prisma` says that the migrations do not say yet, as SQL. Prisma's schema engine runs
// here as WebAssembly over an in-memory PostgreSQL (PGlite): no server and no downloaded engine.
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { PGlite } from "@electric-sql/pglite";
import { pg_trgm } from "@electric-sql/pglite/contrib/pg_trgm";
import { createPgConfig } from "@electric-sql/pglite/node-postgres";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from "@prisma/driver-adapter-utils";
import * as glue from "@prisma/schema-engine-wasm/schema_engine_bg";
import pg from "pg";

const folder = new URL("./", import.meta.url);
const OID_CHAR = 18;
const OID_TEXT = 25;

/** The SQL that turns the migrated schema into `schema.prisma`'s; an empty string when they agree. */
export async function schemaDiff() {
  loadEngine();
  const shadow = await openShadow();
  try {
    const engine = await glue.SchemaEngine.new({ datamodels: undefined }, () => {}, shadow.factory);
    const { stdout, exitCode } = await engine.diff({
      from: { tag: "migrations", ...migrationList() },
      to: { tag: "schemaDatamodel", files: [{ path: "schema.prisma", content: read("schema.prisma") }] },
      script: true,
      exitCode: true,
      shadowDatabaseUrl: null,
      filters: { externalTables: [], externalEnums: [] },
    });
    return exitCode === 2 ? (stdout ?? "") : "";
  } finally {
    await shadow.close();
  }
}

function loadEngine() {
  const require = createRequire(import.meta.url);
  const wasm = require.resolve("@prisma/schema-engine-wasm/schema_engine_bg").replace(/\.js$/, ".wasm");
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(readFileSync(wasm)), {
    "./schema_engine_bg.js": glue,
  });
  glue.__wbg_set_wasm(exports);
  exports.__wbindgen_start();
}

function migrationList() {
  const names = readdirSync(new URL("migrations/", folder), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
  return {
    baseDir: fileURLToPath(new URL("migrations", folder)),
    lockfile: { path: "migration_lock.toml", content: 'provider = "postgresql"\n' },
    shadowDbInitScript: "",
    migrationDirectories: names.map((name) => ({
      path: name,
      migrationFile: {
        path: "migration.sql",
        content: { tag: "ok", value: read(`migrations/${name}/migration.sql`) },
      },
    })),
  };
}

async function openShadow() {
  const database = await PGlite.create({ extensions: { pg_trgm } });
  // node-postgres passes its whole type parser as `types`; PGlite wants a list of type ids.
  const config = createPgConfig(database);
  const parse = config.connection.parse.bind(config.connection);
  config.connection.parse = (query) =>
    parse({ ...query, types: Array.isArray(query.types) ? query.types : undefined });
  class Client extends pg.Client {
    constructor() {
      super(config);
    }
  }
  const pool = new pg.Pool({ Client, max: 1, idleTimeoutMillis: 0 });
  const adapter = new PrismaPg(pool);
  const connect = async () => readingChars(await adapter.connect());
  return {
    factory: bindMigrationAwareSqlAdapterFactory({
      provider: adapter.provider,
      adapterName: adapter.adapterName,
      connect,
      connectToShadowDb: connect,
    }),
    close: async () => {
      await pool.end().catch(() => {});
      await database.close();
    },
  };
}

/** The adapter refuses the catalogue's own type "char", which describing a schema needs: read it as text. */
function readingChars(connection) {
  const chars = new WeakMap();
  const prototype = Object.getPrototypeOf(Object.getPrototypeOf(connection));
  const { performIO, queryRaw } = prototype;
  prototype.performIO = async function (query) {
    const result = await performIO.call(this, query);
    if (result?.fields?.some((field) => field.dataTypeID === OID_CHAR)) {
      chars.set(
        query,
        result.fields.map((field) => field.dataTypeID === OID_CHAR),
      );
      for (const field of result.fields) if (field.dataTypeID === OID_CHAR) field.dataTypeID = OID_TEXT;
    }
    return result;
  };
  prototype.queryRaw = async function (query) {
    const result = await queryRaw.call(this, query);
    const isChar = chars.get(query);
    if (!isChar) return result;
    const columnTypes = result.columnTypes.map((type, i) => (isChar[i] ? ColumnTypeEnum.Character : type));
    return { ...result, columnTypes };
  };
  return connection;
}

function read(path) {
  return readFileSync(new URL(path, folder), "utf8");
}
