/**
 * Checks the built site: valid HTML, every link and anchor has its target, every
 * address that was ever published is there, no address leads elsewhere,
 * every page carries the Content-Security-Policy, the pages keep their weight, and no file is empty.
 * A check that found nothing to look at has failed.
 * `node scripts/check-site.ts [FOLDER [NAME…]]`: only the checks so named, where a site differs from one that was checked.
 */
import { checkAddresses } from '../src/build/site-checks/addresses.ts';
import { checkFiles } from '../src/build/site-checks/files.ts';
import { checkHtml } from '../src/build/site-checks/html.ts';
import { checkLinks } from '../src/build/site-checks/links.ts';
import { checkPolicy } from '../src/build/site-checks/policy.ts';
import { readSite } from '../src/build/site-checks/site.ts';
import { checkWeight } from '../src/build/site-checks/weight.ts';

const [folder = 'dist', ...names] = process.argv.slice(2);
const site = readSite(folder);
let failed = false;

const all = {
  html: checkHtml,
  links: checkLinks,
  addresses: checkAddresses,
  policy: checkPolicy,
  weight: checkWeight,
  files: checkFiles,
};
for (const name of names) if (!Object.hasOwn(all, name)) throw new Error(`There is no check ${name}.`);
for (const [id, check] of Object.entries(all)) {
  if (names.length > 0 && !names.includes(id)) continue;
  const { name, looked, problems } = await check(site);
  if (looked === 0) problems.push('nothing was found to check');
  console.log(`${problems.length === 0 ? 'ok' : 'FAILED'}  ${name}: ${looked} looked at`);
  for (const problem of problems.slice(0, 40)) console.error(`    ${problem}`);
  if (problems.length > 40) console.error(`    … and ${problems.length - 40} more`);
  failed ||= problems.length > 0;
}
process.exit(failed ? 1 : 0);
