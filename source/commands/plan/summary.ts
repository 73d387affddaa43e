import { givenOf } from '../../activation/content/columns.ts';
import { textOf } from '../../activation/difference.ts';
import { attributeOf, keyName, type Plan, type Selected } from '../../activation/plan/plan.ts';
import { destinationName } from '../../activation/requests.ts';
import { hasSecret } from '../../activation/plan/secret-reference.ts';
import { displayWidth, fit } from '../../components/text/width.ts';
import { numberText } from '../../locale/format.ts';
import { modeName, paramName, signInName } from '../../locale/plan-words.ts';
import { listText, type Text, valueText } from '../../locale/texts.ts';
import { everyWholeText } from '../../pages/schedule/every-text.ts';
import { visible } from '../console/visible.ts';

function columnText(one: Selected): string {
  const given = givenOf(one);
  return given === undefined ? attributeOf(one) : `${attributeOf(one)} → ${given}`;
}

/** Fields in lines of their own, as a person calls them and as the plan does; a secret by its source. */
function fieldRows(text: Text, fields: Readonly<Record<string, unknown>>, within = ''): Row[] {
  return Object.entries(fields).flatMap(([name, value]): Row[] => {
    const path = within + name;
    if (hasSecret(value)) return [['', labelled(text, path, value.$secret)]];
    if (isRecord(value)) return fieldRows(text, value, `${path}.`);
    // A blank or nothing at all is seen only between quotes.
    const said = within === '' ? (textOf(value) ?? '') : JSON.stringify(value);
    return [['', labelled(text, path, said)]];
  });
}

const labelled = (text: Text, name: string, value: string): string =>
  text('text.labelled', { label: paramName(text, name), value });

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A line as it is, or a label with its value: values stand beneath each other. */
type Row = string | readonly [label: string, value: string];

/** A plan for reading: names rather than ids, one thing a line. */
export function planSummary(text: Text, plan: Plan): string[] {
  const rows = rowsOf(text, plan);
  const labels = rows.map((row) => (typeof row === 'string' ? 0 : displayWidth(row[0])));
  const columns = Math.max(...labels) + 2;
  return rows.map((row) => visible(typeof row === 'string' ? row : `  ${fit(row[0], columns, '')}${row[1]}`));
}

function rowsOf(text: Text, plan: Plan): Row[] {
  const { auth, location, baseConnectionId: account } = plan.destination;
  const source = plan.source?.sourceConnectionId ?? plan.source?.baseConnectionId;
  const { mode, ...place } = location;
  const none = text('review.none');
  const again = (what: string): string => text('summary.usedAgain', { what });
  return [
    plan.name,
    [text('review.sandbox'), plan.sandbox],
    ...(plan.flow === undefined ? [] : [[text('review.flow'), plan.flow] as const]),
    [
      text('review.destination'),
      text('text.aside', { value: destinationName(plan), aside: plan.destination.connectionSpecId }),
    ],
    ...(account === undefined ? [] : [[text('review.account'), again(account)] as const]),
    ...(account !== undefined && !auth
      ? []
      : [
          [text('review.signIn'), auth ? signInName(text, auth.specName) : none] as const,
          ...fieldRows(text, auth?.params ?? {}),
        ]),
    ...(source === undefined ? [] : [[text('review.source'), again(source)] as const]),
    ...placeRows(text, mode, place),
    [text('report.segments'), numberText(text.language, plan.segments.length)],
    ...plan.segments.flatMap((segment) => [
      `    ${segment.name ?? segment.id}`,
      `      ${whenText(text, segment)}`,
      `      ${segment.filenameTemplate}`,
    ]),
    [text('review.attributes'), listText(text, plan.attributes.selected.map(columnText))],
    [text('review.mandatory'), listText(text, plan.attributes.mandatory) || none],
    [text('review.deduplication'), listText(text, plan.attributes.deduplication.map(keyName)) || none],
  ];
}

/** The storage location: the kind of it where it has one, and its fields below. */
function placeRows(text: Text, mode: string | undefined, place: Readonly<Record<string, unknown>>): Row[] {
  const label = text('review.location');
  const fields = fieldRows(text, place);
  if (mode !== undefined) return [[label, modeName(text, mode)], ...fields];
  return fields.map(([, value], at) => [at === 0 ? label : '', value ?? '']);
}

/** `full, every day, from 20 Dec 2026 17:00 UTC` */
function whenText(text: Text, { exportMode, schedule }: Plan['segments'][number]): string {
  const { triggerType, startDate, endDate, startTime } = schedule;
  return listText(text, [
    valueText(text, exportMode),
    everyWholeText(text, schedule),
    ...(triggerType === 'AFTER_SEGMENT_EVAL' ? [valueText(text, triggerType)] : []),
    startTime === undefined
      ? text('summary.from', { start: startDate })
      : text('summary.fromUtc', { start: `${startDate} ${startTime}` }),
    ...(endDate === undefined ? [] : [text('summary.before', { end: endDate })]),
  ]);
}
