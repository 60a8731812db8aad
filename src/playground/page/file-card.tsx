import type { PageFile } from "../page-state.ts";
import { FileIcon } from "./chosen-files.tsx";
import { sizeOf } from "./file-size.ts";
import { useViewerId } from "./surface.ts";

/** A file in a message: what it is, and a link to it; a picture is shown too. */
export function FileCard({ file }: { readonly file: PageFile }) {
  const viewerId = useViewerId();
  if (!file.about) return <p className="placeholder">This file was deleted.</p>;
  const { title, size, prettyType, isPicture, altText } = file.about;
  const address = fileAddress(viewerId, file.id);
  return (
    <figure className="file">
      <figcaption className="file-card">
        <FileIcon />
        <span className="file-text">
          <span className="file-name">{title}</span>
          <span className="file-about">
            {prettyType}, {sizeOf(size)}
          </span>
        </span>
        <a className="button" href={address} download={title} aria-label={`Download ${title}`}>
          Download
        </a>
      </figcaption>
      {isPicture && <img src={address} alt={altText || title} />}
    </figure>
  );
}

/** Where the page gets a file's bytes, as the person it is shown to. */
export function fileAddress(viewerId: string, fileId: string): string {
  return `/page/file?${new URLSearchParams({ user: viewerId, id: fileId })}`;
}
