/**
 * POSIX extended regular expressions in linear time. The conditions of a configuration are such, and somebody else wrote
 * them: the built-in expressions of JavaScript could take for ever.
 */

type Test = (char: string) => boolean;
type Node =
  | { is: 'char'; test: Test }
  | { is: 'begin' | 'end' }
  | { is: 'all' | 'any'; of: Node[] }
  | { is: 'repeat'; of: Node; least: number; most: number };

type Step =
  | { do: 'char'; test: Test; next: number }
  | { do: 'begin' | 'end'; next: number }
  | { do: 'split'; to: number[] }
  | { do: 'match' };

/** Longer ones, and texts, are left open. */
const MOST = 300;
const MOST_STEPS = 3000;
const CLASSES: Readonly<Record<string, Test>> = {
  alpha: (c) => /^[A-Za-z]$/.test(c),
  digit: (c) => /^\d$/.test(c),
  alnum: (c) => /^[A-Za-z\d]$/.test(c),
  upper: (c) => /^[A-Z]$/.test(c),
  lower: (c) => /^[a-z]$/.test(c),
  space: (c) => /^\s$/.test(c),
  blank: (c) => c === ' ' || c === '\t',
  punct: (c) => /^[!-/:-@[-`{-~]$/.test(c),
  xdigit: (c) => /^[\dA-Fa-f]$/.test(c),
};
const ESCAPES: Readonly<Record<string, Test>> = {
  w: (c) => /^\w$/.test(c),
  W: (c) => !/^\w$/.test(c),
  s: (c) => /^\s$/.test(c),
  S: (c) => !/^\s$/.test(c),
};

class Fault extends Error {}
/** What the C library may take otherwise. */
class Open extends Error {}

/**
 * @returns whether it is found anywhere in a text; `bad` if the C library refuses it, `open` if this reader cannot tell
 */
export function expression(pattern: string): ((text: string) => boolean) | 'bad' | 'open' {
  if (pattern.length > MOST) return 'open';
  try {
    const steps = compile(new Parser(pattern).parse());
    return (text) => run(steps, text.slice(0, MOST));
  } catch (error) {
    if (error instanceof Fault) return 'bad';
    if (error instanceof Open) return 'open';
    throw error;
  }
}

class Parser {
  private readonly text: string;
  private at = 0;
  private depth = 0;

  constructor(text: string) {
    this.text = text;
  }

  parse(): Node {
    const whole = this.either();
    // (A closing parenthesis alone is an ordinary character, and was taken as one.)
    if (this.at < this.text.length) throw new Fault();
    return whole;
  }

  private either(): Node {
    const of = [this.row()];
    while (this.text[this.at] === '|') {
      this.at += 1;
      of.push(this.row());
    }
    return of.length === 1 && of[0] ? of[0] : { is: 'any', of };
  }

  private row(): Node {
    const of: Node[] = [];
    for (;;) {
      const char = this.text[this.at];
      if (char === undefined || char === '|' || (char === ')' && this.depth > 0)) return { is: 'all', of };
      of.push(this.repeated(this.one()));
    }
  }

  private one(): Node {
    const char = this.text[this.at] ?? '';
    this.at += 1;
    if (char === '^') return { is: 'begin' };
    if (char === '$') return { is: 'end' };
    if (char === '.') return { is: 'char', test: () => true };
    if (char === '*' || char === '+' || char === '?') throw new Fault();
    if (char === '{') throw new Open();
    if (char === '[') return { is: 'char', test: this.set() };
    if (char === '\\') return { is: 'char', test: this.escape() };
    if (char !== '(') return { is: 'char', test: (c) => c === char };
    this.depth += 1;
    const inside = this.either();
    if (this.text[this.at] !== ')') throw new Fault();
    this.at += 1;
    this.depth -= 1;
    return inside;
  }

  private escape(): Test {
    const char = this.text[this.at];
    if (char === undefined) throw new Fault();
    this.at += 1;
    const known = ESCAPES[char];
    if (known) return known;
    if (/[\w<>`']/.test(char)) throw new Open();
    return (c) => c === char;
  }

  private repeated(node: Node): Node {
    let made = node;
    for (;;) {
      const char = this.text[this.at];
      let [least, most] = [0, Number.POSITIVE_INFINITY];
      if (char === '+') least = 1;
      else if (char === '?') most = 1;
      else if (char === '{') {
        const bounds = /^\{(\d{1,3})(?:(,)(\d{0,3}))?\}/.exec(this.text.slice(this.at, this.at + 12));
        if (!bounds) throw new Open();
        least = Number(bounds[1]);
        most = bounds[2] === undefined ? least : bounds[3] ? Number(bounds[3]) : most;
        if (most < least) throw new Fault();
        this.at += bounds[0].length - 1;
      } else if (char !== '*') return made;
      this.at += 1;
      made = { is: 'repeat', of: made, least, most };
    }
  }

  private set(): Test {
    const { text } = this;
    const no = text[this.at] === '^';
    if (no) this.at += 1;
    const tests: Test[] = [];
    for (let first = true; ; first = false) {
      const char = text[this.at];
      if (char === undefined) throw new Fault();
      this.at += 1;
      if (char === ']' && !first) break;
      if (char === '[' && /[.=]/.test(text[this.at] ?? '')) throw new Open();
      if (char === '[' && text[this.at] === ':') {
        const end = text.indexOf(':]', this.at);
        const named = end < 0 ? undefined : CLASSES[text.slice(this.at + 1, end)];
        if (!named) throw new Fault();
        tests.push(named);
        this.at = end + 2;
        continue;
      }
      const to = text[this.at] === '-' && text[this.at + 1] !== ']' ? text[this.at + 1] : undefined;
      if (to === undefined) tests.push((c) => c === char);
      else {
        if (to < char) throw new Fault();
        this.at += 2;
        tests.push((c) => c >= char && c <= to);
      }
    }
    return (c) => tests.some((test) => test(c)) !== no;
  }
}

function compile(whole: Node): Step[] {
  const steps: Step[] = [];
  const put = (step: Step): number => {
    if (steps.length >= MOST_STEPS) throw new Open();
    steps.push(step);
    return steps.length - 1;
  };
  // Written from the end: each part knows what comes after it.
  const write = (node: Node, next: number): number => {
    switch (node.is) {
      case 'char':
        return put({ do: 'char', test: node.test, next });
      case 'begin':
      case 'end':
        return put({ do: node.is, next });
      case 'all':
        return node.of.reduceRight((after, one) => write(one, after), next);
      case 'any':
        return put({ do: 'split', to: node.of.map((one) => write(one, next)) });
      case 'repeat': {
        let after = next;
        if (node.most === Number.POSITIVE_INFINITY) {
          const loop: Step & { do: 'split' } = { do: 'split', to: [next] };
          after = put(loop);
          loop.to.unshift(write(node.of, after));
        } else
          for (let n = node.least; n < node.most; n += 1)
            after = put({ do: 'split', to: [write(node.of, after), next] });
        for (let n = 0; n < node.least; n += 1) after = write(node.of, after);
        return after;
      }
    }
  };
  const match = put({ do: 'match' });
  const first = write(whole, match);
  // The first step is where it begins.
  return [{ do: 'split', to: [first + 1] }, ...steps.map((step) => moved(step))];
}

function moved(step: Step): Step {
  if (step.do === 'split') return { do: 'split', to: step.to.map((at) => at + 1) };
  return step.do === 'match' ? step : { ...step, next: step.next + 1 };
}

function run(steps: readonly Step[], text: string): boolean {
  let here = new Set<number>();
  let matched = false;
  const add = (at: number, place: number, into: Set<number>): void => {
    const waiting = [at];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      if (into.has(next)) continue;
      into.add(next);
      const step = steps[next];
      if (step?.do === 'match') matched = true;
      else if (step?.do === 'split') waiting.push(...step.to);
      else if (step?.do === 'begin' && place === 0) waiting.push(step.next);
      else if (step?.do === 'end' && place === text.length) waiting.push(step.next);
    }
  };
  for (let place = 0; place <= text.length; place += 1) {
    add(0, place, here);
    if (matched) return true;
    const then = new Set<number>();
    const char = text[place];
    if (char === undefined) return false;
    for (const at of here) {
      const step = steps[at];
      if (step?.do === 'char' && step.test(char)) add(step.next, place + 1, then);
    }
    if (matched) return true;
    here = then;
  }
  return matched;
}
