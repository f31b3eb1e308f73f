/** Adds the addresses of the built site to the list of all that were ever published: `npm run addresses`, after a build. */
import { addAddresses } from './site-checks/addresses.ts';
import { readSite } from './site-checks/site.ts';

addAddresses(readSite('dist'));
