/** Commands on pages: built with the first setup's values, each in an element that a script can give another setup's. */

import { readShell } from '../../engine/diagnosis/shell.ts';
import { type SetupValues, valuesOf } from '../../engine/setup.ts';
import { escapeHtml } from '../escape-html.ts';
import { content } from './content.ts';

/** The values with which pages are built. */
export const sourceSetup = (): SetupValues => valuesOf(content());

/** A value of the setup in a page. */
export const variableHtml = (variable: string, text: string): string =>
  `<var data-v="${variable}">${escapeHtml(text)}</var>`;

/** The same, of one that a setup may not have: then it is empty, and the command stays. */
export const optionalHtml = (variable: string, text: string): string =>
  `<var data-v="${variable}" data-optional>${escapeHtml(text)}</var>`;

/**
 * HTML of a command that knows no values but those of the setup.
 * @param other HTML for a place that is none of the setup's; without it the place stays as it is written
 */
export function commandHtml(run: string, other: (name: string) => string | undefined = () => undefined): string {
  const setup = sourceSetup();
  const source = run.trimEnd();
  let html = '';
  let at = 0;
  for (const { name, start, end } of readShell(source).places) {
    const text = setup.of(name)?.text;
    const value = text === undefined ? other(name) : variableHtml(setup.nameOf(name), text);
    if (value === undefined) continue;
    html += escapeHtml(source.slice(at, start)) + value;
    at = end;
  }
  return html + escapeHtml(source.slice(at));
}

const entities: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  '#39': "'",
  '#x27': "'",
  '#123': '{',
  '#125': '}',
  '#x7B': '{',
  '#x7D': '}',
};

/** The text of HTML that has no element in it. */
export const plainText = (html: string): string =>
  html.replace(/&(#?\w+);/g, (all, name: string) => entities[name] ?? all);
