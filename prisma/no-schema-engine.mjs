#!/usr/bin/env node
// Prisma's command line wants its native schema engine, which it downloads, even for `generate`,
// which never calls it. Where it is called after all, this says what to use instead.
process.stderr.write(
  "Prisma's native schema engine is not used here. Write a migration with `npm run migration -- <name>`; " +
    "they are applied when Portfolio starts.\n",
);
process.exit(1);
