/**
 * Letters drawn as strokes, for pictures made at build time: they look the same on every machine, with or without
 * fonts. Each letter is a list of lines on a grid of 4 by 8, two digits a point (column, row); row 6 is the base line.
 */
const glyphs: Record<string, string> = {
  a: '42120305163645 4246',
  b: '0006 0312324345361605',
  c: '4332120305163645',
  d: '4046 4332120305163645',
  e: '04444332120305163645',
  f: '40302126 0242',
  g: '4247381807 4332120305163645',
  h: '0006 0312324346',
  i: '122226 1636 2020',
  j: '22271808 2020',
  k: '0006 420446',
  l: '102026 1636',
  m: '0206 03122326 23324346',
  n: '0206 0312324346',
  o: '123243453616050312',
  p: '0208 0312324345361605',
  q: '4248 4332120305163645',
  r: '0206 03123243',
  s: '43321203143445361605',
  t: '1015263645 0232',
  u: '0205163645 4246',
  v: '022642',
  w: '0216243642',
  x: '0246 4206',
  y: '0226 4218',
  z: '02420646',
  A: '062046 1434',
  B: '0006 003041423303 3344453606',
  C: '4130100105163645',
  D: '0006 003041453606',
  E: '40000646 0333',
  F: '400006 0333',
  G: '41301001051636454323',
  H: '0006 4046 0343',
  I: '1030 2026 1636',
  J: '4045361605',
  K: '0006 4003 0346',
  L: '000646',
  M: '0600234046',
  N: '06004640',
  O: '103041453616050110',
  P: '0006 003041423303',
  Q: '103041453616050110 3446',
  R: '0006 003041423303 2346',
  S: '413010010213334445361605',
  T: '0040 2026',
  U: '000516364540',
  V: '002640',
  W: '0016233640',
  X: '0046 4006',
  Y: '002340 2326',
  Z: '00400646',
  '.': '2626',
  ',': '2618',
  '=': '0343 0545',
  '<': '420446',
  '>': '024406',
  ':': '2323 2626',
  '-': '0444',
  '/': '0640',
};

/** Width of a letter with the gap after it, in grid units. */
export const advance = 5.6;

/**
 * The SVG path of a line of text.
 * @param x left edge @param y base line @param size height of a capital letter, all in pixels
 * @throws on a letter that is not drawn here
 */
export function strokes(text: string, x: number, y: number, size: number): string {
  const unit = size / 6;
  return [...text]
    .map((letter, i) => {
      if (letter === ' ') return '';
      const glyph = glyphs[letter];
      if (!glyph) throw new Error(`The letter ${letter} is not among the drawn ones.`);
      const point = (pair: string) =>
        `${(x + (i * advance + Number(pair[0])) * unit).toFixed(1)} ${(y + (Number(pair[1]) - 6) * unit).toFixed(1)}`;
      // A line of one point, doubled, is a dot under round caps.
      return glyph
        .split(' ')
        .map((line) => `M${(line.match(/../g) ?? []).map(point).join('L')}`)
        .join('');
    })
    .join('');
}
