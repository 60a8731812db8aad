import { type JsonObject, objectOf } from "../json.ts";
import { fileIdOf } from "../slack-file.ts";
import { fileAddress } from "./file-card.tsx";
import { useViewerId } from "./surface.ts";

interface PictureProps {
  /** An image block or element: its picture is a file of the workspace, or at an address of its own. */
  readonly of: JsonObject;
  readonly className?: string;
  /** Width and height in pixels; its own size when left out. */
  readonly size?: number;
}

export function Picture({ of: { slack_file, image_url, alt_text }, className, size }: PictureProps) {
  const viewerId = useViewerId();
  const fileId = fileIdOf(objectOf(slack_file));
  const address = fileId === undefined ? String(image_url) : fileAddress(viewerId, fileId);
  return <img src={address} alt={String(alt_text ?? "")} className={className} width={size} height={size} />;
}
