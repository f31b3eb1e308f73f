/** The examples beside the paste box: captured lines, each named by what it shows. */
import { href } from '../../browser/paths.ts';
import { runsOf, sourceOf } from './captures.ts';

const choice = [
  { name: 'wrong password, both logs', scenario: '03a-password-never-set' },
  { name: 'refused by TCP wrappers, both logs', scenario: '02a-hosts-deny-yule-all' },
  { name: 'refused, the client alone', scenario: '04a-not-in-client-list', side: 'client' },
  { name: 'nothing wrong', scenario: '08c-client-sigterm-restart-healthy' },
] as const;

/** Too large for the page: a file beside it, fetched on the click. */
const large = { name: 'one server, 26 clients', file: 'one-server-26-clients.log.gz' };

export interface Example {
  name: string;
  text?: string;
  file?: { href: string; name: string };
}

/** Name and text of each example. @throws if a captured run is missing: an example that shows nothing is a defect */
export function examples(): Example[] {
  const small = choice.map((wanted) => {
    const run = runsOf(wanted.scenario)[0];
    if (!run)
      throw new Error(`tests/captures/${wanted.scenario} is missing; the example "${wanted.name}" is made from it.`);
    const sides = 'side' in wanted ? [wanted.side] : (['client', 'server'] as const);
    const text = sides.map((side) => sourceOf(run, side)?.text.trim() ?? '').join('\n\n');
    return { name: wanted.name, text: text.split('\n').slice(0, 120).join('\n') };
  });
  return [...small, { name: large.name, file: { href: href(`/examples/${large.file}`), name: large.file } }];
}
