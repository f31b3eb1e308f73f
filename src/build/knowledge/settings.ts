/** What the engine needs to read and judge configurations, small: options of one kind that stand together are one entry. */
import type { Setting, SettingWords } from '../../content/schemas.ts';
import type { CompiledSettings } from '../../engine/config/types.ts';
import { thereIsNo } from './suggest.ts';
import type { Knowledge, Report } from './types.ts';

type Share = Pick<Knowledge, 'settings' | 'sections' | 'rules' | 'settingWords' | 'variables' | 'setups'>;

/** The engine's share. What is usual is left out of it. */
export function compileSettings({
  settings,
  sections,
  rules,
  settingWords,
  variables,
  setups,
}: Share): CompiledSettings {
  const options: Option[] = [];
  let last = '';
  for (const { name, builds, twice, if: _if, default: _default, ...kind } of settings) {
    const option = {
      ...kind,
      ...(builds.length < 3 ? { for: builds.map((build) => build.charAt(1)).join('') } : {}),
      ...(twice === 'last' ? {} : { twice }),
    };
    const same = JSON.stringify(option);
    // (Their order counts.)
    if (same === last) options.at(-1)?.names.push(name);
    else options.push({ names: [name], ...option });
    last = same;
  }
  const short = rules.map(({ versions: _versions, needs, ...rule }) => (needs.length > 0 ? { needs, ...rule } : rule));
  return { sections, options, words: settingWords, rules: short, files: filesOf(variables, setups) };
}

/** What each side's configuration is called: the end of its path in the first setup, whose values are the usual ones. */
function filesOf(variables: Share['variables'], [usual]: Share['setups']): CompiledSettings['files'] {
  const config = variables.find(({ id }) => id === 'config');
  const nameOf = (side: 'client' | 'server') => {
    const value = config && 'either' in config ? usual?.values[config.either[side]] : undefined;
    return typeof value === 'string' ? (value.split('/').at(-1) ?? '') : '';
  };
  return { client: nameOf('client'), server: nameOf('server') };
}

type Option = CompiledSettings['options'][number] & { names: string[] };

/** What rules and options name is there. */
export function checkSettings(
  { settings, sections, rules, settingWords, problems, options, messages }: Knowledge,
  report: Report,
): void {
  const names = settings.map(({ name }) => name);
  const places = sections.map(({ section }) => section);
  const kinds: readonly SettingWords['kind'][] = settingWords.map(({ kind }) => kind);
  for (const setting of settings) {
    for (const section of setting.in)
      if (!places.includes(section)) report(setting, 'in', thereIsNo('section', section, places));
    if (!isForm(setting)) report(setting, 'form', 'is no regular expression');
  }
  for (const kind of ['severity', 'class', 'test'] as const)
    if (!kinds.includes(kind)) report(settingWords[0] ?? {}, 'kind', `there are no words of the kind ${kind}`);
  for (const option of options) {
    if (option.kind === 'configuration option' && !names.includes(option.name))
      report(option, 'name', 'settings.yaml does not have it');
  }
  for (const rule of rules) {
    const problem = problems.find(({ id }) => id === rule.problem);
    const ids = problems.map(({ id }) => id);
    if (rule.problem !== undefined && !problem) report(rule, 'problem', thereIsNo('problem', rule.problem, ids));
    const cases = problem?.cases.map(({ id }) => id) ?? [];
    if (rule.case !== undefined && !cases.includes(rule.case))
      report(rule, 'case', thereIsNo('case', rule.case, cases));
    if (rule.seen) {
      const { message: id, text = [], field } = rule.seen;
      const message = messages.find((one) => one.id === id);
      const texts = message?.texts ?? [];
      if (!message)
        report(
          rule,
          'seen.message',
          thereIsNo(
            'message',
            id,
            messages.map((one) => one.id),
          ),
        );
      for (const one of text)
        if (!texts.some((known) => known.id === one))
          report(
            rule,
            'seen.text',
            thereIsNo(
              'text',
              one,
              texts.map((t) => t.id),
            ),
          );
      for (const name of field)
        if (!(name in (message?.fields ?? {})) && !texts.some((known) => known.text?.includes(`{${name}}`)))
          report(rule, 'seen.field', `${id} has no field ${name}`);
    }
    const { option } = rule.when;
    const asked = typeof option === 'string' ? [option] : typeof option === 'object' ? (option.is ?? []) : [];
    for (const name of [
      ...asked,
      ...(rule.unless?.option ?? []),
      ...(rule.lacks ?? []),
      rule.against?.option ?? [],
    ].flat())
      if (!names.includes(name)) report(rule, 'when', thereIsNo('option', name, names));
  }
}

function isForm({ form }: Setting): boolean {
  try {
    new RegExp(form ?? '');
    return true;
  } catch {
    return false;
  }
}
