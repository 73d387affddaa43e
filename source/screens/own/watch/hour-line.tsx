import { Text } from 'ink';
import type { ReactElement } from 'react';
import { useTone } from '../../../components/theme/theme.tsx';
import type { HourBars } from '../../../pages/watch/runs.ts';
import { useWizard } from '../../frame/wizard-context.tsx';

/** When runs began, an hour each. @see screens.md, Runs */
export function HourLine({ hours }: { readonly hours: readonly HourBars[] }): ReactElement {
  const { text } = useWizard();
  const tone = useTone();
  const isRed = tone.danger.color !== undefined && hours.some(({ hasFailed }) => hasFailed);
  return (
    <Text {...tone.muted} wrap="truncate">
      {'  '}
      {hours.map(({ bars, hasFailed }, at) => (
        <Text key={at} {...(hasFailed ? tone.danger : tone.accent)}>
          {bars}
        </Text>
      ))}
      {`  ${text(isRed ? 'runs.hoursFailed' : 'runs.hours')}`}
    </Text>
  );
}
