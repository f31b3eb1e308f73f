/** Writes each page's plain text beside it (`/problems/wrong-password.md`), and llms.txt, which lists them all. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { insideAddress, relativePath } from '../addresses.ts';
import { type BuiltPage, base, only, parsePage, siteUrl } from '../site.ts';
import { toMarkdown } from './markdown.ts';

/** `/problems/x/` → `problems/x.md`, `/` → `index.md`; undefined for what is no page. */
export function markdownFile(address: string): string | undefined {
  const path = address.replace(/^\/|\/$/g, '');
  if (path === '') return 'index.md';
  return /\.[a-z0-9]+$/i.test(path) ? undefined : `${path}.md`;
}

interface PlainPage {
  address: string;
  file: string;
  title: string;
  description: string;
}

function writePage(folder: string, page: BuiltPage, known: ReadonlySet<string>): PlainPage | undefined {
  const file = markdownFile(page.address);
  if (!file) return undefined;
  const root = parsePage(page.html);
  const text = toMarkdown(only(root, 'main'), {
    link(to) {
      const inside = insideAddress(to, page.address);
      const target = inside && markdownFile(inside.path);
      return inside && target && known.has(target) ? relativePath(file, target) + inside.hash : to;
    },
  });
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), text);
  return {
    address: page.address,
    file,
    title: only(root, 'title').text.replace(/ · Samhain Troubleshooter$/, ''),
    description: root.querySelector('meta[name="description"]')?.getAttribute('content') ?? '',
  };
}

const sections: [string, RegExp][] = [
  ['Problems', /^\/problems\/./],
  ['Guides and procedures', /^\/guides\/./],
  ['Questions of the wizard', /^\/wizard\/./],
  ['No fault, or not between client and server', /^\/ends\/./],
  ['Messages', /^\/messages\/./],
];

function llmsText(pages: readonly PlainPage[]): string {
  const line = ({ file, title, description }: PlainPage) =>
    `- [${title.replace(/[[\]]/g, '\\$&')}](${siteUrl}${base}/${file}): ${description.replace(/\s+/g, ' ')}`;
  const inSection = ({ address }: PlainPage) => sections.some(([, pattern]) => pattern.test(address));
  const text = [
    '# Samhain Troubleshooter',
    '> What can go wrong between samhain clients and the yule log server, and how to fix it. For each problem: the lines that client and server print, how it differs from similar problems, the fix in steps, and how to verify it. Checked against samhain 4.2.0, 4.1.4 and 2.6.2; 4.4.3 by its source.',
    "Every page is also available as plain text: its address with `.md` in place of the slash at its end. The reason for most failures is in the server's log only; the client is not told.",
    `## Start\n\n${pages
      .filter((page) => !inSection(page))
      .map(line)
      .join('\n')}`,
    ...sections.map(
      ([title, pattern]) =>
        `## ${title}\n\n${pages
          .filter(({ address }) => pattern.test(address))
          .map(line)
          .join('\n')}`,
    ),
  ].join('\n\n');
  return `${text}\n`;
}

/** @returns how many pages were written */
export function writePlainPages(folder: string, pages: readonly BuiltPage[]): number {
  const known = new Set(pages.map((page) => markdownFile(page.address)).filter((file) => file !== undefined));
  const written = pages.map((page) => writePage(folder, page, known)).filter((page) => page !== undefined);
  writeFileSync(join(folder, 'llms.txt'), llmsText(written));
  return written.length;
}
