import { Box, Text } from 'ink';
import { type ReactElement, useMemo, useState } from 'react';
import { ConfirmByName } from '../components/confirm/confirm-by-name.tsx';
import { Confirm } from '../components/confirm/confirm.tsx';
import { ScrollTable } from '../components/table/scroll-table.tsx';
import { useGlyphs, useTone } from '../components/theme/theme.tsx';
import { toPlan } from '../wizard/to-plan.ts';
import { Page } from './page.tsx';
import { usePageKeys } from './page-keys.ts';
import { reviewRows } from './review-rows.ts';
import { useWizard } from './wizard-context.tsx';

/** Everything once more, in names; Enter on a line changes it. Nothing has been written yet. */
export function ReviewScreen(): ReactElement {
  const { state, send, services, text, isActive, height, width } = useWizard();
  const glyphs = useGlyphs();
  const tone = useTone();
  const { draft } = state;
  const [asking, setAsking] = useState(false);
  const [said, setSaid] = useState<string>();
  const now = services.now();
  // The moment matters to the hour only: a new one with every key would draw everything anew.
  const hour = now - (now % 3_600_000);
  const rows = useMemo(() => reviewRows(draft, text, glyphs, hour), [draft, text, glyphs, hour]);
  const keys = usePageKeys(['move', 'change', 'save', 'back']);

  const save = (): void => {
    services.savePlan(toPlan(draft)).then(
      (file) => setSaid(text('validation.finish', { file })),
      (error: unknown) =>
        setSaid(text('validation.notSaved', { why: error instanceof Error ? error.message : '' })),
    );
  };
  const ask = (): void => {
    if (services.isReadOnly) setSaid(text('review.readOnly'));
    else setAsking(true);
  };
  const sandbox = draft.sandbox?.name ?? '';
  const confirm = (): void => send({ type: 'confirmed' });
  return (
    <Page question={text('question.review')} next={text('page.apply')} keys={keys}>
      <ScrollTable
        columns={[{ title: '' }, { title: '' }]}
        rows={rows.map((one) => one.row)}
        height={height - (asking ? 5 : 2)}
        width={width}
        isActive={isActive && !asking}
        initialCursor={0}
        range={(first, last, total) => text('list.range', { first, last, total })}
        onBack={() => send({ type: 'wentBack' })}
        onKey={(press) => {
          if (press.kind === 'text' && press.text === 's') save();
        }}
        onSelect={(index) => {
          const does = rows[index]?.does;
          if (does?.kind === 'apply') ask();
          else if (does?.kind === 'jump') send({ type: 'jumped', page: does.page });
        }}
      />
      {asking ? (
        <Box flexDirection="column" marginTop={1}>
          {draft.sandbox?.isProduction === true ? (
            <ConfirmByName
              name={sandbox}
              question={text('review.confirmProduction')}
              mismatch={text('review.confirmMismatch')}
              isActive={isActive}
              onConfirm={confirm}
              onBack={() => setAsking(false)}
            />
          ) : (
            <Confirm
              question={text('review.confirm', { sandbox })}
              texts={{ yes: text('review.confirmYes'), no: text('review.confirmNo') }}
              initialAnswer
              isActive={isActive}
              onAnswer={(isYes) => (isYes ? confirm() : setAsking(false))}
              onBack={() => setAsking(false)}
            />
          )}
        </Box>
      ) : null}
      {said === undefined || asking ? null : (
        <Text {...tone.success} wrap="truncate-middle">
          {said}
        </Text>
      )}
    </Page>
  );
}
