import { createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { WebClient } from "@slack/web-api";
import type { Logger } from "pino";
import { z } from "zod";
import { UsageError } from "../usage-error.ts";
import { createOutgoingFiles, type OutgoingFiles } from "./outgoing-files.ts";
import { isSlackAddress, safeName } from "./outside-names.ts";
import { faultOf } from "./slack-fault.ts";

/** Of all the files of one request. */
const LARGEST_BYTES = 500 * 1024 * 1024;
const FETCHED_WITHIN_MS = 5 * 60_000;

/** Files from Slack and to it. What fails is a `UsageError` that says what to do; the log has the cause. */
export interface FileTransfer extends OutgoingFiles {
  /**
   * Fetches files into a folder that only we may read, and gives their paths to `work`. The folder is gone
   * afterwards, whatever happens.
   */
  withFiles<Result>(
    fileIds: readonly string[],
    work: (paths: readonly string[]) => Promise<Result>,
  ): Promise<Result>;
}

export interface TransferOptions {
  /** Follows absolute addresses: Slack names one to upload to. */
  readonly client: Pick<WebClient, "conversations" | "files" | "filesUploadV2">;
  readonly botToken: string;
  /** Where the Web API is, if not at Slack's own address: files may then come from there too. */
  readonly slackApiUrl?: string;
  readonly log: Pick<Logger, "warn">;
}

const infoAnswer = z.object({
  file: z.object({
    id: z.string(),
    name: z.string().nullish(),
    size: z.int().optional(),
    is_external: z.boolean().optional(),
    url_private_download: z.url().optional(),
  }),
});
type SlackFile = z.infer<typeof infoAnswer>["file"];

export function createFileTransfer({ client, botToken, slackApiUrl, log }: TransferOptions): FileTransfer {
  const askAbout = async (fileId: string): Promise<SlackFile> => {
    try {
      return infoAnswer.parse(await client.files.info({ file: fileId })).file;
    } catch (err) {
      log.warn({ where: "files.info", fileId, ...faultOf(err) }, "Slack did not tell about a file");
      throw new UsageError("Slack does not tell me about a file. Upload it again, or try again in a minute.");
    }
  };

  const fetchInto = async (path: string, file: SlackFile, budgetBytes: number): Promise<number> => {
    const name = file.name ?? "a file";
    const { url_private_download: address, is_external: isElsewhere } = file;
    if (isElsewhere || address === undefined)
      throw new UsageError(`"${name}" is only linked in Slack. Upload the file itself.`);
    if ((file.size ?? 0) > budgetBytes) throw tooLarge();
    if (!isSlackAddress(address, slackApiUrl)) {
      log.warn({ fileId: file.id, host: new URL(address).host }, "a file is not at Slack");
      throw new UsageError(`"${name}" is not kept by Slack. Upload the file itself.`);
    }
    try {
      const response = await fetch(address, {
        headers: { Authorization: `Bearer ${botToken}` },
        // Without the right to it, Slack leads to a page on which people sign in.
        redirect: "error",
        signal: AbortSignal.timeout(FETCHED_WITHIN_MS),
      });
      if (!response.ok || !response.body) throw new Error(`http_${response.status}`);
      const bytes = await write(response.body, path, budgetBytes);
      if (file.size !== undefined && bytes !== file.size)
        throw new Error(`${bytes} bytes came, ${file.size} were announced`);
      return bytes;
    } catch (err) {
      if (err instanceof UsageError) throw err;
      log.warn({ where: "url_private", fileId: file.id, ...faultOf(err) }, "a file could not be fetched");
      throw new UsageError(`Slack did not hand out "${name}". Please try again in a minute.`);
    }
  };

  return {
    ...createOutgoingFiles({ client, log }),

    async withFiles(fileIds, work) {
      const folder = await mkdtemp(join(tmpdir(), "portfolio-import-"));
      try {
        const paths: string[] = [];
        let budgetBytes = LARGEST_BYTES;
        for (const [index, fileId] of fileIds.entries()) {
          const file = await askAbout(fileId);
          const path = join(folder, safeName(file.name ?? "", index, paths.map(nameOf)));
          budgetBytes -= await fetchInto(path, file, budgetBytes);
          paths.push(path);
        }
        return await work(paths);
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
  };
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

async function write(body: ReadableStream<Uint8Array>, path: string, mostBytes: number): Promise<number> {
  let bytes = 0;
  const counted = new Transform({
    transform(chunk: Uint8Array, _encoding, done) {
      bytes += chunk.length;
      done(bytes > mostBytes ? tooLarge() : null, chunk);
    },
  });
  await pipeline(body, counted, createWriteStream(path, { flags: "wx", mode: 0o600 }));
  return bytes;
}

function tooLarge(): UsageError {
  return new UsageError(
    `These files are larger than ${LARGEST_BYTES / 1024 / 1024} MB together. Pack them with gzip, or import them one after the other.`,
  );
}
