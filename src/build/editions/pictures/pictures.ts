/** Icons in all sizes, from the one favicon.svg, and the picture that a sent link shows. Made at build time. */
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { strokes } from './strokes.ts';

const paper = '#fbf9f5';
const ink = '#26221d';
const quiet = '#6d655a';
const accent = '#9c3d10';

/** The logo's shapes alone, in one colour: a PNG has no dark theme to follow. */
function logo(folder: string): string {
  const svg = readFileSync(join(folder, 'favicon.svg'), 'utf8');
  return svg
    .replace(/<style>[^<]*<\/style>/, '')
    .replace(/^<svg[^>]*>|<\/svg>\s*$/g, '')
    .replaceAll('currentColor', accent);
}

/** @param margin share of the side left free around the logo */
const square = (shapes: string, margin: number, ground: string): Buffer => {
  const side = 32 / (1 - 2 * margin);
  const edge = (side - 32) / 2;
  return Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="512" height="512" viewBox="${-edge} ${-edge} ${side} ${side}"><rect x="${-edge}" y="${-edge}" width="${side}" height="${side}" fill="${ground}"/>${shapes}</svg>`,
  );
};

const line = (text: string, x: number, y: number, size: number, colour: string, width: number) =>
  `<path d="${strokes(text, x, y, size)}" fill="none" stroke="${colour}" stroke-width="${width}" stroke-linecap="round" stroke-linejoin="round"/>`;

/** The two lanes with what each side prints of one failure: the idea of the site in one picture. */
function card(shapes: string): Buffer {
  return Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="630">
<rect width="1200" height="630" fill="${paper}"/>
<g transform="translate(72 62) scale(3)">${shapes}</g>
${line('Samhain Troubleshooter', 196, 142, 46, ink, 7)}
${line('What can go wrong between client and server,', 84, 236, 21, quiet, 3.4)}
${line('and how to fix it', 84, 284, 21, quiet, 3.4)}
<rect x="84" y="348" width="12" height="214" rx="2" fill="${accent}"/>
<rect x="627" y="350" width="8" height="210" rx="2" fill="none" stroke="${accent}" stroke-width="4"/>
${line('CLIENT', 124, 372, 18, accent, 3.4)}${line('SERVER', 664, 372, 18, accent, 3.4)}
${line('Invalid connection state', 124, 440, 16, ink, 3)}${line('expect=<PARP>', 124, 490, 16, ink, 3)}
${line('Session key negotiation failed', 124, 540, 16, ink, 3)}
${line('Invalid connection attempt:', 664, 440, 16, ink, 3)}${line('Session key mismatch', 664, 490, 16, accent, 4)}
</svg>`);
}

/** Writes icons/ and og.png. */
export async function writePictures(folder: string): Promise<void> {
  const shapes = logo(folder);
  mkdirSync(join(folder, 'icons'), { recursive: true });
  const png = (source: Buffer, size: number, name: string) =>
    sharp(source)
      .resize(size, size)
      .png({ compressionLevel: 9, palette: true })
      .toFile(join(folder, 'icons', name));
  await png(square(shapes, 0.06, paper), 192, 'icon-192.png');
  await png(square(shapes, 0.06, paper), 512, 'icon-512.png');
  // A launcher may cut a maskable icon down to its middle four fifths.
  await png(square(shapes, 0.2, paper), 512, 'maskable-512.png');
  await png(square(shapes, 0.12, paper), 180, 'apple-touch-icon.png');
  await sharp(card(shapes)).png({ compressionLevel: 9, palette: true }).toFile(join(folder, 'og.png'));
}
