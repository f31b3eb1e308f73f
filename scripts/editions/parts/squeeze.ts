/**
 * Makes a long, repetitive text short without anything that a browser would have to load or to wait for:
 * what stood earlier is written as a reference (mark, three letters how far back, one letter how long).
 */
import { alphabet, mark, shortest } from './unsqueeze.ts';

const base = alphabet.length;
const longest = shortest + base - 1;
const farthest = base ** 3 - 1;
/** How many earlier places are tried for each reference. */
const tries = 64;

const letters = (value: number) =>
  [Math.floor(value / base / base), Math.floor(value / base) % base, value % base]
    .map((digit) => alphabet[digit])
    .join('');

/** @returns a text that `unsqueeze` makes into the given one again */
export function squeeze(text: string): string {
  const places = new Map<string, number[]>();
  const remember = (at: number) => {
    const key = text.slice(at, at + shortest);
    const known = places.get(key);
    if (known) known.push(at);
    else places.set(key, [at]);
  };
  let out = '';
  for (let at = 0; at < text.length; ) {
    let best = { from: 0, length: 0 };
    for (const from of (places.get(text.slice(at, at + shortest)) ?? []).slice(-tries).reverse()) {
      let length = shortest;
      while (length < longest && at + length < text.length && text[from + length] === text[at + length]) length += 1;
      if (length > best.length && at - from <= farthest) best = { from, length };
    }
    const step = Math.max(1, best.length);
    if (best.length > 0) out += mark + letters(at - best.from) + alphabet[best.length - shortest];
    // The mark itself, as a letter, is a reference to nothing.
    else out += text[at] === mark ? mark + letters(0) + alphabet[0] : text[at];
    for (let i = at; i < at + step; i += 1) remember(i);
    at += step;
  }
  return out;
}
