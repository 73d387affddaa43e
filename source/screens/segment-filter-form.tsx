import { type ReactElement, useMemo } from 'react';
import { originsOf, type SegmentFilter, segmentOrders } from '../activation/segment-filter.ts';
import { Form, type FormField } from '../components/form/form.tsx';
import type { Segment } from '../flow-service/segments.ts';
import { useFormTexts } from './list-texts.ts';
import { useWizard } from './wizard-context.tsx';

const any = 'any';
const spans = ['1', '7', '30', '90'];

/** Which of many segments are looked at, and in which order. */
export function SegmentFilterForm(props: {
  readonly segments: readonly Segment[];
  readonly filter: SegmentFilter;
  readonly onSubmit: (filter: SegmentFilter) => void;
  readonly onBack: () => void;
}): ReactElement {
  const { text, isActive, height, width } = useWizard();
  const texts = useFormTexts();
  const { segments, filter } = props;
  const fields = useMemo((): FormField[] => {
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
        ...['batch', 'streaming', 'edge'].map((value) => ({ value, label: value })),
      ]),
      choice('origin', text('filter.origin'), [
        anything,
        ...originsOf(segments).map((value) => ({ value, label: value })),
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
  }, [segments, text]);
  return (
    <Form
      fields={fields}
      initialValues={{
        evaluation: filter.evaluation ?? any,
        origin: filter.origin ?? any,
        within: String(filter.withinDays ?? any),
        order: filter.order ?? 'listed',
      }}
      texts={texts}
      height={height}
      width={width}
      isActive={isActive}
      onBack={props.onBack}
      onSubmit={(values) => props.onSubmit(toFilter(values))}
    />
  );
}

function toFilter(values: Readonly<Record<string, string>>): SegmentFilter {
  const given = (name: string): string | undefined => (values[name] === any ? undefined : values[name]);
  const within = given('within');
  return {
    evaluation: given('evaluation') as SegmentFilter['evaluation'],
    origin: given('origin'),
    withinDays: within === undefined ? undefined : Number(within),
    order: given('order') as SegmentFilter['order'],
  };
}
