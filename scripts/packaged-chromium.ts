/**
 * The Chromium that the npm package @sparticuz/chromium carries (Linux on x86-64), unpacked once for each user and version.
 * The package itself unpacks into the common temporary folder, takes whatever lies there under its names, and starts
 * Chromium as a cloud function needs it. Here only its archives are used.
 */
import { execFile } from 'node:child_process';
import {
  createReadStream,
  createWriteStream,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createBrotliDecompress } from 'node:zlib';

const run = promisify(execFile);

export interface PackagedChromium {
  path: string;
  /** What its process needs beside the environment of this one: the libraries and the font that it ships. */
  env: Record<string, string>;
  /** The package with its version. */
  from: string;
  /** What the browser calls itself. */
  version: string;
}

/** Sizes of all unpacked files by name; written last, so a folder without it was never finished. */
const list = 'files.json';

const fontsToo = 'fonts-too.conf';
const fontconfig = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir prefix="relative">fonts</dir>
</fontconfig>
`;

/**
 * Unpacks the browser unless this has been done, and starts it once.
 * @param parent where its folder is; another one in tests
 * @throws if this machine cannot run it, with the reason
 */
export async function packagedChromium(parent: string = tmpdir()): Promise<PackagedChromium> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(`it is made for Linux on x86-64, and this is ${process.platform} on ${process.arch}`);
  }
  const archives = fileURLToPath(new URL('../bin', import.meta.resolve('@sparticuz/chromium')));
  const { version } = JSON.parse(readFileSync(join(archives, '..', 'package.json'), 'utf8')) as { version: string };
  const folder = join(parent, `samhain-tests-chromium-${version}-${process.getuid?.()}`);
  if (!isWhole(folder)) await unpack(archives, folder);

  const path = join(folder, 'chromium');
  const env = {
    LD_LIBRARY_PATH: [join(folder, 'lib'), process.env.LD_LIBRARY_PATH].filter(Boolean).join(':'),
    FONTCONFIG_FILE: process.env.FONTCONFIG_FILE ?? join(folder, fontsToo),
  };
  const { stdout } = await run(path, ['--version'], { env: { ...process.env, ...env } });
  return { path, env, from: `@sparticuz/chromium ${version}`, version: stdout.trim() };
}

/**
 * Whether everything is there. A folder of an interrupted run is not whole, nor is one that a cleaner of the temporary
 * folder has been through.
 * @throws if somebody else could have put something there
 */
function isWhole(folder: string): boolean {
  const found = lstatSync(folder, { throwIfNoEntry: false });
  if (!found) return false;
  if (!found.isDirectory() || found.uid !== process.getuid?.() || found.mode & 0o077) {
    throw new Error(`${folder} is not a private folder of this user; remove it, or name another place by TMPDIR`);
  }
  try {
    const sizes = JSON.parse(readFileSync(join(folder, list), 'utf8')) as Record<string, number>;
    return Object.entries(sizes).every(([name, size]) => statSync(join(folder, name)).size === size);
  } catch {
    return false;
  }
}

/** Unpacks under another name first, so that nobody ever sees half a browser: neither a later run nor one beside this. */
async function unpack(archives: string, folder: string): Promise<void> {
  const fresh = mkdtempSync(`${folder}.`);
  try {
    for (const name of readdirSync(archives)) await unpackOne(join(archives, name), fresh);
    writeFileSync(join(fresh, fontsToo), fontconfig);
    const unpacked = readdirSync(fresh, { recursive: true, encoding: 'utf8' }).filter((name) =>
      lstatSync(join(fresh, name)).isFile(),
    );
    const sizes = Object.fromEntries(unpacked.map((name) => [name, statSync(join(fresh, name)).size]));
    writeFileSync(join(fresh, list), JSON.stringify(sizes));
    putInPlace(fresh, folder);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}

/** Brotli, and below it a tar or the one file. */
async function unpackOne(archive: string, into: string): Promise<void> {
  const file = join(into, basename(archive, '.br'));
  await pipeline(createReadStream(archive), createBrotliDecompress(), createWriteStream(file, { mode: 0o700 }));
  if (!file.endsWith('.tar')) return;
  // Not with the owners that the archive names: they are nobody here, and a container may know none of them.
  await run('tar', ['-x', '--no-same-owner', '-f', file, '-C', into]);
  rmSync(file);
}

/** Another run may have been faster: then its folder stays, for its browsers run from there. */
function putInPlace(fresh: string, folder: string): void {
  for (let tries = 0; !isWhole(folder); tries += 1) {
    try {
      if (lstatSync(folder, { throwIfNoEntry: false })) renameSync(folder, `${fresh}.broken`);
      renameSync(fresh, folder);
    } catch (error) {
      // It came or went between two of these calls.
      if (tries > 2) throw error;
    }
    rmSync(`${fresh}.broken`, { recursive: true, force: true });
  }
}
