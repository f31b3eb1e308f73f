/** The trail in the address: what goes in comes out, and nothing else gets in. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseTrail } from '../../../src/browser/wizard/read-trail.ts';
import { trailQuery } from '../../../src/browser/wizard/trail.ts';
import { loadKnowledge } from '../../../src/build/knowledge/load.ts';

describe('the trail', () => {
  test('comes back from an address as it was, for every answer of the wizard', () => {
    for (const { id, answers } of loadKnowledge().questions) {
      for (const answer of [...answers.map((a) => a.id), 'unknown']) {
        const steps = [
          { question: 'start', answer: 'session-key' },
          { question: id, answer },
        ];
        expect(parseTrail(trailQuery(steps))).toEqual(steps);
      }
    }
    expect(trailQuery([])).toBe('');
  });

  test('holds only ids and not many of them, whatever the address says', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 400 }), (text) => {
        const steps = parseTrail(`?t=${encodeURIComponent(text)}`);
        const good = steps.every(({ question, answer }) => /^[a-z0-9-]+$/.test(question + answer));
        return good && steps.length <= 12;
      }),
    );
    expect(parseTrail('?t=a:b:c~<b>:x~a~:~A:B~good:one')).toEqual([{ question: 'good', answer: 'one' }]);
    expect(parseTrail(`?t=${'a:b~'.repeat(50)}`)).toHaveLength(12);
  });
});
