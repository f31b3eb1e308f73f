/** What a message is, in words: for the terminal (--explain), and as titles of pages. */
import { expect, test } from 'vitest';
import { isOwnSentence } from '../../../src/engine/catalogue/plainWords.ts';
import { isConfiguration } from '../../../src/engine/log/configuration.ts';
import { explained } from '../../../src/report/explain.ts';
import { messageWords, textWords } from '../../../src/report/message-words.ts';
import { judgeSources, knowledge, setup } from '../diagnosis/judge.ts';

const { messages, problems } = knowledge;

test('everything that is known of a message and its texts is said, and of one text no other', () => {
  let actions = 0;
  for (const message of messages) {
    const said = explained(message.id, { messages, problems, setup }) ?? '';
    for (const part of [message.meaning, message.action, ...message.texts.flatMap((one) => [one.meaning, one.action])])
      if (part) expect(said.includes(part), `${message.id}: ${part}`).toBe(true);
    actions += message.texts.filter(({ action }) => action).length;
    const [one, other] = message.texts;
    if (!one || !other || other.meaning.includes(one.meaning) || one.meaning.includes(other.meaning)) continue;
    const alone = explained(`${message.id}/${one.id}`, { messages, problems, setup }) ?? '';
    expect(alone.includes(one.meaning), `${message.id}/${one.id}`).toBe(true);
    expect(alone.includes(other.meaning), `${message.id}/${one.id}`).toBe(false);
  }
  expect(actions).toBeGreaterThan(0);
});

test('each text of a message has words of its own, with the values that name it', () => {
  let named = 0;
  for (const message of messages) {
    expect(messageWords(message)).not.toBe('');
    for (const text of message.texts) {
      const words = textWords(message, text);
      expect(words.trim(), `${message.id}/${text.id}`).not.toBe('');
      if (text.text || messageWords(message) !== message.forms[0]?.plain) continue;
      for (const test of Object.values(text.where ?? {})) {
        const value = typeof test === 'string' ? test : test.is?.[0];
        if (value === undefined) continue;
        expect(words, `${message.id}/${text.id}`).toContain(value);
        named += 1;
      }
    }
  }
  expect(named).toBeGreaterThan(0);
});

test('words of every day are no sentence of one program, in capitals or not, unless they are six', () => {
  for (const write of [(text: string) => text, (text: string) => text.toUpperCase()]) {
    expect(isOwnSentence(write('cannot open the file'))).toBe(false);
    expect(isOwnSentence(write('cannot open the yulefile'))).toBe(true);
    expect(isOwnSentence(write('cannot open the yulefile').split(' ').slice(1).join(' '))).toBe(false);
    expect(isOwnSentence(write('cannot open the file on this client'))).toBe(true);
  }
});

test('a file with the name of a configuration is one, however much of it is wrong; any other has to look like one', () => {
  const wrong = `[Misc]\nDaemon=yes\n${'SetLoopTime sixty\n'.repeat(20)}`;
  const settings = (name: string) => judgeSources([{ name, text: wrong }]).read.settings.length;
  expect([settings('yulerc'), settings('/root/samhainrc'), settings('notes.txt'), settings('my-yulerc')]).toEqual([
    1, 1, 0, 0,
  ]);
  expect(judgeSources([{ name: 'yulerc', text: 'dear colleague,\nDaemon=yes is set' }]).read.settings).toEqual([]);
});

test('an option may be written longer than it is, as samhain reads it, and not with something before it', () => {
  const sections = { log: ['mailseverity', 'logseverity', 'syslogseverity'] };
  const options = ['MailSeverity', 'LogSeverity', 'SyslogSeverity'];
  const file = (write: (option: string) => string) =>
    `[Log]\n${options.map((one) => `${write(one)} = crit`).join('\n')}\n`;
  expect(
    isConfiguration(
      file((one) => `${one}Level`),
      sections,
    ),
  ).toBe(true);
  expect(
    isConfiguration(
      file((one) => `My${one}`),
      sections,
    ),
  ).toBe(false);
});
