import { describe, expect, it } from 'vitest';
import { decodeEntities, decodeHtml, decodeRelayed, plainText } from '../../../src/engine/log/decode.ts';
import { splitLines } from '../../../src/engine/log/lines.ts';
import { readStamp } from '../../../src/engine/log/time.ts';

describe('splitLines', () => {
  it('numbers lines as an editor does', () => {
    expect(splitLines('a\nb\r\n\nc\n')).toEqual([
      { n: 1, text: 'a' },
      { n: 2, text: 'b' },
      { n: 3, text: '' },
      { n: 4, text: 'c' },
    ]);
  });

  it('ends lines at CR or a separator where there is no newline at all', () => {
    expect(splitLines('a\rb\r').map((line) => line.text)).toEqual(['a', 'b']);
    expect(splitLines('a\u2028b').map((line) => line.n)).toEqual([1, 2]);
  });

  it('cuts a numbered line at a separator but keeps its number', () => {
    expect(splitLines('a\u2028b\nc')).toEqual([
      { n: 1, text: 'a' },
      { n: 1, text: 'b' },
      { n: 2, text: 'c' },
    ]);
  });

  it('takes a byte order mark off and has no line for an empty text but an empty one', () => {
    expect(splitLines('\ufeffa')).toEqual([{ n: 1, text: 'a' }]);
    expect(splitLines('')).toEqual([{ n: 1, text: '' }]);
  });
});

describe('decoding', () => {
  it('takes colours and invisible characters off, and leaves tabs', () => {
    expect(plainText('\u001b[01;31m\u001b[Kab\u001b[m\u001b[K\tMARK')).toBe('ab\tMARK');
    expect(plainText('^[[31mab^[[0m')).toBe('ab');
    expect(plainText('[31mab[0m')).toBe('ab');
    expect(plainText('\u001b]0;title\u0007a\u200bb\u0000c\u00a0d')).toBe('abc d');
  });

  it('leaves square brackets that are no colours', () => {
    expect(plainText('[2026-11-23T15:18:17+0000] [31m')).toBe('[2026-11-23T15:18:17+0000] [31m');
  });

  it('folds typographic quotes and dashes', () => {
    expect(plainText('sev=“CRIT” — it’s')).toBe('sev="CRIT" -- it\'s');
  });

  it('decodes entities once, and pages as often as they were escaped', () => {
    expect(decodeEntities('&lt;&amp;lt;&quot;&#39;&#x41;&unknown;')).toBe('<&lt;"\'A&unknown;');
    expect(decodeHtml('<b>msg=&amp;lt;a&amp;gt;</b>')).toBe('msg=<a>');
    expect(decodeHtml('msg=<a &lt; b>')).toBe('msg=<a &lt; b>');
  });

  it('undoes the re-coding of relayed values, as UTF-8, and keeps control characters coded', () => {
    expect(decodeRelayed('/a=20b=c3=a4=3d')).toBe('/a bä=');
    expect(decodeRelayed('/a=0ab=ff=C3')).toBe('/a=0ab=ff=C3');
  });
});

describe('readStamp', () => {
  it('knows zones, half hours west of Greenwich with their second minus included', () => {
    const noon = Date.UTC(2026, 10, 23, 12);
    expect(readStamp('2026-11-23T12:00:00+0000')).toBe(noon);
    expect(readStamp('2026-11-23T12:00:00')).toBe(noon);
    expect(readStamp('2026-11-23T12:00:00+0530')).toBe(noon - 330 * 60_000);
    expect(readStamp('2026-11-23T12:00:00-03-30')).toBe(noon + 210 * 60_000);
    expect(readStamp('2026-11-23t12:00:00-0330')).toBe(noon + 210 * 60_000);
  });

  it('has no time for what is none', () => {
    expect(readStamp('0000-00-00T00:00:00')).toBeUndefined();
    expect(readStamp('yesterday')).toBeUndefined();
  });
});
