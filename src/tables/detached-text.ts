/** V8 keeps the whole piece of the file alive as long as anybody holds a slice of 13 characters or more of it. */
export function detachedText(slice: string): string {
  return slice.length < 13 ? slice : Buffer.from(slice).toString();
}
