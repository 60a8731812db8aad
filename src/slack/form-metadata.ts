import { z } from "zod";
import type { Interaction } from "./payloads.ts";

/** Where a form was opened, which is where its answer belongs. */
const whence = {
  responseUrl: z.string().optional(),
  channelId: z.string().optional(),
  message: z.object({ ts: z.string(), isPrivate: z.boolean() }).optional(),
  isHome: z.boolean().optional(),
};

/** What a form has to remember until it is submitted. */
const metadata = z.object({ line: z.string(), ...whence });
export type FormMetadata = z.infer<typeof metadata>;

const settingsMetadata = z.object({ shown: z.record(z.string(), z.string()), ...whence });

export function readFormMetadata(text: string): FormMetadata {
  return metadata.parse(JSON.parse(text));
}

/** The same for the form of the settings, which remembers what it showed. */
export function readSettingsMetadata(text: string): z.infer<typeof settingsMetadata> {
  return settingsMetadata.parse(JSON.parse(text));
}

type Whence = Omit<FormMetadata, "line">;

/** What a form remembers of where it was opened. */
export function whenceOf({ responseUrl, channelId, message, isHome }: Interaction): Whence {
  return {
    ...(responseUrl !== undefined && { responseUrl }),
    ...(channelId !== undefined && { channelId }),
    ...(message !== undefined && { message }),
    ...(isHome && { isHome }),
  };
}

/** Who submitted a form, as if they had done it where the form was opened. */
export function submittedFrom(
  { responseUrl, channelId, message, isHome }: Whence,
  submission: {
    readonly sender: Pick<Interaction, "userId" | "handle" | "teamIds">;
    readonly requestId: string;
  },
): Interaction {
  const { sender, requestId } = submission;
  return { ...sender, requestId, channelId, responseUrl, message, ...(isHome && { isHome }) };
}
