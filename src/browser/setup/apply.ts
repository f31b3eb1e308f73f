/** Puts a setup's values into the commands of a page; where it has none, the reason stands in place of the command. */
import type { Installations, SetupValues } from '../../engine/setup.ts';

/** What a page says of the chosen setup beside its commands. */
export interface Words {
  title: string;
  /** Of a system on which the commands were not tried. */
  note: string;
}

/** The words for a setup. */
export function wordsOf({ setups }: Installations, id: string): Words {
  const [first] = setups;
  const setup = setups.find((one) => one.id === id) ?? first;
  const csh = setup?.shell === 'csh' ? ' Commands are for sh: if the shell of root is csh, type sh first.' : '';
  const prints = setup?.system === first?.system ? '' : ' What they print was captured on the source build only.';
  return { title: setup === first ? (setup?.title.toLowerCase() ?? '') : (setup?.title ?? ''), note: csh + prints };
}

/** Changes all below an element, itself included. */
export function applyTo(root: Element, values: SetupValues, words: Words): void {
  const all = (selector: string) => [
    ...(root.matches(selector) ? [root] : []),
    ...root.querySelectorAll<HTMLElement>(selector),
  ];
  const commands = new Set<HTMLElement>();
  for (const place of all('var[data-v]')) {
    const value = values.of((place as HTMLElement).dataset.v ?? '');
    const box = place.closest('pre');
    if (box) commands.add(box);
    if (value?.text === undefined) {
      if ((place as HTMLElement).dataset.optional !== undefined) place.textContent = '';
      continue;
    }
    const text = box ? value.text : (value.value ?? '');
    if (place.textContent !== text) place.textContent = text;
    place.classList.toggle('own', value.own === true);
  }
  for (const box of commands) reasonFor(box, values);
  for (const place of all('[data-setup-name]')) place.textContent = words.title;
  for (const place of all('[data-setup-note]')) place.textContent = words.note;
}

function reasonFor(command: HTMLElement, values: SetupValues): void {
  const box = command.closest<HTMLElement>('.copy-box') ?? command;
  const names = [...command.querySelectorAll<HTMLElement>('var[data-v]:not([data-optional])')].map(
    (place) => place.dataset.v ?? '',
  );
  const none = names.map((name) => values.of(name)?.none).find((reason) => reason !== undefined);
  const before = box.previousElementSibling;
  const old = before?.classList.contains('no-command') ? before : undefined;
  box.hidden = none !== undefined;
  const prints = box.nextElementSibling;
  if (prints?.matches('.prints')) prints.toggleAttribute('hidden', box.hidden);
  if (none === undefined) {
    old?.remove();
    return;
  }
  const said = old ?? document.createElement('p');
  said.className = 'no-command';
  const head = document.createElement('b');
  head.textContent = 'No command here. ';
  said.replaceChildren(head, ...withCode(none));
  if (!old) box.before(said);
}

/** `code` of a sentence is told apart. */
export function withCode(text: string): (string | HTMLElement)[] {
  return text.split(/(`[^`]+`)/).map((part) => {
    if (!part.startsWith('`')) return part;
    const code = document.createElement('code');
    code.textContent = part.slice(1, -1);
    return code;
  });
}
