import { z } from "zod";
import type { Terminal } from "../stores.ts";

const failed = z.object({ stderr: z.string() });

/** What a command says that cannot answer; empty where it does answer. */
export async function refusalOf(portfolio: Terminal, ...words: readonly string[]): Promise<string> {
  try {
    await portfolio(...words);
    return "";
  } catch (error) {
    return failed.parse(error).stderr;
  }
}
