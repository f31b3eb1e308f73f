/**
 * Says in a second or two, without a build, what is wrong with the content: shape, references, parts of pages, commands, words
 * to avoid. With --all also what is right but not finished: answers that nobody knows yet, words that may be right.
 */
import { fileURLToPath } from 'node:url';
import { type ContentError, ContentFault, describeMistake } from '../src/build/knowledge/files.ts';
import { loadKnowledge } from '../src/build/knowledge/load.ts';
import { checkPrints } from '../src/build/knowledge/prints.ts';
import { unfinished } from '../src/build/knowledge/unfinished.ts';
import { checkWords } from '../src/build/knowledge/words.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const all = process.argv.includes('--all');
const began = performance.now();

function check(): { mistakes: readonly ContentError[]; notes: readonly ContentError[] } {
  try {
    const knowledge = loadKnowledge(root);
    return {
      mistakes: [...checkPrints(knowledge, root), ...checkWords(knowledge.words, root)],
      notes: all ? [...unfinished(knowledge), ...checkWords(knowledge.words, root, true)] : [],
    };
  } catch (error) {
    if (error instanceof ContentFault) return { mistakes: error.mistakes, notes: [] };
    throw error;
  }
}

const { mistakes, notes } = check();
for (const one of mistakes) console.error(describeMistake(one));
for (const one of notes) console.log(describeMistake(one));
const seconds = ((performance.now() - began) / 1000).toFixed(1);
console.log(
  mistakes.length === 0
    ? `The content has no mistake (${seconds} s).${all ? ` ${notes.length} to finish.` : ''}`
    : `${mistakes.length} mistake${mistakes.length === 1 ? '' : 's'} in the content (${seconds} s).`,
);
process.exit(mistakes.length === 0 ? 0 : 1);
