/** Lines in parts: nothing is lost or added, and the parts that matter are told apart. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { headLength, type PartKind, splitLine } from '../../../src/components/lines/parts.ts';

const joined = (line: string) =>
  splitLine(line)
    .map((part) => part.text)
    .join('');
const of = (line: string, kind: PartKind) =>
  splitLine(line)
    .filter((part) => part.kind === kind)
    .map((part) => part.text);

const plain =
  'CRIT   :  [2026-11-23T15:18:17+0000] msg=<Invalid connection attempt: Session key mismatch>, client=<client1.example.net>';
const xml =
  '<log sev="CRIT" tstamp="2026-11-23T15:18:52+0000" msg="Invalid connection attempt: Not in client list" host="client1.example.net"  >';

describe('a line in parts', () => {
  test('is the line again, whatever it holds', () => {
    const bits = fc.constantFrom(
      'msg=<',
      '>',
      '"',
      '="',
      'CRIT   :  [',
      '] ',
      '<log ',
      'client=<',
      '=<',
      ' ',
      '\0',
      'é',
      '<TCP>',
    );
    fc.assert(
      fc.property(
        fc.array(fc.oneof(bits, fc.string()), { maxLength: 40 }),
        (all) => joined(all.join('')) === all.join(''),
      ),
    );
    const long = `${plain}${'x=<'.repeat(100_000)}`;
    expect(joined(long)).toBe(long);
  });

  test('tells message, values and header apart in both forms', () => {
    expect(of(plain, 'msg')).toEqual(['Invalid connection attempt: Session key mismatch']);
    expect(of(plain, 'value')).toEqual(['client1.example.net']);
    expect(of(plain, 'severity')).toEqual(['CRIT']);
    expect(of(xml, 'msg')).toEqual(['Invalid connection attempt: Not in client list']);
    expect(of(xml, 'value')).toEqual(['client1.example.net']);
    expect(of(xml, 'severity')).toEqual(['sev="CRIT"']);
  });

  test('has a header only where a record begins', () => {
    expect(headLength(splitLine(plain))).toBeGreaterThan(0);
    expect(headLength(splitLine('a note: client=<x>'))).toBe(0);
    expect(headLength(splitLine(''))).toBe(0);
  });
});
