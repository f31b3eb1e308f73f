/**
 * The whole build of the project in the current folder, in one process: the pages, then all editions made from them. What was
 * read and checked for the pages is not read a second time, nor are the modules loaded again. Astro's telemetry is off, as in
 * astro.ts. `node scripts/build.ts [dist]`
 */
import { resolve } from 'node:path';

process.env.ASTRO_TELEMETRY_DISABLED = '1';
const { build } = await import('astro');
const started = performance.now();
// Astro names every page; what would have to be read is a warning or an error.
await build({ outDir: resolve(process.argv[2] ?? 'dist'), logLevel: 'warn' });
console.log(`Pages: made in ${Math.round((performance.now() - started) / 1000)} s.`);
await import('../src/build/editions/make.ts');
