/** The built site as the editions see it: its pages as trees of elements, and where it will stand. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { type HTMLElement, NodeType, parse } from 'node-html-parser';
import { addressOf } from './file-names.ts';

export interface BuiltPage {
  /** File below the site's folder: `problems/x/index.html`. */
  file: string;
  /** Address below the site's base: `/problems/x/`, `/404.html`. */
  address: string;
  html: string;
}

/** Path below which the site stands, without a slash at its end; empty for the root. */
export const base = (process.env.BASE_PATH ?? '/').replace(/\/$/, '');

/** Where the site stands, without a slash at its end and without the base path. */
export const siteUrl = (process.env.SITE_URL ?? 'http://localhost:4321').replace(/\/$/, '');

/** Every file of a folder, as paths below it with forward slashes, in a fixed order. */
export function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
}

/** All pages of the built site. @throws if there are none: it was not built */
export function readPages(folder: string): BuiltPage[] {
  const pages = filesOf(folder)
    .filter((file) => file.endsWith('.html') && !file.startsWith('download/'))
    .map((file) => ({ file, address: addressOf(file), html: readFileSync(join(folder, file), 'utf8') }));
  if (!pages.some((page) => page.address === '/')) throw new Error(`${folder} holds no built site.`);
  return pages;
}

/** A page as a tree. What stands in scripts and styles is kept as text. */
export const parsePage = (html: string): HTMLElement =>
  parse(html, { comment: false, blockTextElements: { script: true, style: true } });

/** Reads an attribute's value with its entities decoded; empty if there is none. */
export const attribute = (element: HTMLElement, name: string): string => element.getAttribute(name) ?? '';

/** Every element below another one, as they stand: in the order in which their tags begin. */
export function elementsIn(root: HTMLElement): HTMLElement[] {
  const found: HTMLElement[] = [];
  const open = [...root.childNodes].reverse();
  for (let node = open.pop(); node; node = open.pop()) {
    if (node.nodeType !== NodeType.ELEMENT_NODE) continue;
    found.push(node as HTMLElement);
    for (let i = node.childNodes.length - 1; i >= 0; i -= 1) open.push(node.childNodes[i] as HTMLElement);
  }
  return found;
}

/** Those of them with an attribute. (A selector would read all attributes of all elements of seven hundred pages.) */
export const withAttribute = (root: HTMLElement, name: string): HTMLElement[] =>
  elementsIn(root).filter((element) => element.rawAttrs.includes(name) && element.hasAttribute(name));

type Test = (element: HTMLElement) => boolean;
const tests = new Map<string, Test>();

/** Whether an element fits one of a list of tags, classes and attributes: `form, .side, [data-trail]`. */
function testOf(list: string): Test {
  const known = tests.get(list);
  if (known) return known;
  const tags = new Set<string>();
  const classes = new Set<string>();
  const attributes: string[] = [];
  for (const one of list.split(', ')) {
    if (/^\.[\w-]+$/.test(one)) classes.add(one.slice(1));
    else if (/^\[[\w-]+\]$/.test(one)) attributes.push(one.slice(1, -1));
    else if (/^\w+$/.test(one)) tags.add(one.toUpperCase());
    else throw new Error(`${one} is neither a tag nor a class nor an attribute.`);
  }
  const test: Test = (element) =>
    tags.has(element.tagName) ||
    (classes.size > 0 &&
      element.rawAttrs.includes('class') &&
      (element.rawAttributes.class ?? '').split(/\s+/).some((name) => classes.has(name))) ||
    attributes.some((name) => element.rawAttrs.includes(name) && element.hasAttribute(name));
  tests.set(list, test);
  return test;
}

/**
 * Every element below another one that fits such a list, as they stand. (The selectors of node-html-parser read all
 * attributes of all elements: a tenth of the time of all editions.)
 */
export const withAny = (root: HTMLElement, list: string): HTMLElement[] => elementsIn(root).filter(testOf(list));

/** The one element that fits. @throws if there is none: the pages are not built as this script expects */
export function only(root: HTMLElement, selector: string): HTMLElement {
  const found = root.querySelector(selector);
  if (!found) throw new Error(`A page has no ${selector}.`);
  return found;
}
