/**
 * Lays the built editions out as a Debian package does: `npm run install:tree -- DESTDIR` (or `/` on a machine of your
 * own). The pages stand in /usr/share/doc/samhain-troubleshooter/html, the command in /usr/bin.
 */
import { chmodSync, copyFileSync, cpSync, existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const name = 'samhain-troubleshooter';
const project = join(import.meta.dirname, '..', '..', '..', '..');
const built = (path: string) => join(project, path);

/** How Debian's doc-base learns of the pages, so that dwww and the like list them. */
const docBase = `Document: ${name}
Title: Samhain Troubleshooter
Abstract: What can go wrong between samhain clients and the yule log server,
 and how to fix it.
Section: System/Security

Format: HTML
Index: /usr/share/doc/${name}/html/index.html
Files: /usr/share/doc/${name}/html/*
`;

/** @throws if the editions are not built */
export function installTree(destination: string): void {
  if (!existsSync(built('dist-offline/index.html')))
    throw new Error('There is no dist-offline/. First: npm run build:offline');
  const doc = join(destination, 'usr/share/doc', name);
  const share = join(destination, 'usr/share', name);
  const command = join(destination, 'usr/bin/samhain-diagnose');
  for (const folder of [doc, share, join(destination, 'usr/bin'), join(destination, 'usr/share/doc-base')]) {
    mkdirSync(folder, { recursive: true });
  }
  rmSync(join(doc, 'html'), { recursive: true, force: true });
  cpSync(built('dist-offline'), join(doc, 'html'), { recursive: true });
  for (const file of ['samhain-troubleshooter.html', 'README.md', 'docs/deploy.md', 'docs/command-line.md']) {
    if (existsSync(built(file))) copyFileSync(built(file), join(doc, file.split('/').at(-1) ?? file));
  }
  if (existsSync(built('LICENSE'))) copyFileSync(built('LICENSE'), join(doc, 'copyright'));
  copyFileSync(built('dist-cli/samhain-diagnose.mjs'), join(share, 'samhain-diagnose.mjs'));
  chmodSync(join(share, 'samhain-diagnose.mjs'), 0o755);
  rmSync(command, { force: true });
  symlinkSync(`../share/${name}/samhain-diagnose.mjs`, command);
  writeFileSync(join(destination, 'usr/share/doc-base', `${name}.${name}`), docBase);
}

if (import.meta.main) {
  const destination = process.argv[2];
  if (!destination) {
    console.error('Where to? npm run install:tree -- DESTDIR');
    process.exit(2);
  }
  installTree(resolve(destination));
  console.log(`Laid out below ${resolve(destination)}.`);
}
