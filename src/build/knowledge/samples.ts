/** Checks that each line shown is recognised, a sample as the message that it stands for: documentation that cannot rot. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Sample } from '../../content/schemas.ts';
import { type Catalogue, createCatalogue, recognise } from '../../engine/index.ts';
import type { ContentError } from './files.ts';
import type { Knowledge } from './types.ts';

/**
 * Every sample that its own entry does not match, or whose captured run is gone; every other line that nothing matches.
 * @param root project folder, which holds tests/captures
 */
export function checkSamples(knowledge: Knowledge, root: string): ContentError[] {
  const catalogue = createCatalogue(knowledge.messages);
  const samples = knowledge.samples.flatMap((sample) => {
    const error = errorAt(knowledge, sample, nameOf(sample));
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
  return [...samples, ...checkLines(knowledge, catalogue)];
}

/** Every line of a problem or of an answer that no message is, and no block of a problem. */
function checkLines(knowledge: Knowledge, catalogue: Catalogue): ContentError[] {
  const { problems, questions, ends } = knowledge;
  const blocks = problems.flatMap((problem) => problem.blocks.filter(({ words }) => words.length > 0));
  const isKnown = (line: string): boolean => {
    const { findings, asides } = recognise([{ name: 'line', text: line }], catalogue);
    const low = line.toLowerCase();
    return (
      findings.some(({ message }) => message !== undefined) ||
      asides.some(({ kind }) => kind === 'explanation' || kind === 'emergency' || kind === 'crash') ||
      blocks.some(({ words }) => words.every((word) => low.includes(word.toLowerCase())))
    );
  };
  const shown = [
    ...problems.flatMap((one) => one.lines.map(({ text }, i) => ({ one, field: `lines.${i + 1}.text`, line: text }))),
    ...ends.flatMap((one) => one.lines.map((line, i) => ({ one, field: `lines.${i + 1}`, line }))),
    ...questions.flatMap((one) => one.answers.map(({ id, line }) => ({ one, field: `answers.${id}.line`, line }))),
  ];
  return shown.flatMap(({ one, field, line }) =>
    line === undefined || isKnown(line)
      ? []
      : [errorAt(knowledge, one, one.id)(field, 'is no line of samhain or yule that the catalogue knows')],
  );
}

/** A mistake in a field of an entry; entries of a list are counted from 1. */
function errorAt({ places }: Knowledge, entry: object, name: string) {
  const place = places.get(entry);
  return (field: string, reason: string): ContentError => ({
    file: place?.file ?? 'src/content',
    line: place?.lineOf(field.split('.').map((part) => (/^\d+$/.test(part) ? Number(part) - 1 : part))),
    field: `${name}: ${field}`,
    reason,
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
