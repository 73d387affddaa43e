import type { Plan } from '../activation/plan.ts';
import { keyName } from '../activation/plan-rules.ts';
import { destinationName } from '../activation/requests.ts';
import { hasSecret } from '../activation/secret-reference.ts';
import { type Text, valueText } from '../locale/texts.ts';
import { visible } from './read-plan.ts';

/** A plan for reading: names rather than ids, one thing a line. */
export function planSummary(text: Text, plan: Plan): string[] {
  const { auth, location, baseConnectionId: account } = plan.destination;
  const source = plan.source?.sourceConnectionId ?? plan.source?.baseConnectionId;
  const params = Object.entries(auth?.params ?? {})
    .map(
      ([name, value]) =>
        `${name} ${hasSecret(value) ? `(${value.$secret})` : typeof value === 'object' ? JSON.stringify(value) : String(value)}`,
    )
    .join(', ');
  const { mode, ...place } = location;
  const row = (title: string, value: string): string => `  ${title.padEnd(15)}${visible(value)}`;
  return [
    visible(plan.name),
    row('Sandbox', plan.sandbox),
    row('Destination', `${destinationName(plan)} (${plan.destination.connectionSpecId})`),
    ...(account === undefined ? [] : [row('Account', `${account} (used again)`)]),
    ...(account !== undefined && !auth
      ? []
      : [row('Sign-in', auth ? `${auth.specName}: ${params}` : 'none')]),
    ...(source === undefined ? [] : [row('Profile Store', `${source} (used again)`)]),
    row(
      'Location',
      `${mode ?? ''} ${Object.entries(place)
        .map(([name, value]) => `${name} ${String(value)}`)
        .join(', ')}`.trim(),
    ),
    row('Segments', String(plan.segments.length)),
    ...plan.segments.flatMap((segment) => {
      const { frequency, triggerType, startDate, endDate, startTime } = segment.schedule;
      const moments = [
        valueText(text, segment.exportMode),
        valueText(text, frequency),
        triggerType === 'AFTER_SEGMENT_EVAL' ? valueText(text, triggerType) : undefined,
        `from ${startDate}${startTime === undefined ? '' : ` ${startTime} UTC`}`,
        endDate === undefined ? undefined : `before ${endDate}`,
      ];
      return [
        `    ${visible(segment.name ?? segment.id)}`,
        `      ${moments.filter((one) => one !== undefined).join(', ')}`,
        `      ${visible(segment.filenameTemplate)}`,
      ];
    }),
    row('Attributes', plan.attributes.selected.join(', ')),
    row('Mandatory', plan.attributes.mandatory.join(', ') || 'none'),
    row('Deduplication', plan.attributes.deduplication.map(keyName).join(', ') || 'none'),
  ];
}
