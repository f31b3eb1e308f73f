/**
 * What the page of options is made from: each option that the content explains, joined with what the reader of configurations
 * knows of it, and after them the options that only that reader knows; in groups that fold.
 */
import type { Option, Setting } from '../../content/schemas.ts';
import type { Knowledge } from '../knowledge/types.ts';

export interface OptionRow {
  id: string;
  name: string;
  /** What the content says of it; absent where only the reader of configurations knows it. */
  option?: Option;
  /** Name and value of what is listed below it. */
  facts: [string, string][];
  /** Programs that have it. */
  programs: string[];
}

export interface OptionGroup {
  id: string;
  title: string;
  about?: string;
  rows: OptionRow[];
}

const everyProgram = ['client', 'server', 'stand-alone'];

/** Groups of options of a configuration, by the section that takes them; a section that none names is a module's. */
const groups: { id: string; title: string; about?: string; sections: readonly string[] }[] = [
  { id: 'in-server', title: 'The server and its list of clients', sections: ['Server', 'Clients'] },
  { id: 'in-client', title: 'The client and its server', sections: ['Client'] },
  { id: 'in-log', title: 'What is recorded, and where', sections: ['Log'] },
  { id: 'in-misc', title: 'How the program runs', sections: ['Misc'] },
  { id: 'in-mail', title: 'Mail', sections: ['Mail'] },
  { id: 'in-database', title: 'SQL database', sections: ['Database'] },
  { id: 'in-external', title: 'External programs', sections: ['External'] },
  {
    id: 'in-policies',
    title: 'Files to check, and how serious a change is',
    sections: ['Attributes', 'EventSeverity'],
  },
  {
    id: 'in-modules',
    title: 'Modules of the client',
    about: 'Each has a section of its own. It is unknown to a program that was built without the module.',
    sections: [],
  },
];

const valueWords: Record<Setting['value'], string> = {
  text: 'text',
  token: 'a word',
  'yes-no': 'yes or no; only the first letter counts',
  number: 'a number, without a unit',
  positive: 'a number above 0, without a unit',
  port: '0 to 65535',
  severities: 'one or more severities',
  severity: 'one severity',
  classes: 'one or more classes',
  client: 'host@salt@verifier',
  host: 'a host or an address',
  address: 'an address',
  path: 'a full path',
  'depth-path': 'a full path, or N/path for a depth',
  'plain-path': 'a full path',
  word: 'one of a few words',
};

const severalWords: Record<Setting['twice'], string> = {
  last: 'the last one counts',
  first: 'the first one counts',
  adds: 'each one counts',
};

function secondLine({ twice, most }: Setting): string {
  return most === undefined ? severalWords[twice] : `${most} count, a further one is refused`;
}

const inBrackets = (sections: readonly string[]) =>
  sections.length > 4
    ? `[${sections[0]}], [${sections[1]}] and ${sections.length - 2} others`
    : sections.map((name) => `[${name}]`).join(' or ');

/** What the reader of configurations knows; what the content says of the same is said better. */
function settingFacts(setting: Setting, option?: Option): [string, string][] {
  const facts: [string, string | undefined][] = [
    ['Section', option?.section ?? inBrackets(setting.in)],
    ['Value', option?.syntax ?? (setting.bare ? 'none' : (setting.words?.join(', ') ?? valueWords[setting.value]))],
    ['Default', option?.default ?? setting.default],
    ['Several lines', setting.bare ? undefined : secondLine(setting)],
    ['Programs', setting.builds.length === everyProgram.length ? 'all' : setting.builds.join(', ')],
    ['Only with', setting.if],
  ];
  return facts.filter((fact): fact is [string, string] => fact[1] !== undefined);
}

function optionFacts(option: Option): [string, string][] {
  const facts: [string, string | undefined][] = [
    ['Section', option.section],
    ['Value', option.syntax],
    ['Default', option.default],
    ['Side', option.side],
  ];
  return facts.filter((fact): fact is [string, string] => fact[1] !== undefined);
}

function programsOf(side: string): string[] {
  const named = everyProgram.filter((program) => side.includes(program));
  return named.length > 0 ? named : everyProgram;
}

/** All options, in groups: those of a configuration by section, the others by what they are. */
export function optionGroups({ options, settings }: Knowledge): OptionGroup[] {
  const explained = new Map(options.map((option) => [option.name.toLowerCase(), option]));
  const groupOf = ({ in: sections }: Setting) =>
    // [Misc] takes nearly all: it is the place of those that nothing else takes.
    groups.find(({ id, sections: own }) => id !== 'in-misc' && own.some((name) => sections.includes(name))) ??
    groups.find(({ id }) => id === (sections.includes('Misc') ? 'in-misc' : 'in-modules'));
  const rows = new Map<string, OptionRow[]>();
  for (const setting of settings) {
    const option = explained.get(setting.name.toLowerCase());
    const row: OptionRow = {
      id: option?.id ?? setting.name.toLowerCase(),
      name: option?.name ?? setting.name,
      facts: settingFacts(setting, option),
      programs: setting.builds,
      ...(option ? { option } : {}),
    };
    const id = groupOf(setting)?.id ?? '';
    rows.set(id, [...(rows.get(id) ?? []), row]);
  }
  const joined = new Set([...rows.values()].flat().flatMap(({ option }) => (option ? [option.id] : [])));
  const others = options.filter(({ id }) => !joined.has(id));
  const kinds = [...new Set(others.map(({ kind }) => kind))];
  return [
    ...groups.map(({ sections: _, ...group }) => ({
      ...group,
      // Explained ones first; each part in the order of its names.
      rows: (rows.get(group.id) ?? []).sort(
        (a, b) => Number(!a.option) - Number(!b.option) || (a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1),
      ),
    })),
    ...kinds.map((kind) => ({
      id: `${kind.replaceAll(' ', '-')}s`,
      title: `${kind[0]?.toUpperCase()}${kind.slice(1)}s`,
      rows: others
        .filter((option) => option.kind === kind)
        .map((option) => ({
          id: option.id,
          name: option.name,
          option,
          facts: optionFacts(option),
          programs: programsOf(option.side),
        })),
    })),
  ].filter(({ rows }) => rows.length > 0);
}
