import { sizeOf } from "./file-size.ts";

interface ChosenFilesProps {
  readonly files: readonly { readonly name: string; readonly size: number }[];
  remove(index: number): void;
}

/** Files that were chosen and not yet sent; each can be left out again. */
export function ChosenFiles({ files, remove }: ChosenFilesProps) {
  if (files.length === 0) return null;
  return (
    <ul className="chosen-files" aria-label="Chosen files">
      {files.map(({ name, size }, index) => {
        const key = `${index}${name}`;
        return (
          <li key={key}>
            <FileIcon />
            <span className="file-name">{name}</span>
            <span className="file-about">{sizeOf(size)}</span>
            <button
              type="button"
              className="close"
              aria-label={`Remove ${name}`}
              onClick={() => remove(index)}
            >
              ✕
            </button>
          </li>
        );
      })}
    </ul>
  );
}

export function FileIcon() {
  return (
    <svg className="file-icon" viewBox="0 0 20 24" aria-hidden="true">
      <path d="M3 1h9l6 6v14a2 2 0 0 1-2 2H3a2 2 0 0 1-2-2V3a2 2 0 0 1 2-2Zm8 1.5V8h5.5" />
    </svg>
  );
}
