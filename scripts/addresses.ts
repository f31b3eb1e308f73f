/** Adds the addresses of the built site to the list of all that were ever published: `npm run addresses`, after a build. */
import { addAddresses } from '../src/build/site-checks/addresses.ts';
import { readSite } from '../src/build/site-checks/site.ts';

addAddresses(readSite('dist'));
