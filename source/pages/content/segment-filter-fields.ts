import { originsOf, type SegmentFilter, segmentOrders } from '../../activation/content/segment-filter.ts';
import type { FormField, FormValues } from '../../components/form/form-field.ts';
import type { Segment } from '../../flow-service/segments.ts';
import { type Text, valueText } from '../../locale/texts.ts';

const any = 'any';
const spans = ['1', '7', '30', '90'];

/** The questions of a filter, with the origins that there are. */
export function filterFields(text: Text, segments: readonly Segment[]): FormField[] {
  const choice = (name: string, label: string, choices: readonly { value: string; label: string }[]) => ({
    name,
    label,
    kind: 'choice' as const,
    required: true,
    choices,
  });
  const anything = { value: any, label: text('filter.any') };
  return [
    choice('evaluation', text('filter.evaluation'), [
      anything,
      ...['batch', 'streaming', 'edge'].map((value) => ({ value, label: valueText(text, value) })),
    ]),
    choice('origin', text('filter.origin'), [
      anything,
      ...originsOf(segments).map((value) => ({ value, label: valueText(text, value) })),
    ]),
    choice('within', text('filter.within'), [
      anything,
      ...spans.map((value) => ({ value, label: text('filter.days', { days: Number(value) }) })),
    ]),
    choice(
      'order',
      text('filter.order'),
      segmentOrders.map((value) => ({ value, label: text(`filter.${value}`) })),
    ),
  ];
}

/** A filter as its form holds it. */
export const filterValues = (filter: SegmentFilter): FormValues => ({
  evaluation: filter.evaluation ?? any,
  origin: filter.origin ?? any,
  within: String(filter.withinDays ?? any),
  order: filter.order ?? 'listed',
});

/** A filled form as a filter. */
export function toFilter(values: FormValues): SegmentFilter {
  const given = (name: string): string | undefined => (values[name] === any ? undefined : values[name]);
  const within = given('within');
  return {
    evaluation: given('evaluation') as SegmentFilter['evaluation'],
    origin: given('origin'),
    withinDays: within === undefined ? undefined : Number(within),
    order: given('order') as SegmentFilter['order'],
  };
}
