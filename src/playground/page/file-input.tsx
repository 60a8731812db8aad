import { useState } from "react";
import { listOf } from "../json.ts";
import { ChosenFiles } from "./chosen-files.tsx";
import { upload } from "./connection.ts";
import type { ControlProps } from "./control.ts";
import { useViewerId } from "./surface.ts";

interface Uploaded {
  readonly id: string;
  readonly name: string;
  readonly size: number;
}

/** A modal's `file_input`: files are uploaded when they are chosen, and handed to the app on submit. */
export function FileInput({ element, field, choose }: ControlProps) {
  const viewerId = useViewerId();
  const [files, setFiles] = useState<readonly Uploaded[]>([]);
  const [failure, setFailure] = useState("");
  const keep = (next: readonly Uploaded[]) => {
    setFiles(next);
    choose(next.map(({ id }) => id));
  };
  const add = async (picked: readonly File[]) => {
    setFailure("");
    try {
      const uploads = picked.map(async (file) => ({
        id: await upload(viewerId, file),
        name: file.name,
        size: file.size,
      }));
      const added = await Promise.all(uploads);
      keep(element.max_files === 1 ? added : [...files, ...added]);
    } catch (error) {
      setFailure(error instanceof Error ? error.message : "unknown");
    }
  };
  const endings = listOf(element.filetypes).map((each) => `.${String(each)}`);
  return (
    <div className="file-input">
      <ChosenFiles files={files} remove={(index) => keep(files.filter((_file, at) => at !== index))} />
      <input
        id={field?.id}
        type="file"
        multiple={element.max_files !== 1}
        accept={endings.join(",") || undefined}
        aria-invalid={field?.isFaulty ?? false}
        aria-describedby={field?.description || undefined}
        onChange={(event) => {
          void add([...(event.target.files ?? [])]);
          // The same file can be chosen again after it was removed.
          event.target.value = "";
        }}
      />
      {failure && (
        <span className="not-done" role="alert">
          ⚠ The file could not be uploaded ({failure})
        </span>
      )}
    </div>
  );
}
