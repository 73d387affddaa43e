import { Text } from 'ink';
import { type ReactElement, useMemo } from 'react';
import { plannedRequests } from '../activation/requests.ts';
import { ScrollTable } from '../components/table/scroll-table.tsx';
import { useTone } from '../components/theme/theme.tsx';
import { toPlan } from '../wizard/to-plan.ts';
import { Page } from './page.tsx';
import { usePageKeys } from './page-keys.ts';
import { useWizard } from './wizard-context.tsx';
import { wouldSendRows } from './would-send-rows.ts';

/** The last page of a run that only reads: what another one would send, in its order. */
export function WouldSend(): ReactElement {
  const { state, send, services, text, isActive, height, width, openKeys, finish } = useWizard();
  const tone = useTone();
  const { draft } = state;
  const { orgId } = services.organisation;
  const rows = useMemo(
    () => wouldSendRows(plannedRequests(toPlan(draft), { authorization: '', apiKey: '', orgId }), text),
    [draft, orgId, text],
  );
  const keys = usePageKeys(['scroll', 'finish', 'back', 'help']);
  return (
    <Page question={text('wouldSend.question')} keys={keys}>
      <ScrollTable
        columns={[{ title: '' }, { title: '' }, { title: '' }]}
        rows={rows.map((cells) => ({ cells }))}
        height={height - 3}
        width={width}
        isActive={isActive}
        range={(first, last, total) => text('list.range', { first, last, total })}
        onEnter={() => finish({ kind: 'left', exitCode: 0, lines: [text('wouldSend.left')] })}
        onBack={() => send({ type: 'wentBack' })}
        onKey={(press) => {
          if (press.kind === 'text' && press.text === '?') openKeys();
        }}
      />
      <Text> </Text>
      <Text {...tone.muted} wrap="truncate">
        {text('wouldSend.note')}
      </Text>
    </Page>
  );
}
