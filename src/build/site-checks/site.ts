/** The built site as the checks see it. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface SitePage {
  /** Path from the site's root, with forward slashes: `problems/x/index.html`. */
  path: string;
  html: string;
}

export interface Site {
  folder: string;
  pages: SitePage[];
  /** Every file's path from the root. */
  files: Set<string>;
}

export interface CheckResult {
  name: string;
  looked: number;
  problems: string[];
}

/** @throws if the folder holds no built site */
export function readSite(folder: string): Site {
  if (!existsSync(join(folder, 'index.html')))
    throw new Error(`${folder} holds no built site; run "npm run build" first.`);
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll('\\', '/'),
    );
  const pages = files
    // What is offered for download is an edition of its own.
    .filter((path) => path.endsWith('.html') && !path.startsWith('download/'))
    .map((path) => ({ path, html: readFileSync(join(folder, path), 'utf8') }));
  return { folder, pages, files: new Set(files) };
}
