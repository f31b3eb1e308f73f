/** The list of setups and their values, opened above the page. It pushes the page down, so that the commands below are seen to change. */

import installations from 'virtual:setups';
import type { Variable } from '../../content/schemas.ts';
import { type Choice, fits, type SetupValues, valuesOf } from '../../engine/setup.ts';
import { addStyle } from '../page/add-style.ts';
import { applyTo, withCode, wordsOf } from './apply.ts';
import { changed, keepChoice, readChoice } from './choice.ts';
import style from './panel.css?inline';

type Shown = Extract<Variable, { kind: string }> & { title: string };

const { setups } = installations;
const shown = installations.variables.filter((one): one is Shown => 'title' in one && one.title !== undefined);
const titles = { server: 'On the server', client: 'On the client', both: 'On both' } as const;
const needs = {
  path: 'A full path, such as /data/log/yule_log.',
  name: 'A name of letters, digits, dots and hyphens.',
  number: 'A number.',
  tool: '',
} as const;

let panel: HTMLElement | undefined;
let choice: Choice = readChoice(installations);

/** An element with its children. */
function make<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  className: string,
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  if (className) element.className = className;
  element.append(...children);
  return element;
}

function button(text: string, className: string, act: () => void): HTMLButtonElement {
  const element = make('button', className, text);
  element.type = 'button';
  element.addEventListener('click', act);
  return element;
}

function choose(next: Choice): void {
  choice = next;
  keepChoice(next);
  applyTo(document.documentElement, valuesOf(installations, next), wordsOf(installations, next.setup));
  dispatchEvent(new Event(changed));
  fill();
}

/** Opens the list below the header, or closes it. */
export function togglePanel(from: HTMLElement): void {
  if (panel) {
    close();
    return;
  }
  choice = readChoice(installations);
  addStyle(style);
  panel = make('section', 'setup-panel');
  panel.setAttribute('aria-label', 'Your setup');
  panel.addEventListener('keydown', ({ key }) => {
    if (key === 'Escape') close();
  });
  document.querySelector('header.top')?.after(panel);
  opener = from;
  setExpanded(true);
  fill();
  panel.scrollIntoView({ block: 'nearest' });
  panel.querySelector<HTMLElement>('input:checked')?.focus();
}

let opener: HTMLElement | undefined;

function close(): void {
  panel?.remove();
  panel = undefined;
  setExpanded(false);
  opener?.focus();
}

function setExpanded(open: boolean): void {
  for (const one of document.querySelectorAll('[data-setup]')) one.setAttribute('aria-expanded', String(open));
}

function fill(): void {
  if (!panel) return;
  const focus = document.activeElement?.id ?? '';
  const values = valuesOf(installations, choice);
  const head = make(
    'div',
    'setup-head',
    make('h2', '', 'Your setup'),
    make('p', 'quiet small', 'How samhain was installed. Every command on this site follows.'),
    button('Done', 'button', close),
  );
  const list = make('fieldset', 'setup-list', make('legend', 'hidden-text', 'Setup'), ...setups.map(option));
  const lanes = (['server', 'client', 'both'] as const).map((side) => lane(side, values));
  const foot = make('p', 'quiet small', 'Kept in this browser only. To pass it on, add ');
  foot.append(
    make('code', '', `?setup=${choice.setup}`),
    ' to any address of this site: your own values stay with you.',
  );
  panel.replaceChildren(
    make('div', 'setup-inner', head, make('div', 'setup-columns', list, make('div', '', ...lanes)), foot),
  );
  if (focus) document.getElementById(focus)?.focus();
}

function option({ id, title, about, versions }: (typeof setups)[number]): HTMLElement {
  const input = make('input', '');
  input.type = 'radio';
  input.name = 'setup';
  input.id = `setup-${id}`;
  input.checked = id === choice.setup;
  input.addEventListener('change', () => choose({ setup: id, own: choice.own }));
  const label = make('label', '', input, make('span', '', make('b', '', title), make('span', 'small quiet', about)));
  label.title = versions;
  return label;
}

function lane(side: keyof typeof titles, values: SetupValues): HTMLElement {
  const own = shown.filter((one) => one.side === side);
  // A reason for all of them is said once.
  const reasons = own.map(({ id }) => values.of(id)?.none).filter((reason) => reason !== undefined);
  const common = reasons.length > 3 && reasons.every((reason) => reason === reasons[0]) ? reasons[0] : undefined;
  const rows = own.map((variable) => row(variable, values, common));
  const said = common === undefined ? [] : [make('p', 'small quiet', ...withCode(common))];
  // What is the same for both sides is the system's own: looked at rarely.
  const title = titles[side];
  if (side === 'both')
    return make(
      'details',
      'setup-lane',
      make('summary', '', 'Tools of the system'),
      ...said,
      make('dl', 'small', ...rows),
    );
  return make('div', `setup-lane setup-${side}`, make('h3', '', title), ...said, make('dl', 'small', ...rows));
}

function row(variable: Shown, values: SetupValues, common: string | undefined): HTMLElement {
  const { id, kind, title } = variable;
  const { value, none, note, own } = values.of(id) ?? {};
  const cell = make('dd', '');
  const edit = button(none === undefined ? 'Change' : 'Set one', 'link', () => ask(variable, value ?? '', cell));
  edit.setAttribute('aria-label', `${edit.textContent} ${title}, ${titles[variable.side]}`);
  cell.append(
    value === undefined
      ? make('span', 'none', 'none')
      : make('code', own && Object.hasOwn(choice.own, id) ? 'own' : '', value),
  );
  if (Object.hasOwn(choice.own, id)) {
    const own = { ...choice.own };
    delete own[id];
    cell.append(
      make('b', 'yours', 'yours'),
      button('Reset', 'link', () => choose({ ...choice, own })),
    );
  } else if (kind !== 'tool') cell.append(edit);
  const said = none ?? (Object.hasOwn(choice.own, id) ? undefined : note);
  if (said !== undefined && said !== common) cell.append(make('span', 'reason quiet', ...withCode(said)));
  return make('div', '', make('dt', 'quiet', title), cell);
}

/** A field in place of a value. */
function ask(variable: Shown, value: string, cell: HTMLElement): void {
  const input = make('input', 'own');
  input.value = value;
  input.spellcheck = false;
  input.autocapitalize = 'off';
  input.autocomplete = 'off';
  input.setAttribute('aria-label', `${variable.title}, ${titles[variable.side]}`);
  const fault = make('span', 'reason note-bad');
  fault.setAttribute('role', 'alert');
  const form = make('form', '');
  const save = make('button', '', 'Use it');
  save.type = 'submit';
  form.append(input, save, button('Cancel', 'link', fill), fault);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const own = input.value.trim();
    if (fits(variable, own)) choose({ ...choice, own: { ...choice.own, [variable.id]: own } });
    else fault.textContent = needs[variable.kind];
  });
  cell.replaceChildren(form);
  input.focus();
  input.select();
}
