/** Shown for what this page cannot draw: an empty place would hide a mistake. */
export function Unknown({ what, value }: { readonly what: string; readonly value: unknown }) {
  const type =
    typeof value === "object" && value !== null && "type" in value ? String(value.type) : "without a type";
  return (
    <details className="unknown">
      <summary>
        This page cannot draw the {what} “{type}”
      </summary>
      <pre>{JSON.stringify(value, null, 2)}</pre>
    </details>
  );
}
