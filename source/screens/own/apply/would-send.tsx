import { Text } from 'ink';
import { type ReactElement, useMemo } from 'react';
import { ScrollTable } from '../../../components/table/scroll-table.tsx';
import { useTone } from '../../../components/theme/theme.tsx';
import { apply as page, looked, wouldSend } from '../../../pages/ending/apply.ts';
import { Page } from '../../frame/page.tsx';
import { usePageKeys } from '../../frame/page-keys.ts';
import { useWizard } from '../../frame/wizard-context.tsx';

/** The last page of a run that only reads: what another one would send, in its order. */
export function WouldSend(): ReactElement {
  const { asking, send, text, isActive, height, width, finish } = useWizard();
  const tone = useTone();
  const rows = useMemo(() => wouldSend(asking), [asking]);
  const keys = usePageKeys(['scroll', 'finish', 'back', 'help']);
  return (
    <Page question={page.question(asking)} keys={keys}>
      <ScrollTable
        columns={[{ title: '' }, { title: '' }, { title: '' }]}
        rows={rows.map((cells) => ({ cells }))}
        height={height - 3}
        width={width}
        isActive={isActive}
        range={(first, last, total) => text('list.range', { first, last, total })}
        onEnter={() => finish(looked(asking))}
        onBack={() => send({ type: 'wentBack' })}
      />
      <Text> </Text>
      <Text {...tone.muted} wrap="truncate">
        {text('wouldSend.note')}
      </Text>
    </Page>
  );
}
