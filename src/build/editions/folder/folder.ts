/** The edition in a folder: the same pages, opened by file:// from a disk or a stick, on a machine with only a browser. */
import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { PartName } from '../../../browser/edition.ts';
import { relativePath, rewriteAddresses } from '../addresses.ts';
import { fileOf } from '../file-names.ts';
import { cleanHead, keepEdition, setPolicy, withoutScripts } from '../parts/edition-page.ts';
import { bundlePages, bundlePart, partNames } from '../parts/scripts.ts';
import { type BuiltPage, only, parsePage } from '../site.ts';

const short = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 10);

class Folder {
  private readonly dist: string;
  private readonly target: string;
  private readonly files = new Set<string>();
  private readonly parts = new Map<PartName, string>();

  constructor(dist: string, target: string) {
    this.dist = dist;
    this.target = target;
  }

  private write(file: string, content: string): string {
    mkdirSync(dirname(join(this.target, file)), { recursive: true });
    writeFileSync(join(this.target, file), content);
    return file;
  }

  private writePage({ file, address, html }: BuiltPage, script: string): void {
    const page = parsePage(html);
    keepEdition(page, 'folder');
    cleanHead(page);
    withoutScripts(page);
    rewriteAddresses(page, address, ({ path, query, hash }) => {
      const to = fileOf(path);
      this.files.add(to);
      return relativePath(file, to) + query + hash;
    });
    setPolicy(page, { script: ["'self'"], style: ["'self'"], img: ["'self'", 'data:'] });
    const parts = [...this.parts].map(([name, part]) => ` data-${name}="${part}"`).join('');
    const root = '../'.repeat(file.split('/').length - 1);
    only(page, 'head').insertAdjacentHTML(
      'beforeend',
      `<script defer src="${root}${script}" data-root="${root}"${parts}></script>`,
    );
    this.write(file, page.toString());
  }

  async make(pages: readonly BuiltPage[]): Promise<void> {
    rmSync(this.target, { recursive: true, force: true });
    const writeScript = (name: string, text: string) => this.write(`assets/${name}-${short(text)}.js`, text);
    for (const name of partNames) this.parts.set(name, writeScript(name, await bundlePart(name, 'plain')));
    const script = writeScript('pages', await bundlePages('folder', 'plain'));
    for (const page of pages) this.writePage(page, script);
    // Style sheets and pictures: whatever a page names, and nothing else.
    for (const file of this.files) {
      if (file.endsWith('.html')) continue;
      mkdirSync(dirname(join(this.target, file)), { recursive: true });
      copyFileSync(join(this.dist, file), join(this.target, file));
    }
  }
}

/** Makes the folder anew from the built site. */
export const makeFolder = (dist: string, target: string, pages: readonly BuiltPage[]): Promise<void> =>
  new Folder(dist, target).make(pages);
