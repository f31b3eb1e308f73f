import { describe, expect, it } from 'vitest';
import { testField, testFields } from '../../../src/engine/index.ts';

describe('testField', () => {
  it('compares without regard to case', () => {
    expect(testField('PARP', 'parp')).toBe(true);
    expect(testField('PARP', 'PAR')).toBe(false);
    expect(testField('', '')).toBe(true);
  });

  it('wants one of a list, and all kinds of tests at once', () => {
    expect(testField({ is: ['a', 'b'] }, 'B')).toBe(true);
    expect(testField({ starts: ['/var', '/srv'], ends: ['.log'] }, '/srv/a.log')).toBe(true);
    expect(testField({ starts: ['/var', '/srv'], ends: ['.log'] }, '/srv/a.txt')).toBe(false);
    expect(testField({ has: ['b'], lacks: ['c'] }, 'abd')).toBe(true);
    expect(testField({ has: ['b'], lacks: ['c', 'd'] }, 'abd')).toBe(false);
    expect(testField({ not: ['a'] }, 'a')).toBe(false);
    expect(testField({}, 'a')).toBe(true);
  });

  it('fails a missing value unless absence is meant', () => {
    expect(testField('a', undefined)).toBe(false);
    expect(testField({ has: [''] }, undefined)).toBe(false);
    expect(testField({ not: ['a'], lacks: ['b'] }, undefined)).toBe(true);
  });

  it('tests several values', () => {
    expect(testFields({ a: '1', b: { not: ['2'] } }, { a: '1' })).toBe(true);
    expect(testFields({ a: '1', b: '2' }, { a: '1' })).toBe(false);
  });
});
