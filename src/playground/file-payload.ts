import { fileTypeOf, isPicture } from "./file-types.ts";
import { isProcessed } from "./files.ts";
import type { JsonObject } from "./json.ts";
import type { FileShare, StoredFile } from "./model.ts";
import { pictureSize } from "./picture-size.ts";
import type { Workspace } from "./workspace.ts";

const UNKNOWN_TYPE = { filetype: "", mimetype: "", prettyType: "" };
const THUMBNAIL_PIXELS = 360;

/** A file as payloads and the Web API describe it, https://docs.slack.dev/reference/objects/file-object */
export function filePayload(workspace: Workspace, file: StoredFile): JsonObject {
  const isKnown = isProcessed(workspace, file);
  const { filetype, mimetype, prettyType } = isKnown ? fileTypeOf(file.name) : UNKNOWN_TYPE;
  const shares = isKnown ? file.shares : [];
  const { origin, options } = workspace;
  const created = Math.floor(file.createdMs / 1000);
  const name = encodeURIComponent(file.name);
  const address = `${origin}/files-pri/${options.team.id}-${file.id}`;
  return {
    id: file.id,
    created,
    timestamp: created,
    name: file.name,
    title: file.title,
    mimetype,
    filetype,
    pretty_type: prettyType,
    user: file.userId,
    user_team: teamOf(workspace, file.userId),
    editable: false,
    size: file.bytes.length,
    mode: "hosted",
    is_external: false,
    external_type: "",
    is_public: sharesIn(workspace, shares, "channel").length > 0,
    public_url_shared: false,
    display_as_bot: false,
    username: "",
    url_private: `${address}/${name}`,
    url_private_download: `${address}/download/${name}`,
    permalink: `${origin}/files/${file.userId}/${file.id}/${name}`,
    permalink_public: `${origin}/${options.team.id}-${file.id}-public`,
    ...(file.altText === undefined ? {} : { alt_txt: file.altText }),
    ...(isPicture(mimetype) ? pictureFields(file, `${address}/${name}`) : {}),
    is_starred: false,
    has_rich_preview: false,
    file_access: "visible",
    channels: channelsOf(sharesIn(workspace, shares, "channel")),
    groups: channelsOf(sharesIn(workspace, shares, "group", "mpim")),
    ims: channelsOf(sharesIn(workspace, shares, "im")),
    shares: {
      public: byChannel(workspace, sharesIn(workspace, shares, "channel")),
      private: byChannel(workspace, sharesIn(workspace, shares, "group", "mpim", "im")),
    },
  };
}

/** The size of a picture and of its thumbnail, which here is the picture itself. */
function pictureFields({ bytes }: StoredFile, address: string): JsonObject {
  const size = pictureSize(bytes);
  if (!size) return {};
  const scale = Math.min(1, THUMBNAIL_PIXELS / Math.max(size.width, size.height));
  return {
    original_w: size.width,
    original_h: size.height,
    thumb_360: address,
    thumb_360_w: Math.round(size.width * scale),
    thumb_360_h: Math.round(size.height * scale),
  };
}

function teamOf(workspace: Workspace, userId: string): string {
  const user = workspace.options.users.find(({ id }) => id === userId);
  return user?.teamId ?? workspace.options.team.id;
}

function sharesIn(
  workspace: Workspace,
  shares: readonly FileShare[],
  ...kinds: readonly string[]
): readonly FileShare[] {
  return shares.filter(({ channelId }) => kinds.includes(workspace.conversations.get(channelId)?.kind ?? ""));
}

function channelsOf(shares: readonly FileShare[]): readonly string[] {
  return [...new Set(shares.map(({ channelId }) => channelId))];
}

function byChannel(workspace: Workspace, shares: readonly FileShare[]): JsonObject {
  const describe = ({ channelId, ts }: FileShare) => ({
    ts,
    channel_name: workspace.conversations.get(channelId)?.name ?? "",
    team_id: workspace.options.team.id,
  });
  return Object.fromEntries(
    channelsOf(shares).map((id) => [id, shares.filter(({ channelId }) => channelId === id).map(describe)]),
  );
}
