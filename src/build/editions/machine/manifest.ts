/** The web manifest, with which a browser installs the site as an app. Its addresses are relative: any base path will do. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';

interface Screenshot {
  source: string;
  name: string;
  width: number;
  height: number;
  form: 'wide' | 'narrow';
  label: string;
}

const screenshots: Screenshot[] = [
  {
    source: 'diagnosis-1280-light',
    name: 'diagnosis-wide',
    width: 1280,
    height: 800,
    form: 'wide',
    label: 'A pasted log and its diagnosis',
  },
  {
    source: 'home-360-light',
    name: 'home-narrow',
    width: 360,
    height: 740,
    form: 'narrow',
    label: 'The first page on a phone',
  },
];

/** Cuts the screenshots of the documentation to the shapes that installers take. A missing one is left out. */
async function writeScreenshots(folder: string, from: string): Promise<object[]> {
  const listed: object[] = [];
  for (const { source, name, width, height, form, label } of screenshots) {
    const path = join(from, `${source}.png`);
    if (!existsSync(path)) continue;
    mkdirSync(join(folder, 'screenshots'), { recursive: true });
    await sharp(path)
      .resize(width, height, { fit: 'cover', position: 'top' })
      .webp({ quality: 80 })
      .toFile(join(folder, 'screenshots', `${name}.webp`));
    listed.push({
      src: `screenshots/${name}.webp`,
      type: 'image/webp',
      sizes: `${width}x${height}`,
      form_factor: form,
      label,
    });
  }
  return listed;
}

/** @param shots folder that holds the documentation's screenshots */
export async function writeManifest(folder: string, shots = 'docs/screenshots'): Promise<void> {
  const icon = (src: string, sizes: string, purpose?: string) => ({
    src: `icons/${src}`,
    sizes,
    type: 'image/png',
    purpose,
  });
  const manifest = {
    name: 'Samhain Troubleshooter',
    short_name: 'Samhain',
    description: 'What can go wrong between samhain clients and the yule log server, and how to fix it',
    lang: 'en',
    id: './',
    start_url: './',
    scope: './',
    display: 'minimal-ui',
    background_color: '#fbf9f5',
    theme_color: '#fbf9f5',
    categories: ['utilities', 'security', 'productivity'],
    icons: [
      { src: 'favicon.svg', sizes: 'any', type: 'image/svg+xml' },
      icon('icon-192.png', '192x192'),
      icon('icon-512.png', '512x512'),
      icon('maskable-512.png', '512x512', 'maskable'),
    ],
    screenshots: await writeScreenshots(folder, shots),
    shortcuts: [
      { name: 'Paste a log', short_name: 'Paste', url: './diagnose/', icons: [icon('icon-192.png', '192x192')] },
      { name: 'Answer questions', short_name: 'Wizard', url: './wizard/', icons: [icon('icon-192.png', '192x192')] },
      { name: 'Search', url: './search/', icons: [icon('icon-192.png', '192x192')] },
    ],
  };
  writeFileSync(join(folder, 'manifest.webmanifest'), `${JSON.stringify(manifest, null, 2)}\n`);
}
