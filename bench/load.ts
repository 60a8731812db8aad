import { startChild } from "./children.ts";
import type { DriveRequest } from "./drive.ts";
import type { Sample } from "./samples.ts";
import type { StubPerson } from "./slack-stub.ts";

/** What the bench asks of the process that plays Slack. */
export type LoadOrder =
  | { readonly kind: "people"; readonly people: readonly StubPerson[] }
  | { readonly kind: "drive"; readonly id: number; readonly request: DriveRequest }
  | { readonly kind: "count-uploads"; readonly id: number };
export type LoadAnswer =
  | { readonly kind: "ready"; readonly slackApiUrl: string }
  | { readonly kind: "driven"; readonly id: number; readonly samples: readonly Sample[] }
  | { readonly kind: "uploads"; readonly id: number; readonly uploads: number };

/** Slack, as far as a bot notices: it sends commands and takes answers, in a process of its own. */
export interface LoadProcess {
  readonly slackApiUrl: string;
  /** Who the users of the coming commands are. */
  setPeople(people: readonly StubPerson[]): void;
  drive(request: DriveRequest): Promise<readonly Sample[]>;
  /** How many files were uploaded so far. */
  countUploads(): Promise<number>;
  stop(): Promise<void>;
}

export async function startLoad(): Promise<LoadProcess> {
  const child = startChild("bench/load-process.ts");
  const waiting = new Map<number, (answer: LoadAnswer) => void>();
  const ended = child.succeeded().then(() => Promise.reject(new Error("the process that plays Slack ended")));
  let asked = 0;
  const order = (message: LoadOrder) => void child.process.send(message);
  const ask = (orderOf: (id: number) => LoadOrder): Promise<LoadAnswer> => {
    asked += 1;
    const id = asked;
    const answered = new Promise<LoadAnswer>((resolve) => waiting.set(id, resolve));
    order(orderOf(id));
    return Promise.race([answered, ended]);
  };
  const ready = new Promise<string>((resolve) => {
    child.process.on("message", (message) => {
      const answer = message as LoadAnswer;
      if (answer.kind === "ready") return resolve(answer.slackApiUrl);
      waiting.get(answer.id)?.(answer);
      waiting.delete(answer.id);
    });
  });
  return {
    slackApiUrl: await Promise.race([ready, ended]),
    setPeople: (people) => order({ kind: "people", people }),
    drive: async (request) => {
      const answer = await ask((id) => ({ kind: "drive", id, request }));
      return answer.kind === "driven" ? answer.samples : [];
    },
    countUploads: async () => {
      const answer = await ask((id) => ({ kind: "count-uploads", id }));
      return answer.kind === "uploads" ? answer.uploads : 0;
    },
    stop: child.stop,
  };
}
