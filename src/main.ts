// The composition root: reads the environment, opens the store and starts the Slack app. Without Slack
// credentials the same app answers in the playground, over the invented company's data.

import { join } from "node:path";
import { startBackground } from "./background/background.ts";
import { createChartPainter } from "./charts/png.ts";
import { parseConfig } from "./config.ts";
import { ConfigError } from "./config-error.ts";
import { createDesk } from "./create-desk.ts";
import { loadCommands } from "./load-commands.ts";
import { createLog } from "./log.ts";
import { SlackRefused } from "./slack/sign-in.ts";
import { startBot } from "./start-bot.ts";
import { startPlayground } from "./start-playground.ts";
import { stopOnSignals } from "./stop-on-signals.ts";
import { openStore } from "./store/store.ts";
import { StoreUnavailable } from "./store/store-unavailable.ts";
import { withoutSecrets } from "./without-secrets.ts";

/** What is for whoever starts the bot to mend; the message says how. */
const theirs = [ConfigError, SlackRefused, StoreUnavailable] as const;

try {
  const config = parseConfig(process.env);
  const log = createLog(config.logLevel);
  const { slack } = config;
  const dataDir = join("dataDir" in config.store ? config.store.dataDir : ".portfolio", "playground");
  const address = slack ? config.store : { dataDir };
  const store = await openStore(address, "answers");
  const commands = await loadCommands(new URL("../commands/", import.meta.url));
  const background = startBackground({ store, address, log });
  const desk = createDesk({ store, commands, now: () => new Date(), intake: background.intake });
  const painter = createChartPainter();
  const parts = { config, store, address, desk, drawChart: painter.draw, log };
  const stops = await (slack ? startBot({ ...parts, slack }) : startPlayground(parts));
  background.keepFresh();
  // An import that is cut off is told to whoever waits for it, so the app stops after it.
  stopOnSignals([background.stop, ...stops, painter.close, store.close], log);
} catch (error) {
  const isTheirs = theirs.some((kind) => error instanceof kind);
  if (!isTheirs) createLog("error").error({ err: error }, "Portfolio did not start");
  const reason = withoutSecrets(error instanceof Error ? error.message : String(error));
  process.stderr.write(isTheirs ? `${reason}\n` : `Portfolio did not start: ${reason}\n`);
  process.exit(1);
}
