/** The reader's setup: from the address, from this tab, from what this browser remembers. Nothing of it is sent anywhere. */
import type { Choice, Installations } from '../../engine/setup.ts';
import { fits } from '../../engine/setup.ts';

const key = 'setup';

/** Said on the window when the reader chose another setup or value. */
export const changed = 'setupchange';

function parsed(text: string | null): Choice | undefined {
  try {
    const { setup, own } = JSON.parse(text ?? '') as Partial<Choice>;
    return typeof setup === 'string' ? { setup, own: typeof own === 'object' && own ? own : {} } : undefined;
  } catch {
    return undefined;
  }
}

function stored(): Choice | undefined {
  try {
    return parsed(sessionStorage.getItem(key)) ?? parsed(localStorage.getItem(key));
  } catch {
    return undefined;
  }
}

/** What holds now. A setup in the address holds for this tab: it is somebody else's word, and changes no memory. */
export function readChoice({ variables, setups }: Installations): Choice {
  const known = (id: string | undefined) => setups.some((setup) => setup.id === id);
  const asked = /[?&]setup=([\w-]+)/.exec(location.href)?.[1];
  if (asked !== undefined && known(asked)) {
    const choice = { setup: asked, own: {} };
    if (stored()?.setup === asked) return clean(stored() ?? choice);
    try {
      sessionStorage.setItem(key, JSON.stringify(choice));
    } catch {
      // Storage refused: it holds for this page.
    }
    return choice;
  }
  return clean(stored() ?? { setup: '', own: {} });

  function clean({ setup, own }: Choice): Choice {
    return {
      setup: known(setup) ? setup : (setups[0]?.id ?? ''),
      own: Object.fromEntries(
        Object.entries(own).filter(
          ([name, value]) =>
            typeof value === 'string' &&
            fits(
              variables.find(({ id }) => id === name),
              value,
            ),
        ),
      ),
    };
  }
}

/** Remembers the reader's own choice, in this browser. */
export function keepChoice(choice: Choice): void {
  try {
    sessionStorage.removeItem(key);
    localStorage.setItem(key, JSON.stringify(choice));
  } catch {
    // Storage refused: the choice holds for this page.
  }
}
