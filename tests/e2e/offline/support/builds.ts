/** Copies of the built site that are other versions of it: every page changed, and the last step of a build done again. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { filesOf } from '../../../../src/build/editions/site.ts';
import { writeServiceWorker } from '../../../../src/build/editions/worker/pack.ts';

export const root = fileURLToPath(new URL('../../../../', import.meta.url));
export const dist = join(root, 'dist');
export const folder = join(root, 'dist-offline');
export const file = join(root, 'samhain-troubleshooter.html');

/** Stands in every page of a version. */
export const markOf = (version: string) => `version ${version} of this test`;

export interface Build {
  folder: string;
  /** Files of the site, as the worker keeps them. */
  pages: string[];
  remove(): void;
}

/** What an older version of the site had otherwise. */
interface Older {
  /** Its service worker, with `__VERSION__` and `__PACK__` for its own. */
  worker: string;
  /** Folders of pages that came later. */
  without: readonly string[];
}

interface Kind {
  older?: Older;
  /**
   * With some of the pages of messages, which are two thirds of all: how versions follow each other does not depend on their
   * number, and an engine takes long to keep each.
   */
  small?: true;
}

/** A build of its own, in a temporary folder. */
export async function makeBuild(version: string, { older, small }: Kind = {}): Promise<Build> {
  const copy = mkdtempSync(join(tmpdir(), 'samhain-site-'));
  cpSync(dist, copy, { recursive: true, filter: (path) => !/[\\/]downloads?$|\.md$/.test(path) });
  for (const later of older?.without ?? []) rmSync(join(copy, later), { recursive: true });
  if (small)
    for (const [i, page] of filesOf(copy)
      .filter((name) => /^messages\/.+\/index\.html$/.test(name))
      .entries())
      if (i % 25 > 0) rmSync(join(copy, page));
  const pages = filesOf(copy).filter((name) => name.endsWith('.html'));
  for (const page of pages) {
    const path = join(copy, page);
    writeFileSync(path, readFileSync(path, 'utf8').replace('</footer>', `<p>${markOf(version)}</p></footer>`));
  }
  const kept = await writeServiceWorker(copy);
  if (older && kept) {
    const pack = `_astro/site-${kept.version}.pack`;
    writeFileSync(
      join(copy, 'sw.js'),
      older.worker.replaceAll('__VERSION__', kept.version).replaceAll('__PACK__', pack),
    );
  }
  return { folder: copy, pages, remove: () => rmSync(copy, { recursive: true, force: true }) };
}
