import { isObject, listOf, objectOf } from "../json.ts";
import type { Block } from "../model.ts";
import { Chart } from "./chart.tsx";
import { DataTable, PlainTable } from "./data-table.tsx";
import { Element } from "./element.tsx";
import { Markdown } from "./markdown.tsx";
import { Picture } from "./picture.tsx";
import { RichText } from "./rich-text.tsx";
import { plainTextOf, Text } from "./text.tsx";
import { Unknown } from "./unknown.tsx";

interface BlocksProps {
  readonly blocks: readonly Block[];
  /** Sentences to show beside faulty inputs, by block id. */
  readonly errors?: Readonly<Record<string, string>>;
}

/** Block Kit, drawn. Our own renderer, because the known library cannot send what its buttons would do. */
export function Blocks({ blocks, errors = {} }: BlocksProps) {
  return (
    <div className="blocks">
      {blocks.map((block) => (
        <OneBlock key={block.block_id} block={block} error={errors[block.block_id]} />
      ))}
    </div>
  );
}

function OneBlock({ block, error }: { readonly block: Block; readonly error: string | undefined }) {
  switch (block.type) {
    case "header":
      return <h3 className="block-header">{plainTextOf(block.text)}</h3>;
    case "divider":
      return <hr />;
    case "section":
      return <Section block={block} />;
    case "context":
      return <Context block={block} />;
    case "actions":
    case "context_actions":
      return <Actions block={block} />;
    case "image":
      return <ImageBlock block={block} />;
    case "input":
      return <Input block={block} error={error} />;
    case "rich_text":
      return <RichText block={block} />;
    case "markdown":
      return (
        <div className="markdown">
          <Markdown text={String(block.text ?? "")} />
        </div>
      );
    case "data_table":
      return <DataTable block={block} />;
    case "table":
      return <PlainTable block={block} />;
    case "data_visualization":
      return <Chart block={block} />;
    default:
      return <Unknown what="block" value={block} />;
  }
}

function Section({ block }: { readonly block: Block }) {
  const fields = listOf(block.fields);
  return (
    <div className="section">
      <div className="section-text">
        {isObject(block.text) && <Text value={block.text} />}
        {fields.length > 0 && (
          <div className="fields">
            {fields.map((field, index) => {
              const key = index;
              return (
                <div key={key} className="field">
                  <Text value={field} />
                </div>
              );
            })}
          </div>
        )}
      </div>
      {isObject(block.accessory) && (
        <div className="accessory">
          <Element element={block.accessory} blockId={block.block_id} />
        </div>
      )}
    </div>
  );
}

function Context({ block }: { readonly block: Block }) {
  return (
    <div className="context">
      {listOf(block.elements).map((element, index) => {
        const key = index;
        const part = objectOf(element);
        return part.type === "image" ? (
          <Picture key={key} of={part} size={20} />
        ) : (
          <span key={key}>
            <Text value={element} />
          </span>
        );
      })}
    </div>
  );
}

function Actions({ block }: { readonly block: Block }) {
  return (
    <div className="actions">
      {listOf(block.elements)
        .filter(isObject)
        .map((element) => (
          <Element key={String(element.action_id)} element={element} blockId={block.block_id} />
        ))}
    </div>
  );
}

function ImageBlock({ block }: { readonly block: Block }) {
  const title = plainTextOf(block.title);
  return (
    <figure className="image-block">
      {title && <figcaption>{title}</figcaption>}
      <Picture of={block} />
    </figure>
  );
}

function Input({ block, error }: { readonly block: Block; readonly error: string | undefined }) {
  const element = objectOf(block.element);
  const hint = plainTextOf(block.hint);
  const fieldId = `field-${block.block_id}`;
  const description = [hint && `${fieldId}-hint`, error && `${fieldId}-error`].filter(Boolean).join(" ");
  return (
    <div className={error ? "input-block faulty" : "input-block"}>
      <label htmlFor={fieldId}>
        {plainTextOf(block.label)}
        {block.optional === true && <span className="optional"> (optional)</span>}
      </label>
      <Element
        element={element}
        blockId={block.block_id}
        field={{ id: fieldId, description, isFaulty: error !== undefined, label: plainTextOf(block.label) }}
      />
      {hint && (
        <p id={`${fieldId}-hint`} className="hint">
          {hint}
        </p>
      )}
      {error && (
        <p id={`${fieldId}-error`} className="error" role="alert">
          {error}
        </p>
      )}
    </div>
  );
}
