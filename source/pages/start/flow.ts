import type { ChoiceOption } from '../../components/choice/choice.tsx';
import type { WizardState } from '../../wizard/reducer.ts';
import { changeIn, sentText } from '../ending/flow-change.ts';
import { type Confirmation, inSandbox } from '../ending/confirmation.ts';
import type { Asking, ChoicePage, Outcome } from '../page.ts';
import { joined, needs } from '../page.ts';
import type { OpenedFlow } from '../remote-cache.ts';
import { segmentTexts } from '../schedule/settings-text.ts';
import type { FlowCommand } from '../services.ts';

type Act =
  | 'runs'
  | 'why'
  | 'files'
  | 'export'
  | 'resume'
  | 'change'
  | 'enable'
  | 'disable'
  | 'pull'
  | 'delete';

/** One dataflow: to be changed, paused, saved as a plan or removed. What the console forbids is not offered. */
export const flow: ChoicePage<OpenedFlow, Act> = {
  kind: 'choice',
  question: ({ text, state }) => text('question.flow', { name: state.flow?.name ?? '' }),
  needs: { ...needs('flow'), about: ({ state }) => state.flow?.id ?? '' },
  // An id that is there to be copied has a line of its own.
  note: (_, { id }) => id,
  options(asking, opened) {
    const { text, services } = asking;
    const writes = !services.isReadOnly;
    const act = opened.isEnabled ? 'disable' : 'enable';
    return [
      ...(services.may('change') || services.isReadOnly ? changeOptions(asking, opened) : []),
      ...(writes && services.may('pause')
        ? [{ value: act, label: text(`flow.${act}`), letter: 'p', hint: text(`flow.${act}Hint`) } as const]
        : []),
      { value: 'runs', label: text('flow.runs'), letter: 'r', hint: text('flow.runsHint') },
      { value: 'why', label: text('flow.why'), letter: 'w', hint: text('flow.whyHint') },
      ...(services.may('storage')
        ? [{ value: 'files', label: text('flow.files'), letter: 'a', hint: text('flow.filesHint') } as const]
        : []),
      ...(writes && services.may('export')
        ? [
            {
              value: 'export',
              label: text('flow.export'),
              letter: 'x',
              hint: text('flow.exportHint'),
              ...(opened.isEnabled ? {} : { disabled: text('export.why.disabled') }),
            } as const,
          ]
        : []),
      { value: 'pull', label: text('flow.pull'), letter: 's', hint: text('flow.pullHint') },
      ...(writes && services.may('delete')
        ? [
            {
              value: 'delete',
              label: text('flow.delete'),
              letter: 'D',
              hint: text('flow.deleteHint'),
            } as const,
          ]
        : []),
    ];
  },
  parts(asking, { reading }) {
    if (reading.kind !== 'draft') return undefined;
    const { segments } = reading.draft;
    const unsaid = unsaidSegments(reading);
    const title = asking.text('review.segments', { count: segments.length + unsaid });
    const more = unsaid === 0 ? [] : [asking.text('flow.unsaidSegments', { count: unsaid })];
    return { title, lines: [...segmentTexts(reading.draft, asking, false), ...more] };
  },
  preferred({ state }, opened) {
    if (opened.reading.kind !== 'draft') return undefined;
    return isChanged(state, opened) ? 'resume' : 'change';
  },
  chosen(act, { state }, { reading, id, name }) {
    if (act === 'runs' || act === 'why') return { type: 'watched', page: act };
    if (act === 'resume') return { type: 'flowTaken', draft: state.draft };
    if (act === 'change')
      return reading.kind === 'draft' ? { type: 'flowTaken', draft: reading.draft } : undefined;
    return commanded(act, { id, name });
  },
  confirmed(act, asking, sandboxes) {
    const { state, text } = asking;
    const { flow: looked } = state;
    if ((act !== 'enable' && act !== 'disable' && act !== 'delete') || looked === undefined) return undefined;
    const sandbox = state.draft.sandbox?.name ?? '';
    const question = text(`flow.ask.${act}`, { name: looked.name, sandbox });
    const words = { production: 'flow.typeProduction', unknown: 'flow.typeUnknown' } as const;
    const named = inSandbox(state.draft, sandboxes, words, text);
    const { ending } = commanded(act, looked);
    const outcome = {
      type: 'ended',
      ending: { ...ending, then: { ...ending.then, isConfirmed: true } },
    } as const;
    if (act === 'delete') {
      const flow = { question, typed: looked.name };
      return { all: named ? [flow, named] : [flow], outcome };
    }
    const asked: Confirmation = named
      ? { ...named, question: text('text.sentences', { first: question, then: named.question }) }
      : { question, typed: undefined, answers: { yes: text(`flow.${act}`), no: text('review.confirmNo') } };
    return { all: [asked], outcome };
  },
};

/** How many segments it exports that a plan cannot hold: they stay as they are. */
const unsaidSegments = ({ unsaid = [] }: Extract<OpenedFlow['reading'], { kind: 'draft' }>): number =>
  unsaid.reduce((sum, { what, count }) => (what === 'segment' ? sum + count : sum), 0);

/** Whether the answers are changes of this dataflow that were not applied yet. */
const isChanged = ({ draft }: WizardState, { id, reading }: OpenedFlow): boolean =>
  reading.kind === 'draft' && draft.flow === id && (changeIn(draft)?.differences.length ?? 0) > 0;

/** To change it; what was changed before is gone on with first. */
function changeOptions(asking: Asking, opened: OpenedFlow): ChoiceOption<Act>[] {
  const { text, glyphs, services, state } = asking;
  const { reading } = opened;
  const label = text(services.isReadOnly ? 'flow.look' : 'flow.change');
  if (reading.kind === 'unusable') return [{ value: 'change', label, letter: 'e', disabled: reading.why }];
  const { destination, segments } = reading.draft;
  const count = text('welcome.segments', { count: segments.length + unsaidSegments(reading) });
  const hint = joined(glyphs, [destination?.name ?? '', count]);
  const changed = isChanged(state, opened) ? changeIn(state.draft) : undefined;
  if (changed === undefined) return [{ value: 'change', label, letter: 'e', hint }];
  return [
    {
      value: 'resume',
      label: text('welcome.change'),
      letter: 'e',
      hint: sentText(changed.differences, text),
    },
    { value: 'change', label: text('flow.changeAnew'), hint: text('flow.changeAnewHint') },
  ];
}

const commanded = (command: FlowCommand, flow: { id: string; name: string }) =>
  ({
    type: 'ended',
    ending: { outcome: 'done', lines: [], then: { kind: 'flow', command, flow } },
  }) as const satisfies Outcome;
