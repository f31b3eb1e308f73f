/**
 * Reads the commands of the content as a POSIX shell reads them, as far as it takes to know where a `{place}` stands:
 * in which quotes, in which command, as which word. It runs nothing.
 */

/** A `{name}` of a command. */
export interface Place {
  name: string;
  /** From its `{` to behind its `}`. */
  start: number;
  end: number;
  /** The quotes around it: double ones keep a variable whole, in single ones it would be no variable at all. */
  quotes: '' | '"' | "'";
  /** How many `$(…)` and `( … )` it stands in. */
  depth: number;
}

export interface Word {
  /** Without its quotes; a place as `{name}`, a substitution as `$(…)`. */
  text: string;
  /** All places in it, those of a `$(…)` included: what that prints stands in this word. */
  places: Place[];
}

/** One command with its words; assignments and reserved words before it are left out. */
export interface Command {
  words: Word[];
  /** How many `$(…)` and `( … )` it stands in. */
  depth: number;
  /** What `>` and `>>` write to. */
  writes: Word[];
}

export interface Shell {
  places: Place[];
  /** All pipelines, those inside `$(…)` and `( … )` too. */
  pipelines: Command[][];
  /** Variables that are expanded; guarded: as `${NAME:?}`, so that an empty one stops the command. */
  variables: { name: string; guarded: boolean }[];
  /** Something that this reader does not understand, in words. Empty for every command of the content: the build checks it. */
  unread: string[];
}

const NAME = /\{([a-z][a-z_]*)\}/y;
const RESERVED = new Set(['!', '{', '}', 'if', 'then', 'elif', 'else', 'fi', 'while', 'until', 'do', 'done', 'time']);

/** Each command of the content is read once: a log of many clients shows the same ones again and again. */
const read = new Map<string, Shell>();

/** @param text a command of the content, never a text out of a log */
export function readShell(text: string): Shell {
  let shell = read.get(text);
  if (!shell) {
    shell = new Reader(text).read();
    read.set(text, shell);
  }
  return shell;
}

class Reader {
  private at = 0;
  private depth = 0;
  private readonly text: string;
  private readonly out: Shell = { places: [], pipelines: [], variables: [], unread: [] };

  constructor(text: string) {
    this.text = text;
  }

  read(): Shell {
    this.list(false);
    return this.out;
  }

  /** Commands up to the end, or up to the `)` that closes a substitution. */
  private list(nested: boolean): void {
    const empty = (): Command => ({ words: [], writes: [], depth: this.depth });
    let command = empty();
    let pipeline: Command[] = [];
    const endCommand = () => {
      // A reserved word begins a command anew; an assignment before a command is none of its words.
      while (command.words[0] && (RESERVED.has(command.words[0].text) || /^[A-Za-z_]\w*=/.test(command.words[0].text)))
        command.words.shift();
      if (command.words.length > 0 || command.writes.length > 0) pipeline.push(command);
      command = empty();
    };
    const endPipeline = () => {
      endCommand();
      if (pipeline.length > 0) this.out.pipelines.push(pipeline);
      pipeline = [];
    };
    while (this.at < this.text.length) {
      const char = this.text[this.at] as string;
      if (char === '\\' && this.text[this.at + 1] === '\n') this.at += 2;
      else if (char === ' ' || char === '\t') this.at++;
      else if (char === '#') this.comment();
      else if (char === '\n' || char === ';' || char === '&') {
        this.at++;
        endPipeline();
      } else if (char === '|') {
        const or = this.text[this.at + 1] === '|';
        this.at += or ? 2 : 1;
        if (or) endPipeline();
        else endCommand();
      } else if (char === '(') {
        this.at++;
        endPipeline();
        this.nested();
      } else if (char === ')') {
        this.at++;
        endPipeline();
        if (nested) return;
      } else if (char === '<' || char === '>') this.redirection(command);
      else command.words.push(this.word());
    }
    if (nested) this.out.unread.push('a bracket that nothing closes');
    endPipeline();
  }

  private nested(): void {
    this.depth++;
    this.list(true);
    this.depth--;
  }

  private comment(): void {
    const end = this.text.indexOf('\n', this.at);
    this.at = end < 0 ? this.text.length : end;
  }

  private redirection(command: Command): void {
    const operator = /[<>]{1,3}[&|]?/y;
    operator.lastIndex = this.at;
    const found = operator.exec(this.text)?.[0] ?? '<';
    this.at += found.length;
    if (found.startsWith('<<')) this.out.unread.push(`${found}, a text inside the command`);
    if (this.text[this.at] === '(') this.out.unread.push(`${found}( … )`);
    // The number of the stream stands before it.
    if (/^\d$/.test(command.words.at(-1)?.text ?? '') && /\d/.test(this.text[this.at - found.length - 1] ?? ''))
      command.words.pop();
    while (this.text[this.at] === ' ') this.at++;
    const target = this.word();
    if (found.startsWith('>') && !found.endsWith('&')) command.writes.push(target);
    else if (target.places.length > 0 && found.endsWith('&')) command.writes.push(target);
  }

  /** One word, from where the reader stands to a blank or an operator. */
  private word(): Word {
    const word: Word = { text: '', places: [] };
    while (this.at < this.text.length) {
      const char = this.text[this.at] as string;
      if (/[\s;&|()<>]/.test(char)) break;
      if (char === '\\') {
        word.text += this.text[this.at + 1] ?? '';
        this.at += 2;
      } else if (char === "'") this.single(word);
      else if (char === '"') this.double(word);
      else if (!this.special(word, '')) this.plain(word);
    }
    return word;
  }

  private plain(word: Word): void {
    word.text += this.text[this.at];
    this.at++;
  }

  private single(word: Word): void {
    this.at++;
    while (this.at < this.text.length && this.text[this.at] !== "'") {
      if (!this.place(word, "'")) this.plain(word);
    }
    this.at++;
  }

  private double(word: Word): void {
    this.at++;
    while (this.at < this.text.length && this.text[this.at] !== '"') {
      if (this.text[this.at] === '\\') {
        word.text += this.text.slice(this.at, this.at + 2);
        this.at += 2;
      } else if (!this.special(word, '"')) this.plain(word);
    }
    this.at++;
  }

  /** A place, or what a shell puts in: `$(…)`, `${…}`, `$NAME`. @returns false if nothing of that stands here */
  private special(word: Word, quotes: '' | '"'): boolean {
    if (this.place(word, quotes)) return true;
    const rest = this.text.slice(this.at, this.at + 3);
    if (rest.startsWith('`')) {
      this.out.unread.push('backticks: write $( … )');
      return false;
    }
    if (!rest.startsWith('$')) return false;
    if (rest === '$((') this.out.unread.push('arithmetic');
    if (quotes === '' && /^\$['"]/.test(rest)) this.out.unread.push(`${rest.slice(0, 2)} … : not every shell has it`);
    if (rest.startsWith('${')) {
      const end = this.text.indexOf('}', this.at);
      const inside = end < 0 ? '' : this.text.slice(this.at + 2, end);
      // In "${PW:?}" no place can stand; a pattern or a default could hold one.
      if (!/^\w+(?::\?)?$/.test(inside)) this.out.unread.push(`\${${inside}}: more than a name`);
      this.out.variables.push({ name: inside.replace(':?', ''), guarded: inside.endsWith(':?') });
      word.text += this.text.slice(this.at, end + 1);
      this.at = end + 1;
      return true;
    }
    if (!rest.startsWith('$(')) {
      const name = /^\$([A-Za-z_]\w*)/.exec(this.text.slice(this.at))?.[1];
      if (name) this.out.variables.push({ name, guarded: false });
      return false;
    }
    this.at += 2;
    const before = this.out.places.length;
    this.nested();
    word.places.push(...this.out.places.slice(before));
    word.text += '$(…)';
    return true;
  }

  private place(word: Word, quotes: Place['quotes']): boolean {
    if (this.text[this.at] !== '{') return false;
    NAME.lastIndex = this.at;
    const name = NAME.exec(this.text)?.[1];
    if (name === undefined) return false;
    const place = { name, start: this.at, end: NAME.lastIndex, quotes, depth: this.depth };
    this.out.places.push(place);
    word.places.push(place);
    word.text += `{${name}}`;
    this.at = place.end;
    return true;
  }
}
