/**
 * The content, compiled. It is read from YAML and checked once, and then kept in a file that is named by a hash of the
 * content and of what compiles it. The packed program has it inside (src/build/editions/package/command-line.ts).
 */
import { createHash } from 'node:crypto';
import { lstatSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CompiledKnowledge } from '../build/knowledge/compile.ts';

const root = join(import.meta.dirname, '..', '..');
const prefix = 'rules-';

/** What the command line needs of the content. */
export async function loadRules(): Promise<CompiledKnowledge> {
  const name = `${prefix}${keyOf(['src/content', 'src/build/knowledge'])}.json`;
  const folders = [join(root, 'node_modules', '.cache', 'samhain-diagnose'), ownFolder()];
  for (const folder of folders) {
    try {
      if (isOurs(folder)) return JSON.parse(readFileSync(join(folder, name), 'utf8')) as CompiledKnowledge;
    } catch {
      // Not there, or not whole: it is made below.
    }
  }
  const [{ loadKnowledge }, { compileKnowledge }] = await Promise.all([
    import('../build/knowledge/load.ts'),
    import('../build/knowledge/compile.ts'),
  ]);
  const rules = compileKnowledge(loadKnowledge());
  keep(folders, name, JSON.stringify(rules));
  return rules;
}

/** Names and bytes of all files below these folders. */
function keyOf(folders: readonly string[]): string {
  const hash = createHash('sha256');
  for (const folder of folders) {
    const files = readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .sort();
    for (const file of files) hash.update(file.slice(root.length)).update('\0').update(readFileSync(file)).update('\0');
  }
  return hash.digest('hex').slice(0, 24);
}

/** Where the project's folder cannot be written: a folder of this user alone. */
const ownFolder = (): string => join(tmpdir(), `samhain-diagnose-${process.getuid?.() ?? 0}`);

/**
 * True for a folder that nobody else can write in: what is in it becomes commands that an administrator runs. In the
 * project's own tree that is as safe as the program itself.
 */
function isOurs(folder: string): boolean {
  if (folder.startsWith(root)) return true;
  const stat = lstatSync(folder);
  return stat.isDirectory() && stat.uid === (process.getuid?.() ?? stat.uid) && (stat.mode & 0o077) === 0;
}

/** Writes it into the first folder that can be written, and removes what older content left there. */
function keep(folders: readonly string[], name: string, text: string): void {
  for (const folder of folders) {
    try {
      mkdirSync(folder, { recursive: true, ...(folder.startsWith(root) ? {} : { mode: 0o700 }) });
      if (!isOurs(folder)) continue;
      const part = join(folder, `.${process.pid}.part`);
      writeFileSync(part, text, { flag: 'wx' });
      // Whoever reads it meanwhile sees all of it or nothing.
      renameSync(part, join(folder, name));
      for (const other of readdirSync(folder))
        if (other.startsWith(prefix) && other !== name) rmSync(join(folder, other), { force: true });
      return;
    } catch {
      // The next one, or none: then it is compiled anew each time.
    }
  }
}
