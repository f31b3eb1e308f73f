/** The edition in one file: all pages as sections of one document, with its style and script inside. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { notices } from '../../third-party.ts';
import { rewriteAddresses } from '../addresses.ts';
import { deflateText } from '../parts/deflate-text.ts';
import { cleanHead, hashSource, keepEdition, setPolicy, withoutScripts } from '../parts/edition-page.ts';
import { bundlePages, bundlePart, partNames } from '../parts/scripts.ts';
import { attribute, type BuiltPage, base, only, parsePage } from '../site.ts';
import { fileAddress, referenceId } from './names.ts';
import { makeSheets, writeSheets } from './sheets.ts';

/** What one document needs beside the site's own style. Until its script has run, the first section stands alone. */
const ownStyle = `
[data-js]:not([data-ready]) .sheet:not(:first-child) { display: none }
[data-js] .packed { display: none }
.sheet[hidden] { display: block; content-visibility: hidden }
.sheet { scroll-margin-top: 100vh }
.sheet :is(.lane, .forms) pre { white-space: pre-wrap; overflow-wrap: anywhere }
.sheet > .text { max-width: 84rem; margin: 0 auto; padding-inline: var(--s5) }
.sheet pre b { font-weight: var(--strong) }
@media print { .sheet { break-before: page } .sheet[hidden] { display: none } }
`;

const notice =
  'The pages of single messages, options and checks, background, and guides to planned work are packed in this file and need a script. Without one, read them on the site or in the folder edition.';

/** Style sheets as one text. @throws if they load anything, which one file cannot */
function styles(dist: string, pages: readonly BuiltPage[]): string {
  const files = new Set(
    pages.flatMap(({ html }) =>
      [...html.matchAll(/<link rel="stylesheet" href="([^"]+)"/g)].map(([, href = '']) =>
        href.slice(href.indexOf('_astro/')),
      ),
    ),
  );
  const text = [...files].map((file) => readFileSync(join(dist, file), 'utf8')).join('\n') + ownStyle;
  if (/@import|url\((?!["']?data:)/.test(text))
    throw new Error('The style sheets load further files; the single file cannot hold them.');
  return text;
}

/** @returns the size of the file in bytes */
export async function makeFile(dist: string, target: string, pages: readonly BuiltPage[]): Promise<number> {
  const first = pages.find((page) => page.address === '/');
  if (!first) throw new Error('The site has no first page.');
  const sheets = makeSheets(pages);
  const parts = await Promise.all(partNames.map((name) => bundlePart(name, 'deflated')));
  const own = await bundlePages('file', 'deflated');
  // What is needed now and then only is a function: a browser reads it when it is called.
  const script = [...parts, own].join('\n');
  const style = styles(dist, pages);
  const frame = parsePage(first.html);
  keepEdition(frame, 'file');
  cleanHead(frame);
  withoutScripts(frame);
  for (const link of frame.querySelectorAll('link[rel="stylesheet"]')) link.remove();
  const icon = only(frame, 'link[rel="icon"]');
  const iconFile = readFileSync(join(dist, 'favicon.svg')).toString('base64');
  icon.setAttribute('href', `data:image/svg+xml;base64,${iconFile}`);
  const early = only(frame, 'script[data-setups]');
  const setups = readFileSync(join(dist, attribute(early, 'data-setups').slice(base.length)), 'utf8').trim();
  early.removeAttribute('data-setups');
  early.insertAdjacentHTML('afterend', `<script>${setups}</script>`);
  rewriteAddresses(frame, '/', ({ path, query, hash }) => fileAddress(path, query, hash));
  setPolicy(frame, { script: [hashSource(script), hashSource(setups)], style: [hashSource(style)], img: ['data:'] });
  const main = only(frame, 'main');
  for (const name of Object.keys(main.attributes)) if (name.startsWith('data-')) main.removeAttribute(name);
  main.innerHTML = '';
  // Put in as text: the parser would keep every element of every page a second time.
  const [before = '', after = ''] = frame.toString().split('</main>');
  const [head = '', body = ''] = before.split('</head>');
  const { text, reference } = writeSheets(sheets);
  const without = `<p class="text packed">${notice}</p>`;
  // (A block of data: nothing runs it, and nothing is loaded for it.)
  const data = `<script type="text/plain" id="${referenceId}">${deflateText(reference)}</script>`;
  const licenses = `<!--\n${notices().replaceAll('--', '==')}-->`;
  const end = after.replace('</body>', () => `${data}<script>${script}</script>${licenses}</body>`);
  const html = `${head}<style>${style}</style></head>${body}${text}${without}</main>${end}\n`;
  if (/<\/script/i.test(script + setups)) throw new Error('The script would end early.');
  writeFileSync(target, html);
  return Buffer.byteLength(html);
}
