/** The examples beside the paste box: captured lines of three runs. */
import { runsOf, sourceOf } from './captures.ts';

const choice = [
  { name: 'a password', scenario: '03a-password-never-set' },
  { name: 'a refusal', scenario: '02a-hosts-deny-yule-all' },
  { name: 'a client alone', scenario: '04a-not-in-client-list', side: 'client' },
  { name: 'a whole healthy session', scenario: '08c-client-sigterm-restart-healthy' },
] as const;

/** Name and text of each example. @throws if a captured run is missing: an example that shows nothing is a defect */
export function examples(): { name: string; text: string }[] {
  return choice.map((wanted) => {
    const run = runsOf(wanted.scenario)[0];
    if (!run)
      throw new Error(`tests/captures/${wanted.scenario} is missing; the example "${wanted.name}" is made from it.`);
    const sides = 'side' in wanted ? [wanted.side] : (['client', 'server'] as const);
    const text = sides.map((side) => sourceOf(run, side)?.text.trim() ?? '').join('\n\n');
    return { name: wanted.name, text: text.split('\n').slice(0, 120).join('\n') };
  });
}
