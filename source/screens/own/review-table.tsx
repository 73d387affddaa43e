import { Box, Text } from 'ink';
import { type ReactElement, useMemo, useState } from 'react';
import { ConfirmByName } from '../../components/confirm/confirm-by-name.tsx';
import { Confirm, confirmLines } from '../../components/confirm/confirm.tsx';
import { Entries } from '../../components/entries/entries.tsx';
import { Form } from '../../components/form/form.tsx';
import { wrapText } from '../../components/text/wrap.ts';
import { type ToneName, useGlyphs, useTone } from '../../components/theme/theme.tsx';
import { savedText, trySaving } from '../../pages/ending/ending.ts';
import { changeIn } from '../../pages/ending/flow-change.ts';
import { reviewRows } from '../../pages/ending/review-rows.ts';
import { confirmations, opened, rename, review as page } from '../../pages/ending/review.ts';
import type { Asking } from '../../pages/page.ts';
import { placeOf } from '../../pages/services.ts';
import { toPlan } from '../../wizard/to-plan.ts';
import { Page } from '../frame/page.tsx';
import { usePageKeys } from '../frame/page-keys.ts';
import { useWizard } from '../frame/wizard-context.tsx';
import { useFormTexts } from '../parts/list-texts.ts';
import { useRemote } from '../parts/remote.tsx';
import { reviewEntries } from './review-entries.ts';

/** Everything once more; Enter on a line changes it. */
export function ReviewScreen(): ReactElement {
  const { state, asking, act, send, services, text, isActive, height, width } = useWizard();
  const glyphs = useGlyphs();
  const tone = useTone();
  const [question, setQuestion] = useState<'confirm' | 'rename'>();
  const [said, setSaid] = useState<{ text: string; tone: ToneName }>();
  const [cursor, setCursor] = useState(state.jump?.from || 'apply');
  const counting = useRemote('flowCount', placeOf(state, services.organisation));
  const destinationCount = counting.kind === 'ready' ? counting.value : undefined;
  const now = services.now();
  // The moment matters to the hour only: a new one with every key would draw everything anew.
  const nowMs = now - (now % 3_600_000);
  const rows = useMemo(
    () => reviewRows(asking, { nowMs, destinationCount }),
    [asking, nowMs, destinationCount],
  );
  const entries = useMemo(() => reviewEntries(rows, { width, glyphs, text }), [rows, width, glyphs, text]);
  const here = rows.find(({ id }) => id === cursor);
  const save = (): void => {
    void trySaving(services, toPlan(state.draft)).then((saved) =>
      setSaid({ text: savedText(saved, text), tone: saved.kind === 'saved' ? 'success' : 'danger' }),
    );
  };
  const mend = (id: string): void => {
    const fix = rows.find((one) => one.id === id)?.fix;
    if (fix) send({ type: 'revised', draft: fix.draft });
    setSaid(
      fix
        ? { text: `${glyphs.check} ${text('review.mended', { fact: fix.fact })}`, tone: 'success' }
        : { text: text('review.noFix'), tone: 'warning' },
    );
  };
  const keys = usePageKeys(
    // The keys of the table do nothing while something is asked under it.
    question
      ? ['continue', 'back']
      : [
          'move',
          here?.does.kind === 'apply' ? 'apply' : 'change',
          ...(here?.fix ? (['fix'] as const) : []),
          'save',
          'back',
          'help',
        ],
  );
  const close = (): void => setQuestion(undefined);
  const below = question || said === undefined ? [] : wrapText(said.text, width - 2);
  return (
    <Page question={page.question(asking)} keys={keys}>
      <Entries
        entries={entries}
        height={height - below.length - (question ? questionLines(question, asking, width) : 0)}
        width={width}
        isActive={isActive && !question}
        initialEntry={cursor}
        range={(first, last, total) => text('list.range', { first, last, total })}
        onCursorChange={(id) => {
          setCursor(id);
          setSaid(undefined);
        }}
        onBack={() => send({ type: 'wentBack' })}
        onKey={(press, id) => {
          if (press.kind !== 'text') return;
          if (press.text === 's') save();
          else if (press.text === 'f') mend(id);
        }}
        onSelect={(id) => {
          const row = rows.find((one) => one.id === id);
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
      {below.map((line, at) => (
        <Text key={at} {...tone[said?.tone ?? 'plain']}>
          {`  ${line}`}
        </Text>
      ))}
    </Page>
  );
}
/** Lines that a question takes, with the empty one above it. */
function questionLines(question: 'confirm' | 'rename', { state, text }: Asking, width: number): number {
  const { sandbox, live } = state.draft;
  const { name = '', isProduction } = sandbox ?? {};
  if (question === 'rename') return 4;
  if (isProduction === false && changeIn(state.draft)?.isEmptying !== true)
    return 1 + confirmLines(text('review.confirm', { sandbox: name }), applyTexts(text), width);
  const asked = [
    text('review.confirmUnknown', { name }),
    text('review.confirmProduction', { name }),
    ...(live === undefined ? [] : [text('review.emptying', { name: live.name })]),
  ];
  return 3 + Math.max(...asked.map((one) => wrapText(one, width).length));
}

const applyTexts = (text: Asking['text']): { yes: string; no: string } => ({
  yes: text('review.confirmYes'),
  no: text('review.confirmNo'),
});

/** Nothing is written before this is answered. */
function ApplyQuestion({ onClose }: { readonly onClose: () => void }): ReactElement {
  const { asking, send, text, isActive, width } = useWizard();
  const [at, setAt] = useState(0);
  const listing = useRemote('sandboxes', placeOf(asking.state, asking.services.organisation));
  const all = confirmations(asking, listing.kind === 'ready' ? listing.value : undefined);
  const { question, typed } = all[at] ?? all[0];
  const confirm = (): void => (at + 1 < all.length ? setAt(at + 1) : send({ type: 'confirmed' }));
  return typed === undefined ? (
    <Confirm
      question={question}
      texts={applyTexts(text)}
      width={width}
      initialAnswer
      isActive={isActive}
      onAnswer={(isYes) => (isYes ? confirm() : onClose())}
      onBack={onClose}
    />
  ) : (
    <ConfirmByName
      key={at}
      name={typed}
      question={question}
      mismatch={text('review.confirmMismatch')}
      width={width}
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
