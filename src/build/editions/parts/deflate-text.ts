/**
 * Makes a long, repetitive text short without anything that a browser would have to load or to wait for: deflated, each
 * four bytes written as five letters that need no escape in a script.
 */
import { deflateRawSync } from 'node:zlib';
import { alphabet } from '../../../browser/editions/inflate-text.ts';

const base = alphabet.length;

/** @returns a text that `inflateText` makes into the given one again */
export function deflateText(text: string): string {
  const bytes = deflateRawSync(Buffer.from(text), { level: 9 });
  let out = '';
  for (let at = 0; at < bytes.length; at += 4) {
    let word = 0;
    for (let i = 0; i < 4; i += 1) word = word * 256 + (bytes[at + i] ?? 0);
    for (let i = 0; i < 5; i += 1) {
      out += alphabet[word % base];
      word = Math.floor(word / base);
    }
  }
  return out;
}
