import { Box, Text } from 'ink';
import { type ReactElement, useMemo, useState } from 'react';
import { ConfirmByName } from '../components/confirm/confirm-by-name.tsx';
import { Confirm } from '../components/confirm/confirm.tsx';
import { Form } from '../components/form/form.tsx';
import { ScrollTable } from '../components/table/scroll-table.tsx';
import { useGlyphs, useHiddenSecrets, useTone } from '../components/theme/theme.tsx';
import { draftName } from '../wizard/draft.ts';
import { toPlan } from '../wizard/to-plan.ts';
import { useFormTexts } from './list-texts.ts';
import { LimitMeter } from './limit-meter.tsx';
import { Page } from './page.tsx';
import { usePageKeys } from './page-keys.ts';
import { savedText, trySaving } from './ending.ts';
import { reviewRows } from './review-rows.ts';
import { useRemote } from './remote.tsx';
import { placeOf } from './services.ts';
import { useWizard } from './wizard-context.tsx';

/** Everything once more, in names; Enter on a line changes it. Nothing has been written yet. */
export function ReviewScreen(): ReactElement {
  const { state, send, services, text, isActive, height, width, openKeys } = useWizard();
  const glyphs = useGlyphs();
  const tone = useTone();
  const { draft } = state;
  const [asking, setAsking] = useState<'apply' | 'name'>();
  const [said, setSaid] = useState<string>();
  const isHidden = useHiddenSecrets();
  const [cursor, setCursor] = useState(0);
  const counting = useRemote('flowCount', placeOf(state, services.organisation));
  const destinationCount = counting.kind === 'ready' ? counting.value : undefined;
  const now = services.now();
  // The moment matters to the hour only: a new one with every key would draw everything anew.
  const hour = now - (now % 3_600_000);
  const rows = useMemo(
    () =>
      reviewRows(draft, text, glyphs, hour, width, {
        destinationCount,
        isHidden,
        isReadOnly: services.isReadOnly,
      }),
    [draft, text, glyphs, hour, width, destinationCount, isHidden, services.isReadOnly],
  );
  const save = (): void => {
    void trySaving(services, toPlan(draft)).then((saved) => setSaid(savedText(saved, text)));
  };
  // The keys of the table do nothing while something is asked under it.
  const keys = usePageKeys(asking ? ['continue', 'back'] : ['move', 'change', 'fix', 'save', 'back', 'help']);
  const close = (): void => setAsking(undefined);
  return (
    <Page question={text('question.review')} next={text('page.apply')} keys={keys}>
      <ScrollTable
        columns={[{ title: '' }, { title: '' }]}
        rows={rows.map((one) => one.row)}
        height={height - (asking ? 5 : 2)}
        width={width}
        isActive={isActive && !asking}
        initialCursor={0}
        onCursorChange={setCursor}
        range={(first, last, total) => text('list.range', { first, last, total })}
        onBack={() => send({ type: 'wentBack' })}
        onKey={(press) => {
          if (press.kind !== 'text') return;
          const fix = rows[cursor]?.fix;
          if (press.text === '?') openKeys();
          else if (press.text === 's') save();
          else if (press.text === 'f' && fix) send({ type: 'revised', draft: fix });
        }}
        onSelect={(index) => {
          const does = rows[index]?.does;
          if (does?.kind === 'jump') send({ type: 'jumped', page: does.page });
          else if (does?.kind === 'rename') setAsking('name');
          else if (does?.kind === 'apply' && services.isReadOnly) send({ type: 'previewed' });
          else if (does?.kind === 'apply') setAsking('apply');
        }}
      />
      {asking === undefined ? null : (
        <Box flexDirection="column" marginTop={1}>
          {asking === 'name' ? <NameField onClose={close} /> : <ApplyQuestion onClose={close} />}
        </Box>
      )}
      {said !== undefined || asking || destinationCount === undefined ? null : (
        <LimitMeter limit="destinationsPerSandbox" count={destinationCount} />
      )}
      {said === undefined || asking ? null : (
        <Text {...tone.success} wrap="truncate-middle">
          {said}
        </Text>
      )}
    </Page>
  );
}

/** Nothing is written before this is answered; a production sandbox wants its name typed. */
function ApplyQuestion({ onClose }: { readonly onClose: () => void }): ReactElement {
  const { state, send, text, isActive } = useWizard();
  const { sandbox } = state.draft;
  const confirm = (): void => send({ type: 'confirmed' });
  if (sandbox?.isProduction === true) {
    return (
      <ConfirmByName
        name={sandbox.name}
        question={text('review.confirmProduction')}
        mismatch={text('review.confirmMismatch')}
        isActive={isActive}
        onConfirm={confirm}
        onBack={onClose}
      />
    );
  }
  return (
    <Confirm
      question={text('review.confirm', { sandbox: sandbox?.name ?? '' })}
      texts={{ yes: text('review.confirmYes'), no: text('review.confirmNo') }}
      initialAnswer
      isActive={isActive}
      onAnswer={(isYes) => (isYes ? confirm() : onClose())}
      onBack={onClose}
    />
  );
}

/** The name of the dataflow, changed in place. */
function NameField({ onClose }: { readonly onClose: () => void }): ReactElement {
  const { state, send, text, isActive, width } = useWizard();
  const texts = useFormTexts();
  const fields = useMemo(
    () => [{ name: 'name', label: text('review.name'), kind: 'text' as const, required: true }],
    [text],
  );
  return (
    <Form
      fields={fields}
      initialValues={{ name: draftName(state.draft) }}
      texts={texts}
      width={width}
      isActive={isActive}
      onBack={onClose}
      onSubmit={({ name = '' }) => {
        send({ type: 'kept', answer: { of: 'name', value: name.trim().slice(0, 255) } });
        onClose();
      }}
    />
  );
}
