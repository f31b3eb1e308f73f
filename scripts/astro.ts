/**
 * Astro's command line with its telemetry off: nothing that is done with this project is told to anybody.
 * `node scripts/astro.ts build`; a variable set in package.json would not be understood by every shell.
 */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

process.env.ASTRO_TELEMETRY_DISABLED = '1';
const astro = dirname(createRequire(import.meta.url).resolve('astro/package.json'));
await import(pathToFileURL(join(astro, 'bin', 'astro.mjs')).href);
