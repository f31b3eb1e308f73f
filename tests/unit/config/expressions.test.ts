/** Expressions of a configuration's conditions: what they find is what JavaScript's own find, in bounded time. */
import { describe, expect, test } from 'vitest';
import { expression } from '../../../src/engine/config/expression.ts';

describe('expressions of conditions', () => {
  const patterns = [
    'web1',
    '^web[12]\\.example\\.net$',
    '(a|b)+c?',
    'x{2,3}',
    '[^a-y.]z',
    'd.*t$',
    '[[:digit:]]{2}',
    '^$',
    'a|',
    '[]a]',
  ];
  const texts = ['web1.example.net', 'web12.example.net', 'abac', 'xx', 'zz', 'dot', '42', '', 'a]'];

  test.each(patterns)('%s finds what it should', (pattern) => {
    const own = expression(pattern);
    const theirs = new RegExp(pattern.replace('[[:digit:]]', '\\d').replace('[]a]', '[\\]a]'));
    if (typeof own === 'string') throw new Error(own);
    for (const text of texts) expect(own(text), text).toBe(theirs.test(text));
  });

  test('bad ones, those that libraries differ in, and slow ones are told', () => {
    expect(['(a', 'a[b', '*a', 'a\\', '[[:no:]]'].map((pattern) => expression(pattern))).toEqual(Array(5).fill('bad'));
    expect(['\\bweb', 'a{', '{2}'].map((pattern) => expression(pattern))).toEqual(Array(3).fill('open'));
    const start = process.threadCpuUsage();
    const slow = expression('(a+)+(a|aa)*$');
    if (typeof slow === 'string') throw new Error(slow);
    expect(slow(`${'a'.repeat(250)}!`)).toBe(false);
    expect(process.threadCpuUsage(start).user / 1000).toBeLessThan(1000);
  });
});
