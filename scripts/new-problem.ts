/**
 * Makes the skeleton of a problem that runs: `npm run new:problem ID MESSAGE QUESTION`. What is still to write is marked TBD,
 * and `npm run check:content` names each place.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { loadKnowledge } from '../src/build/knowledge/load.ts';
import { thereIsNo } from '../src/build/knowledge/suggest.ts';
import { mostAnswers } from '../src/content/schemas.ts';

const usage = `Usage: npm run new:problem ID MESSAGE QUESTION
  ID        the address of the page, words joined by hyphens: wrong-password
  MESSAGE   a line that shows it, by samhain's own id: MSG_TCP_BADCONN (src/content/messages)
  QUESTION  the question of which one answer leads to it: server-reason (src/content/questions.yaml)`;

function stop(reason: string): never {
  console.error(`${reason}\n${usage}`);
  process.exit(2);
}

const root = fileURLToPath(new URL('..', import.meta.url));
const [id = '', messageId = '', questionId = ''] = process.argv.slice(2);
if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id)) stop(`${id || 'An id'}: must be lower-case words joined by hyphens.`);
const { messages, problems, questions } = loadKnowledge(root);

/** The entry of that id. */
function find<T extends { id: string }>(what: string, wanted: string, list: readonly T[]): T {
  const found = list.find((one) => one.id === wanted);
  return (
    found ??
    stop(
      thereIsNo(
        what,
        wanted,
        list.map((one) => one.id),
      ),
    )
  );
}

const message = find('message', messageId, messages);
const question = find('question', questionId, questions);
if (question.answers.length >= mostAnswers)
  stop(
    `${questionId} has ${mostAnswers} answers already. Those with room: ${questions
      .filter(({ answers }) => answers.length < mostAnswers)
      .map((one) => one.id)
      .join(', ')}`,
  );
const page = `${root}src/content/problems/${id}.mdx`;
if (existsSync(page)) stop(`src/content/problems/${id}.mdx is there already.`);

/** How the line reads; what varies in it is left open. */
const line = (message.forms[0]?.plain ?? '').replace(/\{\w+\}/g, 'x').replaceAll("'", "''");
const side = message.side === 'both' ? 'client' : message.side;
writeFileSync(
  page,
  `---
id: ${id}
title: 'TBD: what a person would say: Wrong password'
summary: 'TBD: the verdict in one sentence that can stand alone.'
step: ${message.step}
decisiveSide: ${side}
impact:
  watched: { unknown: 'TBD' }
  reports: { unknown: 'TBD' }
  heals: { unknown: 'TBD' }
  intruder: { unknown: 'TBD' }
signs:
  - side: ${side}
    message: ${message.id}
    weight: fits
    because: 'TBD: why this line shows it. proves: nothing else prints it; points: another cause is possible; fits: one of several.'
lines:
  - { side: ${side}, text: '${line}' }
steps:
  - do: 'TBD: what to do, then why.'
    at: ${side}
verify:
  - do: 'TBD: what shows that it works now.'
    at: ${side}
known: source
updated: ${new Date().toISOString().slice(0, 10)}
---
## What you see

<Seen />

## What it means

TBD

## How to be sure

TBD

<Similar />

## Fix it

<Fix />

## Verify

<Verify />

## Security

TBD

## Versions

<Versions />
`,
);
const path = `${root}src/content/questions.yaml`;
const text = readFileSync(path, 'utf8');
const start = text.indexOf(`- id: ${questionId}\n`);
// The answers of a question end where its ways out begin.
const end = start + text.slice(start).search(/\n {2}(?:none|fine|unknown):/);
const answer = `\n    - id: ${id}\n      label: 'TBD: what the person sees'\n      line: '${line}'\n      problem: ${id}`;
writeFileSync(path, text.slice(0, end) + answer + text.slice(end));
console.log(`src/content/problems/${id}.mdx, and an answer to "${question.ask}" that leads there.`);
const others = problems.filter(({ signs }) => signs.some((sign) => sign.message === messageId)).map((one) => one.id);
if (others.length > 0)
  console.log(`${messageId} is a sign of ${others.join(', ')} too: say under \`similar\` what tells them apart.`);
console.log('Next: npm run check:content names every TBD; npm run dev shows the page.');
