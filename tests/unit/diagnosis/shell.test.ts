/** How the commands of the content are read: what runs behind what, and what nobody can vouch for. */
import { expect, test } from 'vitest';
import { readShell } from '../../../src/engine/diagnosis/shell.ts';

let count = 0;
/** Read anew: what was read before is known by its text, and a remark makes it another one. */
const read = (text: string) => readShell(`${text} # ${count++}`);

/** Commands by pipeline, each as its words. */
const pipelines = (text: string) =>
  read(text).pipelines.map((commands) => commands.map(({ words }) => words.map((word) => word.text).join(' ')));

test('commands stand apart by lines, semicolons, && and ||, and together by |', () => {
  expect(pipelines('ss -ltnp | grep yule; ps aux\nyule status && echo ok || echo no')).toEqual([
    ['ss -ltnp', 'grep yule'],
    ['ps aux'],
    ['yule status'],
    ['echo ok'],
    ['echo no'],
  ]);
  expect(pipelines('if test -f /etc/yulerc; then LANG=C cat /etc/yulerc; fi')).toEqual([
    ['test -f /etc/yulerc'],
    ['cat /etc/yulerc'],
  ]);
});

test('a variable is a name, guarded or not; of anything else in its braces it is said that it was not read', () => {
  expect(read(`echo "\${PW:?}" "$name" \${other}`)).toMatchObject({
    variables: [
      { name: 'PW', guarded: true },
      { name: 'name', guarded: false },
      { name: 'other', guarded: false },
    ],
    unread: [],
  });
  for (const inside of ['PW:-none', 'PW%.log', '#PW', ''])
    expect(read(`echo "\${${inside}}"`).unread, inside).toEqual([`\${${inside}}: more than a name`]);
  expect(read('echo `date` $((1 + 1))').unread).toHaveLength(3);
});
