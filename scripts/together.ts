/**
 * `node scripts/together.ts NAME…` runs npm scripts at the same time, where each alone leaves a core without work. Ends when all
 * have ended, with 1 if one failed.
 */
import { spawn } from 'node:child_process';

const names = process.argv.slice(2);
const failed = await Promise.all(
  names.map(
    (name) =>
      new Promise<string[]>((done) => {
        const child = spawn('npm', ['run', '--silent', name], {
          stdio: 'inherit',
          shell: process.platform === 'win32',
        });
        child.on('error', ({ message }) => done([`${name}: ${message}`]));
        child.on('close', (code, signal) => done(code === 0 ? [] : [`${name} failed (${signal ?? `status ${code}`})`]));
      }),
  ),
);
for (const line of failed.flat()) console.error(line);
process.exitCode = names.length > 0 && failed.flat().length === 0 ? 0 : 1;
