/** A square with initials; the colour follows from the name, so a person keeps it. */
export function Avatar({ name, isApp = false }: { readonly name: string; readonly isApp?: boolean }) {
  const initials = name
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => word.charAt(0).toUpperCase())
    .join("");
  const hue = [...name].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 360, 7);
  const background = isApp ? "var(--app-avatar)" : `hsl(${hue} 42% 42%)`;
  return (
    <span className="avatar" aria-hidden="true" style={{ background }}>
      {initials}
    </span>
  );
}
