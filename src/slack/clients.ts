import { WebClient, type WebClientOptions } from "@slack/web-api";

/** The Web API of one workspace, by what is at stake. */
export interface Clients {
  /** For questions, which may be asked twice. */
  readonly reader: WebClient;
  /** For what would be seen twice if it were sent again after a time limit. */
  readonly writer: WebClient;
  /** For files, which take their time. */
  readonly files: WebClient;
}

/** Every call ends soon: somebody is waiting, and a rate limit would have them wait for half a minute. */
const limits: WebClientOptions = {
  timeout: 3000,
  retryConfig: { retries: 1, minTimeout: 200, maxTimeout: 500 },
  rejectRateLimitedCalls: true,
  allowAbsoluteUrls: false,
};

const onlyOnce = { retries: 0 };

/** Slack names an address of its own to send a file to. */
const fileLimits: WebClientOptions = {
  timeout: 120_000,
  retryConfig: onlyOnce,
  allowAbsoluteUrls: true,
};

export function createClients(token: string, given: WebClientOptions): Clients {
  const options = { ...limits, ...given };
  return {
    reader: new WebClient(token, options),
    writer: new WebClient(token, { ...options, retryConfig: onlyOnce }),
    files: new WebClient(token, { ...options, ...fileLimits }),
  };
}
