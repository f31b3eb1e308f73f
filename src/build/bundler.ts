/** How scripts and styles for browsers are compiled: of the site (astro.config.mjs), and of the editions, which need no modules. */

/** Colors are given once for light and dark; older browsers get what they understand. Versions as lightningcss counts them. */
const targets = { firefox: 115 << 16, safari: (16 << 16) | (4 << 8), chrome: 111 << 16 };
export const css = { transformer: 'lightningcss', lightningcss: { targets } } as const;
export const cssOutput = {
  cssMinify: 'lightningcss' as const,
  cssTarget: ['firefox115', 'safari16.4', 'chrome111'],
};

/** The tags of JSX, by what Vite compiles TypeScript with. */
export const oxc = { jsx: { runtime: 'automatic', importSource: 'preact' } } as const;
