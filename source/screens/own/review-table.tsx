import { Box, Text } from 'ink';
import { type ReactElement, useMemo, useState } from 'react';
import { ConfirmByName } from '../../components/confirm/confirm-by-name.tsx';
import { Confirm } from '../../components/confirm/confirm.tsx';
import { Form } from '../../components/form/form.tsx';
import { ScrollTable } from '../../components/table/scroll-table.tsx';
import { wrapText } from '../../components/text/wrap.ts';
import { useTone } from '../../components/theme/theme.tsx';
import { savedText, trySaving } from '../../pages/ending/ending.ts';
import { type ReviewRow, reviewRows } from '../../pages/ending/review-rows.ts';
import { confirmation, opened, rename, review as page } from '../../pages/ending/review.ts';
import { placeOf } from '../../pages/services.ts';
import { toPlan } from '../../wizard/to-plan.ts';
import { Page } from '../frame/page.tsx';
import { usePageKeys } from '../frame/page-keys.ts';
import { useWizard } from '../frame/wizard-context.tsx';
import { LimitMeter } from '../parts/limit-meter.tsx';
import { useFormTexts } from '../parts/list-texts.ts';
import { useRemote } from '../parts/remote.tsx';

/** Columns before a sentence: pointer, mark and the column of labels. */
const sentenceLead = 24;

/** A table; Enter on a line changes it. */
export function ReviewScreen(): ReactElement {
  const { state, asking, act, send, services, text, isActive, height, width } = useWizard();
  const tone = useTone();
  const [question, setQuestion] = useState<'confirm' | 'rename'>();
  const [said, setSaid] = useState<string>();
  const [cursor, setCursor] = useState(0);
  const counting = useRemote('flowCount', placeOf(state, services.organisation));
  const destinationCount = counting.kind === 'ready' ? counting.value : undefined;
  const now = services.now();
  // The moment matters to the hour only: a new one with every key would draw everything anew.
  const nowMs = now - (now % 3_600_000);
  const rows = useMemo(
    () =>
      reviewRows(asking, { nowMs, destinationCount, fixHint: text('review.fix') }).flatMap((one) =>
        wrapped(one, Math.max(20, width - sentenceLead)),
      ),
    [asking, nowMs, destinationCount, text, width],
  );
  const save = (): void => {
    void trySaving(services, toPlan(state.draft)).then((saved) => setSaid(savedText(saved, text)));
  };
  // The keys of the table do nothing while something is asked under it.
  const keys = usePageKeys(
    question ? ['continue', 'back'] : ['move', 'change', 'fix', 'save', 'back', 'help'],
  );
  const close = (): void => setQuestion(undefined);
  return (
    <Page question={page.question(asking)} keys={keys}>
      <ScrollTable
        columns={[{ title: '' }, { title: '' }]}
        rows={rows.map((one) => one.row)}
        height={height - (question ? 5 : 2)}
        width={width}
        isActive={isActive && !question}
        initialCursor={0}
        onCursorChange={setCursor}
        range={(first, last, total) => text('list.range', { first, last, total })}
        onBack={() => send({ type: 'wentBack' })}
        onKey={(press) => {
          if (press.kind !== 'text') return;
          const fix = rows[cursor]?.fix;
          if (press.text === 's') save();
          else if (press.text === 'f' && fix) send({ type: 'revised', draft: fix });
        }}
        onSelect={(index) => {
          const row = rows[index];
          const does = row && opened(row, asking);
          if (typeof does === 'string') setQuestion(does);
          else act(does);
        }}
      />
      {question === undefined ? null : (
        <Box flexDirection="column" marginTop={1}>
          {question === 'rename' ? <NameField onClose={close} /> : <ApplyQuestion onClose={close} />}
        </Box>
      )}
      {said !== undefined || question || destinationCount === undefined ? null : (
        <LimitMeter limit="destinationsPerSandbox" count={destinationCount} />
      )}
      {said === undefined || question ? null : (
        <Text {...tone.success} wrap="truncate-middle">
          {said}
        </Text>
      )}
    </Page>
  );
}

/** Long sentences take as many rows as they need; each of them does the same. */
function wrapped(one: ReviewRow, columns: number): readonly ReviewRow[] {
  const { row, isSentence = false } = one;
  if (!isSentence || row.kind === 'group') return [one];
  const [label = '', said = ''] = row.cells;
  return wrapText(said, columns).map((part, index) => ({
    ...one,
    row: index === 0 ? { ...row, cells: [label, part] } : { cells: ['', part] },
  }));
}

/** Nothing is written before this is answered. */
function ApplyQuestion({ onClose }: { readonly onClose: () => void }): ReactElement {
  const { asking, send, text, isActive } = useWizard();
  const confirm = (): void => send({ type: 'confirmed' });
  const listing = useRemote('sandboxes', placeOf(asking.state, asking.services.organisation));
  const { question, typed } = confirmation(asking, listing.kind === 'ready' ? listing.value : undefined);
  return typed === undefined ? (
    <Confirm
      question={question}
      texts={{ yes: text('review.confirmYes'), no: text('review.confirmNo') }}
      initialAnswer
      isActive={isActive}
      onAnswer={(isYes) => (isYes ? confirm() : onClose())}
      onBack={onClose}
    />
  ) : (
    <ConfirmByName
      name={typed}
      question={question}
      mismatch={text('review.confirmMismatch')}
      isActive={isActive}
      onConfirm={confirm}
      onBack={onClose}
    />
  );
}

/** The name of the dataflow, changed in place. */
function NameField({ onClose }: { readonly onClose: () => void }): ReactElement {
  const { asking, send, isActive, width } = useWizard();
  const texts = useFormTexts();
  const fields = useMemo(() => rename.fields(asking, {}), [asking]);
  return (
    <Form
      fields={fields}
      initialValues={rename.given(asking)}
      texts={texts}
      width={width}
      isActive={isActive}
      onBack={onClose}
      onSubmit={({ name = '' }) => {
        send(rename.done(name));
        onClose();
      }}
    />
  );
}
