/** Sentences of the content as HTML: three marks of Markdown, and everything else escaped. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { inlineMarkdown, paragraphs } from '../../../src/build/pages/inline-markdown.ts';

describe('a sentence', () => {
  test('may hold code, emphasis and links of the site', () => {
    expect(inlineMarkdown('Run `yule -P` **now**, see [the page](/problems/x/#fix).')).toBe(
      'Run <code>yule <span class="w">-P</span></code> <strong>now</strong>, see <a href="/problems/x/#fix">the page</a>.',
    );
    expect(inlineMarkdown('`msg=<a & "b">`')).toBe(
      '<code><span class="w">msg=&lt;a</span> <span class="w">&amp;</span> <span class="w">&quot;b&quot;&gt;</span></code>',
    );
    expect(paragraphs('one\ntwo\n\n three ')).toEqual(['one\ntwo', ' three']);
  });

  test('holds no other element, and no address outside the site', () => {
    const bits = fc.constantFrom(
      '`',
      '**',
      '[',
      '](',
      ')',
      '/',
      '<b>',
      '"',
      'javascript:',
      'https://x.example',
      '&',
      ' ',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(bits, fc.string()), { maxLength: 30 }), (all) => {
        const html = inlineMarkdown(all.join(''));
        const tags = [...html.matchAll(/<[^>]*>/g)].map(([tag]) => tag);
        return tags.every((tag) => /^<(?:\/?(?:code|strong)|\/span|span class="w"|\/a|a href="\/[^"<>]*")>$/.test(tag));
      }),
    );
  });
});
