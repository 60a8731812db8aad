// Generates the Prisma client when the schema or Prisma itself changed since the last time, so that
// every npm script can ask for it at the cost of one small file read.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync, rmSync, writeFileSync } from "node:fs";

const root = new URL("../", import.meta.url);
const stampFile = new URL("src/store/generated/.stamp", root);
const stamp = createHash("sha256")
  .update(readFileSync(new URL("prisma/schema.prisma", root)))
  .update(readFileSync(new URL("node_modules/prisma/package.json", root)))
  .digest("hex");

if (readStamp() !== stamp) {
  rmSync(new URL("src/store/generated/", root), { recursive: true, force: true });
  const prisma = new URL("node_modules/prisma/build/index.js", root);
  const { status, stdout, stderr } = spawnSync(process.execPath, [prisma.pathname, "generate"], {
    cwd: root,
    encoding: "utf8",
  });
  if (status !== 0) {
    process.stderr.write(`The Prisma client could not be generated.\n${stdout}${stderr}`);
    process.exit(1);
  }
  writeFileSync(stampFile, stamp);
}

function readStamp() {
  try {
    return readFileSync(stampFile, "utf8");
  } catch {
    return undefined;
  }
}
