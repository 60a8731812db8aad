// A thread that computes with deals. It is plain JavaScript, since a thread does not inherit what reads TypeScript.

import { constants, setPriority } from "node:os";

// Answers come first. Elsewhere this would be about the whole process.
if (process.platform === "linux") setPriority(0, constants.priority.PRIORITY_LOW);
const { register } = await import("tsx/esm/api");
register();

export default async function answer(task) {
  const { answerDealTask } = await import("./deal-tasks.ts");
  return answerDealTask(task);
}
