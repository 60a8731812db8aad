// A bot that does nothing but an import in the background, for a test to kill. Argument, as JSON: the store's address
// and what to import. Writes what is logged of the background process, and "importing" with every progress.
import { z } from "zod";
import { startBackground } from "../../src/background/background.ts";
import { openStore } from "../../src/store/store.ts";

const { address, workspaceId, file } = z
  .object({
    address: z.union([z.object({ databaseUrl: z.string() }), z.object({ dataDir: z.string() })]),
    workspaceId: z.string(),
    file: z.string(),
  })
  .parse(JSON.parse(process.argv[2] ?? ""));
const tell = (line: string) => void process.stdout.write(`${line}\n`);
const log = {
  info: (fields: object) => tell(JSON.stringify(fields)),
  warn: () => {},
  error: () => {},
};
const { intake } = startBackground({ store: await openStore(address), address, log });
await intake.import(
  { workspaceId, standing: "operator" },
  [file],
  { currency: "EUR" },
  { progress: () => tell("importing"), waiting: tell },
);
