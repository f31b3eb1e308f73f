/**
 * Makes the skeleton of a problem that runs: `npm run new:problem ID MESSAGE QUESTION`. What is still to write is marked TBD,
 * and `npm run check:content` names each place.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { loadKnowledge } from '../src/knowledge/load.ts';
import { thereIsNo } from '../src/knowledge/suggest.ts';

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
const { messages, questions } = loadKnowledge(root);
const message = messages.find((one) => one.id === messageId);
const question = questions.find((one) => one.id === questionId);
if (!message)
  stop(
    `${thereIsNo(
      'message',
      messageId,
      messages.map((one) => one.id),
    )}.`,
  );
if (!question)
  stop(
    `${thereIsNo(
      'question',
      questionId,
      questions.map((one) => one.id),
    )}.`,
  );
const page = `${root}src/content/problems/${id}.mdx`;
if (existsSync(page)) stop(`src/content/problems/${id}.mdx is there already.`);

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
// The answers of a question end where its \`unknown\` begins.
const end = text.indexOf('\n  unknown:', start);
const answer = `\n    - id: ${id}\n      label: 'TBD: what the person sees'\n      problem: ${id}`;
writeFileSync(path, text.slice(0, end) + answer + text.slice(end));
console.log(`src/content/problems/${id}.mdx, and an answer to "${question.ask}" that leads there.`);
console.log('Next: npm run check:content names every TBD; npm run dev shows the page.');
