/** The other half of deflate-text.ts; runs in the browser. `DecompressionStream` would make the scripts wait. */
import { inflateSync } from 'fflate';

/** Letters that need no escape in a script; five of them can say what four bytes say. */
export const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#%&()*+,-./:;=?@[]^_{|}';

/** The text that `deflateText` was given. */
export function inflateText(text: string): string {
  const base = alphabet.length;
  const digits = new Map([...alphabet].map((letter, digit) => [letter, digit]));
  const bytes = new Uint8Array((text.length / 5) * 4);
  const view = new DataView(bytes.buffer);
  for (let at = 0; at < text.length; at += 5) {
    let word = 0;
    for (let i = 4; i >= 0; i -= 1) word = word * base + (digits.get(text[at + i] ?? '') ?? 0);
    view.setUint32((at / 5) * 4, word);
  }
  return new TextDecoder().decode(inflateSync(bytes));
}
