import { givenOf } from '../../activation/content/columns.ts';
import { textOf } from '../../activation/difference.ts';
import { attributeOf, keyName, type Plan, type Selected } from '../../activation/plan/plan.ts';
import { destinationName } from '../../activation/requests.ts';
import { hasSecret } from '../../activation/plan/secret-reference.ts';
import { displayWidth, fit } from '../../components/text/width.ts';
import { numberText } from '../../locale/format.ts';
import { listText, type Text, valueText } from '../../locale/texts.ts';
import { everyWholeText } from '../../pages/schedule/every-text.ts';
import { visible } from '../console/visible.ts';

function columnText(one: Selected): string {
  const given = givenOf(one);
  return given === undefined ? attributeOf(one) : `${attributeOf(one)} → ${given}`;
}

const member = (name: string, value: unknown): string => `${name} ${textOf(value) ?? ''}`.trim();

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
  const params = Object.entries(auth?.params ?? {}).map(([name, value]) =>
    hasSecret(value) ? text('text.aside', { value: name, aside: value.$secret }) : member(name, value),
  );
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
          [
            text('review.signIn'),
            auth ? text('text.labelled', { label: auth.specName, value: listText(text, params) }) : none,
          ] as const,
        ]),
    ...(source === undefined ? [] : [[text('review.source'), again(source)] as const]),
    [
      text('review.location'),
      `${mode ?? ''} ${listText(
        text,
        Object.entries(place).map(([name, value]) => member(name, value)),
      )}`.trim(),
    ],
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
