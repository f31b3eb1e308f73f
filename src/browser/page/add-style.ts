/** The style of a part that is loaded on demand comes with its script: no edition has to load a further file. */

const added = new Map<string, CSSStyleSheet>();

/** Adds it to the page, once. @param style text of a style sheet, imported with `?inline` */
export function addStyle(style: string): void {
  if (added.has(style)) return;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(style);
  added.set(style, sheet);
  document.adoptedStyleSheets.push(sheet);
}
