/** Captured runs with every host, address and user renamed at random: no trace of the names in what is handed on, and the same answer. */
import { expect, test } from 'vitest';
import type { Source } from '../../../src/engine/types.ts';
import { markdownOf } from '../../../src/report/markdown.ts';
import { reportOf } from '../../../src/report/model.ts';
import { Redaction, redactionWords } from '../../../src/report/redact.ts';
import { textOf } from '../../../src/report/text.ts';
import { samples } from '../../captures/samples.ts';
import { judge, judgeSources, knowledge, setup } from '../diagnosis/judge.ts';

const seed = 20261127;

/** Numbers from 0 to 1 that are the same at each run. */
function randomFrom(start: number): () => number {
  let n = start;
  return () => {
    n = (n * 1664525 + 1013904223) % 2 ** 32;
    return n / 2 ** 32;
  };
}

/** Gives each host, domain and address another name, alike in all sources, and the users of reports. @returns the names, too */
function renamed(sources: readonly Source[], random: () => number) {
  const names = new Map<string, string>();
  const letters = (count: number) =>
    Array.from({ length: count }, () => 'bcdfghjklmnpqrstvwxz'[Math.floor(random() * 20)]).join('');
  const part = () => Math.floor(random() * 200 + 20);
  const named = (name: string, make: () => string) => {
    const known = names.get(name) ?? make();
    names.set(name, known);
    return known;
  };
  const label = (name: string) => named(name, () => `${letters(6)}${part()}`);
  const domain = (name: string) => named(name, () => `${letters(7)}.${letters(3)}`);
  const text = (given: string) =>
    given
      .replace(
        /\b([a-z][\w-]*)\.(example\.(?:net|org|com))\b/gi,
        (_, first: string, rest: string) => `${label(first.toLowerCase())}.${domain(rest.toLowerCase())}`,
      )
      .replace(/\b(?!127\.|0\.0\.0\.0)(\d+\.\d+\.\d+)\.(\d+)\b/g, (_, net: string, host: string) => {
        const known = named(net, () => `10.${part()}.${part()}`);
        return `${known}.${host}`;
      })
      .replace(/\b(owner_(?:old|new)=[<"])(?!root)([a-z]\w*)/g, (_, head: string, user: string) => head + label(user));
  const texts = sources.map((source) => ({ ...source, text: text(source.text) }));
  // The first label alone is the same host.
  const short = [...names.keys()].filter((name) => /^[a-z][\w-]*\d$/.test(name));
  const whole = texts.map((source) => ({
    ...source,
    text: short.reduce(
      (all, name) => all.replace(new RegExp(`(?<![\\w.-])${name}(?![\\w-])`, 'g'), names.get(name) ?? ''),
      source.text,
    ),
  }));
  return { sources: whole, names: [...names.values()] };
}

test('nothing of the names is left in a redacted report, which is judged like the lines themselves', () => {
  const random = randomFrom(seed);
  const others: string[] = [];
  let seen = 0;
  for (const { name, fault } of samples()) {
    const { sources, names } = renamed(fault, random);
    const { read, ...result } = judgeSources(sources);
    const whole = reportOf({ read, result, ...knowledge, setup });
    const copy = new Redaction(read, redactionWords(knowledge, setup)).all(whole);
    const markdown = markdownOf(copy);
    const texts = `${markdown}\n${textOf(copy)}`.toLowerCase();
    expect(
      names.filter((one) => texts.includes(one.toLowerCase())),
      name,
    ).toEqual([]);
    expect(copy.diagnoses.map(({ problem, confidence }) => [problem, confidence])).toEqual(
      whole.diagnoses.map(({ problem, confidence }) => [problem, confidence]),
    );
    const [first] = whole.diagnoses;
    if (!first || first.over || first.ofSettings) continue;
    seen += 1;
    const again = judge(markdown).diagnoses[0];
    if (again?.problem !== first.problem) others.push(`${name}: ${first.problem}, given back ${again?.problem}`);
  }
  // What shows in a gap, in a configuration or in how long something took is not in the lines that are given back.
  // Nor is the end of a file (14a), or which program a crash ended, where only the tag of the system's log tells it (k53).
  expect(others.length, others.join('\n')).toBeLessThanOrEqual(10);
  expect(seen).toBeGreaterThan(100);
}, 300_000);
