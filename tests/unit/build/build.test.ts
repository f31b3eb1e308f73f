/** `npm run build` itself, on a copy of the project with one mistake in its content: what an author sees of it. */
import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const project = fileURLToPath(new URL('../../../', import.meta.url));
let root = '';

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'broken-project-'));
  for (const name of ['src', 'scripts', 'astro.config.mjs', 'package.json', 'tsconfig.json']) {
    cpSync(join(project, name), join(root, name), { recursive: true });
  }
  for (const name of ['node_modules', 'tests']) symlinkSync(join(project, name), join(root, name), 'junction');
});

afterAll(() => rmSync(root, { recursive: true, force: true }));

function build(): Promise<{ status: unknown; output: string }> {
  // As from a shell: what the test runner adds to the environment would change what Astro does.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(?:NODE_ENV|VITEST.*)$/.test(name)));
  const options = { cwd: root, env: { ...env, NO_COLOR: '1' }, shell: process.platform === 'win32' };
  return new Promise((done) => {
    execFile('npm', ['run', 'build'], options, (error, stdout, stderr) =>
      done({ status: error ? error.code : 0, output: stdout + stderr }),
    );
  });
}

// (Of each kind one: what is found is in mistakes.test.ts, and a build takes five seconds until it finds it.)
const cases = [
  {
    name: 'a reference that leads nowhere',
    file: 'src/content/questions.yaml',
    find: /^- id: server-reason\n[\s\S]*?problem: wrong-password$/m,
    put: (found: string) => found.replace(/- id: password\n/, '- id: pass\n').replace(/wrong-password$/, 'no-password'),
    at: '- id: pass\n',
    field: 'server-reason: answers.pass',
    reason: 'there is no problem no-password',
  },
  {
    name: 'a text that YAML takes for a name',
    file: 'src/content/guides/client-state.mdx',
    find: /^title: .*/m,
    put: 'title: *Which',
    field: 'YAML',
    reason: '*Which has no anchor; a text that begins with * needs quotes',
  },
];

describe('a mistake in the content ends npm run build with file, line, field and reason', () => {
  test.each(cases)('$name', async ({ file, find, put, at, field, reason }) => {
    const path = join(root, file);
    const text = readFileSync(path, 'utf8');
    const broken = text.replace(find, put as (found: string) => string);
    expect(broken, 'this case changes nothing').not.toBe(text);
    writeFileSync(path, broken);
    try {
      const line = broken.slice(0, broken.indexOf(at ?? String(put))).split('\n').length;
      const { status, output } = await build();
      expect(output).toContain(`1 mistake in the content:\n  ${file}:${line}: ${field}: ${reason}\n`);
      expect(output).not.toContain('undefined');
      expect(status).toBe(1);
    } finally {
      writeFileSync(path, text);
    }
  });
});
