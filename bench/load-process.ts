// Slack's side of a measurement, in a process of its own: what sends commands must not share a thread with what counts.
import { createDriver } from "./drive.ts";
import { createInbox } from "./inbox.ts";
import type { LoadAnswer, LoadOrder } from "./load.ts";
import { startSlackStub } from "./slack-stub.ts";

const inbox = createInbox();
const stub = await startSlackStub((id, body) => inbox.receive(id, body));
const drive = createDriver(stub, inbox);
const answer = (message: LoadAnswer) => void process.send?.(message);

process.on("message", (order: LoadOrder) => {
  switch (order.kind) {
    case "people":
      return stub.setPeople(order.people);
    case "count-uploads":
      return answer({ kind: "uploads", id: order.id, uploads: stub.uploads() });
    case "drive":
      void drive(order.request).then((samples) => answer({ kind: "driven", id: order.id, samples }));
  }
});
process.once("SIGTERM", () => process.exit(0));
answer({ kind: "ready", slackApiUrl: stub.apiUrl });
