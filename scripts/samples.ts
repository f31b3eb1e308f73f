/**
 * Collects real lines for the catalogue: for each message, text and form the first captured line of tests/captures.
 * `npm run samples` writes src/content/samples.yaml; the build checks that each line is recognised as what it stands for.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { stringify } from 'yaml';
import { loadKnowledge } from '../src/build/knowledge/load.ts';
import type { Sample } from '../src/content/schemas.ts';
import { createCatalogue, recognise } from '../src/engine/index.ts';
import { lineLookup } from '../src/engine/log/lines.ts';
import type { Side } from '../src/engine/types.ts';

const folder = join('tests', 'captures');
const longest = 1200;

/** Log files and terminals first: their lines stand alone, without the prefix of syslog. */
const files = /^(client|server)\d?\.(?:log|stderr|console)$/;

/** A key that a program wrote for its log is no matter for a public page. */
const secret = /LOGKEY|verifier/i;

/** The version of the program whose file it is, as meta.json of its run says. */
function versionOf(capture: string, side: Side): Sample['versions'][number] {
  const { version } = JSON.parse(readFileSync(join(folder, capture, 'meta.json'), 'utf8')) as {
    version: { server?: string; client?: string };
  };
  // A package's version has more behind it, and a run with one program names that alone.
  return (version[side] ?? version.client ?? version.server ?? '').match(/^[\d.]+/)?.[0] as Sample['versions'][number];
}

const knowledge = loadKnowledge(undefined, { samples: false });
const catalogue = createCatalogue(knowledge.messages);
const samples = new Map<string, Sample>();

const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((path) => files.test(basename(path)))
  // 4.2.0 before 2.6.2, the fault before what came after its repair.
  .sort((a, b) => Number(a.includes('/26')) - Number(b.includes('/26')) || (a < b ? -1 : 1));

for (const path of paths) {
  const text = readFileSync(join(folder, path), 'utf8');
  const side = basename(path).replace(/\d?\..*/, '') as Side;
  const lineAt = lineLookup(text);
  const capture = relative('.', dirname(path)).replace('/after-fix', '');
  const version = versionOf(capture, side);
  for (const { record, message, text: part } of recognise([{ name: path, text, side }], catalogue).findings) {
    const line = lineAt(record.line);
    if (!message || record.relay || record.suspicious || record.form === 'bare') continue;
    if (line.length > longest || secret.test(line)) continue;
    // XML log files put the end of the record on the next line; on a terminal it is one line.
    const whole =
      record.form === 'xml' && !line.trimEnd().endsWith('/>')
        ? `${line.trimEnd().replace(/>$/, '').trimEnd()} />`
        : line;
    for (const text of part ? [part, undefined] : [undefined]) {
      const key = [message, text, record.form].join();
      const known = samples.get(key);
      if (!known) samples.set(key, { message, text, form: record.form, line: whole, capture, versions: [version] });
      else if (!known.versions.includes(version)) known.versions.push(version);
    }
  }
}

for (const { versions } of samples.values()) versions.sort().reverse();
const list = [...samples.values()].sort((a, b) =>
  a.message + (a.text ?? '') + a.form < b.message + (b.text ?? '') + b.form ? -1 : 1,
);
const head =
  '# Real lines of the captured runs, one for each message, text and form. Made by `npm run samples`; do not edit by hand.\n';
writeFileSync('src/content/samples.yaml', head + stringify(list, { lineWidth: 0 }));
console.log(`${list.length} samples for ${new Set(list.map((s) => s.message)).size} messages.`);
