/** Checks that each sample line is recognised as the message that it stands for: documentation that cannot rot. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Sample } from '../content/schemas.ts';
import { type Catalogue, createCatalogue, recognise } from '../engine/index.ts';
import type { ContentError } from './files.ts';
import type { Knowledge } from './load.ts';

/**
 * Every sample that its own entry does not match, or whose captured run is gone.
 * @param root project folder, which holds tests/captures
 */
export function checkSamples({ messages, samples, places }: Knowledge, root: string): ContentError[] {
  const catalogue = createCatalogue(messages);
  return samples.flatMap((sample) => {
    const place = places.get(sample);
    const error = (field: string, reason: string): ContentError => ({
      file: place?.file ?? 'src/content/samples.yaml',
      line: place?.lineOf([field]),
      field: `${nameOf(sample)}: ${field}`,
      reason,
    });
    const found = recognisedAs(sample, catalogue);
    const errors =
      found === nameOf(sample)
        ? []
        : [error('line', `is recognised as ${found}; \`npm run samples\` makes the lines anew`)];
    if (!existsSync(join(root, 'tests', 'captures', sample.capture))) {
      errors.push(error('capture', `there is no folder tests/captures/${sample.capture}`));
    }
    return errors;
  });
}

const nameOf = ({ message, text }: Pick<Sample, 'message' | 'text'>): string => (text ? `${message}/${text}` : message);

/** What the line is for the engine, named as precisely as the sample names it. */
function recognisedAs({ line, form, text: wanted }: Sample, catalogue: Catalogue): string {
  const { findings } = recognise([{ name: 'sample', text: line }], catalogue);
  const [finding] = findings;
  if (!finding?.message || findings.length !== 1) return findings.length > 1 ? 'several records' : 'no message';
  if (finding.record.form !== form) return `a record of the ${finding.record.form} form`;
  return nameOf({ message: finding.message, text: wanted ? finding.text : undefined });
}
