/**
 * Makes a long, repetitive text short without anything that a browser would have to load or to wait for: deflated, each
 * 13 bits written as two letters that need no escape in a script.
 */
import { deflateRawSync } from 'node:zlib';
import { alphabet, pairBits } from '../../../browser/editions/inflate-text.ts';

/** @returns a text that `inflateText` makes into the given one again */
export function deflateText(text: string): string {
  let out = '';
  let [bits, held] = [0, 0];
  const put = () => {
    held -= pairBits;
    const pair = bits >> held;
    bits &= (1 << held) - 1;
    out += `${alphabet[pair % alphabet.length]}${alphabet[Math.floor(pair / alphabet.length)]}`;
  };
  for (const byte of deflateRawSync(Buffer.from(text), { level: 9 })) {
    bits = (bits << 8) | byte;
    held += 8;
    if (held >= pairBits) put();
  }
  // (What is left is filled with zeros, which the inflated text does not need.)
  bits <<= pairBits - held;
  held = pairBits;
  put();
  return out;
}
