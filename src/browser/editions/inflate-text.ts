/** The other half of deflate-text.ts; runs in the browser. `DecompressionStream` would make the scripts wait. */
import { inflateSync } from 'fflate';

/** Letters that need no escape in a script, nor in a text that replaces another; two of them can say what 13 bits say. */
export const alphabet = " ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#%&()*+,-./:;=?@[]^_{|}'`>~";
/** Bits of two letters. */
export const pairBits = 13;

/** The text that `deflateText` was given. */
export function inflateText(text: string): string {
  const digits = new Map([...alphabet].map((letter, digit) => [letter, digit]));
  const digit = (at: number) => digits.get(text[at] ?? '') ?? 0;
  const bytes = new Uint8Array(((text.length / 2) * pairBits) >> 3);
  let [bits, held, to] = [0, 0, 0];
  for (let at = 0; at < text.length; at += 2) {
    bits = (bits << pairBits) | (digit(at) + digit(at + 1) * alphabet.length);
    held += pairBits;
    for (; held >= 8; to += 1) {
      held -= 8;
      bytes[to] = bits >> held;
      bits &= (1 << held) - 1;
    }
  }
  return new TextDecoder().decode(inflateSync(bytes));
}
