import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const path = (name: string) => fileURLToPath(new URL(`./page/${name}`, import.meta.url));

let script: Promise<string> | undefined;

/** The page's script, bundled in memory when it is first asked for; nothing is written to disk. */
export function pageScript(): Promise<string> {
  script ??= build({
    entryPoints: [path("main.tsx")],
    bundle: true,
    write: false,
    format: "iife",
    target: "es2022",
    jsx: "automatic",
    minify: true,
    define: { "process.env.NODE_ENV": '"production"' },
  }).then((result) => result.outputFiles[0]?.text ?? "");
  return script;
}

export function pageStyle(): Promise<string> {
  return readFile(path("page.css"), "utf8");
}

/** The empty page; React fills it. */
export function pageHtml(title: string): string {
  const safe = title.replace(/[&<>"]/g, "");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${safe}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/page.css">
</head>
<body><div id="root"></div><script src="/page.js"></script></body>
</html>
`;
}
