/** Every message and every problem as data, for whoever builds something else. Its shape is public/catalogue.schema.json. */
import about from '../../../package.json' with { type: 'json' };
import { base, siteUrl } from '../editions/site.ts';
import type { Knowledge } from '../knowledge/types.ts';
import { messagePage, problemPage } from './shapes.ts';

/** @param day YYYY-MM-DD */
export function catalogueOf(
  { messages, problems, steps }: Pick<Knowledge, 'messages' | 'problems' | 'steps'>,
  day: string,
) {
  return {
    $schema: `${siteUrl}${base}/catalogue.schema.json`,
    /** Fields are only added within one number. */
    schema: 1,
    version: about.version,
    made: day,
    steps: steps.map(({ id, title }) => ({ id, title })),
    messages: messages.map((one) => ({
      id: one.id,
      kind: one.kind,
      step: one.step,
      side: one.side,
      severity: one.severity,
      alsoSeverity: one.alsoSeverity,
      class: one.class,
      forms: one.forms.map(({ plain, xml, versions }) => ({ plain, xml, ...(versions ? { versions } : {}) })),
      versions: one.versions,
      printed: one.printed,
      fields: one.fields,
      meaning: one.meaning,
      ...(one.action === undefined ? {} : { action: one.action }),
      harmless: one.harmless.map(({ because }) => because),
      texts: one.texts.map((text) => ({
        id: text.id,
        ...(text.text === undefined ? {} : { text: text.text }),
        ...(text.where === undefined ? {} : { where: text.where }),
        ...(text.side === undefined ? {} : { side: text.side }),
        ...(text.severity === undefined ? {} : { severity: text.severity }),
        meaning: text.meaning,
        ...(text.action === undefined ? {} : { action: text.action }),
        page: messagePage(one.id, text.id),
      })),
      problems: problems.filter(({ signs }) => signs.some(({ message }) => message === one.id)).map(({ id }) => id),
      page: messagePage(one.id),
    })),
    problems: problems.map((one) => ({
      id: one.id,
      title: one.title,
      summary: one.summary,
      step: one.step,
      urgency: one.urgency,
      impact: one.impact,
      signs: one.signs.map(({ message, text, side, severity, fields, weight, because, with: near, without }) => ({
        message,
        ...(text ? { text } : {}),
        ...(side ? { side } : {}),
        ...(severity ? { severity } : {}),
        ...(fields ? { fields } : {}),
        weight,
        /** False if other lines count, too: then the message alone says less. */
        alone: !near && !without,
        because,
      })),
      page: problemPage(one.id),
    })),
  };
}
