/** The other half of squeeze.ts; runs in the browser. */

/** Letters that need no escape in a script. */
export const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#%&()*+,-./:;=?@[]^_{|}';
export const mark = '~';
/** A reference of five letters is worth its while from here on. */
export const shortest = 7;

/** The text that `squeeze` was given. */
export function unsqueeze(text: string): string {
  const base = alphabet.length;
  const digit = (at: number) => alphabet.indexOf(text[at] ?? '');
  const out: (string | undefined)[] = [];
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] !== mark) out.push(text[at]);
    else {
      const back = (digit(at + 1) * base + digit(at + 2)) * base + digit(at + 3);
      const length = digit(at + 4) + shortest;
      if (back === 0) out.push(mark);
      // What is referred to may reach into what is being written.
      else for (let i = 0; i < length; i += 1) out.push(out[out.length - back]);
      at += 4;
    }
  }
  return out.join('');
}
