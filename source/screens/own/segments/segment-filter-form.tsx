import { type ReactElement, useMemo } from 'react';
import type { SegmentFilter } from '../../../activation/content/segment-filter.ts';
import { Form } from '../../../components/form/form.tsx';
import type { Segment } from '../../../flow-service/segments.ts';
import { filterFields, filterValues, toFilter } from '../../../pages/content/segment-filter-fields.ts';
import { useFormTexts } from '../../parts/list-texts.ts';
import { useWizard } from '../../frame/wizard-context.tsx';

/** Which of many segments are looked at, and in which order. */
export function SegmentFilterForm(props: {
  readonly segments: readonly Segment[];
  readonly filter: SegmentFilter;
  readonly onSubmit: (filter: SegmentFilter) => void;
  readonly onBack: () => void;
  readonly onLast: (isLast: boolean) => void;
}): ReactElement {
  const { text, isActive, height, width } = useWizard();
  const texts = useFormTexts();
  const { segments, filter } = props;
  const fields = useMemo(() => filterFields(text, segments), [segments, text]);
  return (
    <Form
      fields={fields}
      initialValues={filterValues(filter)}
      texts={texts}
      height={height}
      width={width}
      isActive={isActive}
      onBack={props.onBack}
      onActive={(name) => props.onLast(name === fields.at(-1)?.name)}
      onSubmit={(values) => props.onSubmit(toFilter(values))}
    />
  );
}
