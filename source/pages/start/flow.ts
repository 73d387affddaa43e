import type { ChoiceOption } from '../../components/choice/choice.tsx';
import type { Asking, ChoicePage, Outcome } from '../page.ts';
import { joined, needs } from '../page.ts';
import type { OpenedFlow } from '../remote-cache.ts';
import type { FlowCommand } from '../services.ts';

type Act = 'change' | 'enable' | 'disable' | 'pull' | 'delete';

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
      ...(services.may('change') || services.isReadOnly ? [changeOption(asking, opened)] : []),
      ...(writes && services.may('pause')
        ? [{ value: act, label: text(`flow.${act}`), letter: 'p', hint: text(`flow.${act}Hint`) } as const]
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
  preferred: (_, { reading }) => (reading.kind === 'draft' ? 'change' : undefined),
  chosen(act, { state }, { reading, id, name }) {
    if (act === 'change')
      return reading.kind === 'draft' ? { type: 'flowTaken', draft: reading.draft } : undefined;
    return commanded(act, { id, name: state.flow?.name ?? name });
  },
};

function changeOption({ text, glyphs, services }: Asking, { reading }: OpenedFlow): ChoiceOption<Act> {
  const option = {
    value: 'change',
    label: text(services.isReadOnly ? 'flow.look' : 'flow.change'),
    letter: 'e',
  } as const;
  if (reading.kind === 'unusable') return { ...option, disabled: reading.why };
  const { destination, segments } = reading.draft;
  const count = text('welcome.segments', { count: segments.length });
  return { ...option, hint: joined(glyphs, [destination?.name ?? '', count]) };
}

const commanded = (command: FlowCommand, flow: { id: string; name: string }): Outcome => ({
  type: 'ended',
  ending: { outcome: 'done', lines: [], then: { kind: 'flow', command, flow } },
});
