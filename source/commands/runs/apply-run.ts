import type { Finding } from '../../activation/findings/findings.ts';
import type { ApplyEvent } from '../../apply/events.ts';
import { interruption } from '../../apply/interruption.ts';
import { displayWidth } from '../../components/text/width.ts';
import { idOfStep } from '../../activation/steps.ts';
import type { Errand } from '../../apply/journal/errands.ts';
import type { RunHolder } from '../../apply/journal/run-store.ts';
import { explain, type Scene } from '../../locale/explain.ts';
import { tell, tellAll } from '../console/wrap-said.ts';
import { objectText } from '../../locale/plan-words.ts';
import { holderText } from '../../locale/holder-text.ts';
import { toldChange } from './told-change.ts';
import { changedLines, changedText, pendingText, unsentText } from '../../pages/ending/apply-text.ts';
import { isOfAccount } from '../../pages/ending/change-text.ts';
import { reportLines } from '../../pages/ending/report-text.ts';
import type { Text } from '../../locale/texts.ts';
import type { Connected } from '../connect/open-client.ts';
import { exitCode, exitCodeOf } from '../console/exit-codes.ts';
import {
  type Performed,
  performErrand,
  type PerformingErrand,
  performRun,
  type Performing,
} from './perform-run.ts';
import { notKeptText } from './record-run.ts';
import { visible } from '../console/visible.ts';
import { runsOn } from './run-journal.ts';
import { tellError } from '../console/with-stop.ts';
import { listenForEnd } from '../console/listen-for-end.ts';
import { json, line, type Streams } from '../console/streams.ts';

interface ApplyRun extends Pick<
  Performing,
  'plan' | 'authParams' | 'connected' | 'run' | 'extras' | 'approve' | 'known' | 'binding'
> {
  streams: Streams;
  isJson: boolean;
}

/** Performs a run and tells of it in lines, or as NDJSON. @returns the exit code */
export function applyAndTell({ streams, isJson, ...performing }: ApplyRun): Promise<number> {
  const { text, glyphs } = streams;
  return performAndTell(
    performing.connected,
    streams,
    isJson,
    (holding, onEvent) => performRun({ ...performing, ...holding, text, glyphs }, onEvent),
    () => undefined,
    {
      isMaking: performing.plan.flow === undefined,
      next: text('command.resumeNext', { run: performing.run }),
    },
  );
}

interface ErrandRun extends Pick<PerformingErrand, 'credentials' | 'connected' | 'run'> {
  /** What exports is told as `exportAndTell` does. */
  errand: Exclude<Errand, { kind: 'export' }>;
  streams: Streams;
  isJson: boolean;
}

/** The same of an errand. */
export function errandAndTell({ streams, isJson, ...performing }: ErrandRun): Promise<number> {
  return performAndTell(
    performing.connected,
    streams,
    isJson,
    (holding, onEvent) => performErrand({ ...performing, ...holding }, onEvent),
    ({ result }) => {
      if (result.outcome !== 'verified' || isJson) return;
      const { kind, name } = performing.errand;
      const { text } = streams;
      const isUnsent = result.isUnsent === true;
      const said = isUnsent
        ? text(`errand.${kind}.already`, { name })
        : text(`errand.${kind}.done`, { name });
      tell(streams.stdout, visible(said));
    },
    { isMaking: false, next: nextOfErrand(performing.errand, performing.run, streams.text) },
  );
}

/** How an errand that broke off is finished: nothing that would only be refused. */
function nextOfErrand(errand: Errand, run: string, text: Text): string {
  return errand.kind === 'credentials'
    ? text('account.again', { id: errand.accountId })
    : text('command.resumeOnly', { run });
}

/** What is said of a run that did not come to its end. */
interface Told {
  /** Whether it makes something, or only changes what is there. */
  readonly isMaking: boolean;
  /** How it is finished. */
  readonly next: string;
}

async function performAndTell(
  connected: Connected,
  streams: Streams,
  isJson: boolean,
  performing: (
    holding: Pick<
      Performing,
      'restriction' | 'runs' | 'onTakeOver' | 'onAway' | 'onWait' | 'env' | 'stop' | 'abort'
    >,
    onEvent: (event: ApplyEvent) => void,
  ) => Promise<Performed>,
  ended: (performed: Performed) => void,
  told: Told,
): Promise<number> {
  const { env, text } = streams;
  const { stop, abort, release } = interruptions(streams);
  const onTakeOver = (holder: RunHolder): void =>
    tell(streams.stderr, text('command.tookOver', { holder: holderText(text, holder) }));
  const onWait = (holder: RunHolder): void =>
    tell(streams.stderr, text('command.waitsFor', { holder: holderText(text, holder) }));
  try {
    const performed = await performing(
      {
        restriction: streams.restriction,
        runs: runsOn(connected, env),
        onTakeOver,
        onAway: (mostMs) =>
          tell(streams.stderr, text('command.stateAway', { seconds: Math.ceil(mostMs / 1000) })),
        onWait,
        env,
        stop,
        abort,
      },
      (event) => {
        if (isJson) json(streams.stdout, jsonEvent(event, connected.scene, streams));
        else tellEvent(event, streams);
      },
    );
    ended(performed);
    return tellPerformed(performed, connected, told, streams, isJson);
  } finally {
    release();
  }
}

/** The first signal lets the call under way end, the second does not; a line that is cut always does. */
export function interruptions({
  brokenPipe,
  unheard,
  stderr,
  text,
}: Pick<Streams, 'brokenPipe' | 'unheard' | 'stderr' | 'text'>): {
  stop: AbortSignal;
  abort: AbortSignal;
  release: () => void;
} {
  const { stop, abort, interrupt, end } = interruption();
  const ask = (): void => {
    if (interrupt()) tell(stderr, text('apply.stopping'));
  };
  const forget = listenForEnd({ brokenPipe, unheard }, end, ask);
  stderr.on('error', end);
  const release = (): void => {
    stderr.off('error', end);
    forget();
  };
  return { stop, abort, release };
}

/** Columns of the label and of what it took together; with mark and id a line has 80. */
const stepColumns = 41;

function tellEvent(event: ApplyEvent, { stdout, stderr, text, glyphs }: Streams): void {
  if (event.kind === 'succeeded') {
    const label = text(`apply.${event.step}`);
    const took = unsentText(event, text) ?? text('apply.milliseconds', { ms: Math.round(event.ms) });
    const gap = ' '.repeat(Math.max(1, stepColumns - displayWidth(label) - displayWidth(took)));
    tell(stdout, `${glyphs.check} ${label}${gap}${took} ${event.id ?? ''}`.trimEnd());
  } else if (event.kind === 'difference') {
    // What is to be sent is shown by whoever asks for it.
    if (event.differences.every((one) => one.kind === 'kept' || isOfAccount(one)))
      tellAll(stdout, toldChange(event, text));
  } else if (isToTell(event)) {
    const mark = event.kind === 'finding' ? glyphs.warning : glyphs.ellipsis;
    tell(stderr, `${mark} ${pendingLine(event, text)}`);
  } else if (event.kind === 'failed') {
    tell(stdout, `${glyphs.cross} ${text(`apply.${event.step}`)}`);
  }
}

type Pending = Extract<ApplyEvent, { kind: 'retrying' | 'waiting' | 'finding' }>;

const pendingLine = (event: Pending, text: Text): string =>
  text('text.labelled', { label: text(`apply.${event.step}`), value: visible(pendingText(event, text)) });

/** What one of many plans waits for; nothing where it does not, or where it is only good to know. */
export function waitingLine(event: ApplyEvent, text: Text): string | undefined {
  return isToTell(event) && event.kind !== 'finding' ? pendingLine(event, text) : undefined;
}

/** How far the platform is with a change is for those who watch. */
const isToTell = (event: ApplyEvent): event is Pending =>
  event.kind === 'retrying' ||
  event.kind === 'finding' ||
  (event.kind === 'waiting' && event.about !== undefined);

/** Seconds, to a tenth. */
export const tenths = (ms: number): number => Math.round(ms / 100) / 10;

/** An event as JSON: errors become their sentences, and nothing of their insides; what is waited for gets words. */
function jsonEvent(event: ApplyEvent, scene: Scene, { english }: Streams): unknown {
  if (isToTell(event)) {
    const told = { ...event, message: visible(pendingText(event, english)) };
    // It is about what a plan and a platform call things.
    return event.kind === 'finding' ? { ...told, finding: shownFinding(event.finding) } : told;
  }
  if (event.kind !== 'failed') return event;
  return { ...event, error: explain(english, event.error, scene) };
}

const shownFinding = (finding: Finding): Finding => ({
  ...finding,
  values: Object.fromEntries(
    Object.entries(finding.values).map(([name, value]) => [
      name,
      typeof value === 'string' ? visible(value) : value,
    ]),
  ),
});

/** What could not be kept is no failure: it is told, and the result stands. */
export function tellNotKept(
  notKept: Performed['kept']['notKept'],
  { stderr, text, glyphs }: Pick<Streams, 'stderr' | 'text' | 'glyphs'>,
): void {
  for (const one of notKept) tell(stderr, `${glyphs.warning} ${notKeptText(one, text)}`);
}

/** How it ended, and of a change what the platform has of it. */
function stoppedLines(
  { outcome, flowId, made, changes, isUnsent }: Performed['result'],
  isMaking: boolean,
  text: Text,
): string[] {
  if (isUnsent === true && flowId !== undefined && Object.keys(made).length === 0)
    return [text('command.notConfirmed')];
  if (changes) return [changedText(changes, text), ...changedLines(changes, text).map(visible)];
  return [
    text(outcome === 'interrupted' ? 'apply.interrupted' : isMaking ? 'apply.failed' : 'apply.stopped'),
  ];
}

function tellPerformed(
  { result, failure, kept }: Performed,
  { scene, isEmulator }: Connected,
  { isMaking, next }: Told,
  streams: Streams,
  isJson: boolean,
): number {
  const { stdout, stderr, text } = streams;
  const { receipt } = kept;
  // In their own order: two calls side by side may be answered in any.
  const made = Object.values(idOfStep).flatMap((name) => {
    const id = result.made[name];
    return id === undefined ? [] : [[name, id] as const];
  });
  if (isJson) {
    const error = failure === undefined ? {} : { error: explain(streams.english, failure, scene) };
    json(stdout, { ...result, ...error, ...(receipt === undefined ? {} : { receipt }) });
  } else if (result.report) {
    line(stdout);
    for (const one of reportLines(streams, result.report, result.flowId)) tell(stdout, one);
    const wrong = result.report.rows.filter(({ mark }) => mark !== 'same');
    if (wrong.length > 0 && wrong.every(({ mark }) => mark === 'extra'))
      tell(stdout, `  ${text('report.onlyExtra', { id: result.flowId ?? '' })}`);
    if (receipt !== undefined) tell(stdout, `  ${text('command.receipt', { file: receipt })}`);
  }
  tellNotKept(kept.notKept, streams);
  switch (result.outcome) {
    case 'verified':
      return result.isTwin === true ? exitCode.differs : exitCode.done;
    case 'mismatch':
      return exitCode.differs;
    case 'failed':
    case 'interrupted': {
      const list = made.map(([name, id]) => objectText(text, name, id));
      const soFar = [
        ...stoppedLines(result, isMaking, text),
        ...(made.length > 0 ? [text('command.exist', { made: list })] : []),
      ];
      // What happened, what there is, what to do.
      if (failure !== undefined) tellError(streams, failure, scene, soFar);
      else for (const one of soFar) tell(stderr, one);
      // What the embedded emulator held is gone with it.
      if (!isEmulator && result.isUnsent !== true) {
        tell(stderr, next);
        if (result.changes) tell(stderr, text('command.compareNext', { id: result.flowId ?? '' }));
      }
      return result.outcome === 'interrupted' ? exitCode.interrupted : exitCodeOf(failure);
    }
  }
}
