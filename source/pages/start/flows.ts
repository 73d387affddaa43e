import type { FlowRow } from '../../activation/listed-flows.ts';
import { valueText } from '../../locale/texts.ts';
import { type Asking, needs, type PickPage } from '../page.ts';
import type { FlowList } from '../remote-cache.ts';
import { agoText } from './ago-text.ts';

/** The dataflows of the sandbox to batch destinations. */
export const flows: PickPage<FlowList> = {
  kind: 'pick',
  question: ({ text, state }) => text('question.flows', { sandbox: state.draft.sandbox?.name ?? '' }),
  needs: needs('flows'),
  rows: (asking, list) => list.flows.map((one) => flowRow(one, asking)),
  none: ({ text }) => text('flows.none'),
  preferred: ({ state }) => state.flow?.id,
  chosen(id, _, list) {
    const one = list.flows.find((found) => found.id === id);
    return one && { type: 'looked', flow: { id: one.id, name: one.name } };
  },
};

/** `CRM weekly  disabled  Adobe Campaign  12 segments  9 d ago`: what is needed least comes last. */
export function flowRow(
  { id, name, destination, state, segmentCount, updatedMs, lastRun, goneMs }: FlowRow,
  { text, glyphs, services }: Asking,
): { id: string; label: string; cells: readonly string[]; searchText: string; disabled?: string } {
  const nowMs = services.now();
  const mark = goneMs === undefined ? markOf(state, lastRun?.state, glyphs) : glyphs.cross;
  return {
    id,
    label: `${mark} ${name === '' ? id : name}`,
    cells: [
      valueText(text, state),
      destination,
      text('welcome.segments', { count: segmentCount }),
      updatedMs === undefined ? '' : agoText(text, nowMs - updatedMs),
    ],
    searchText: id,
    ...(goneMs === undefined ? {} : { disabled: text('flows.gone', { at: clockText(goneMs) }) }),
  };
}

/** `14:02:10`, UTC. */
export const clockText = (ms: number): string => new Date(ms).toISOString().slice(11, 19);

function markOf(state: string, lastRun: string | undefined, glyphs: Asking['glyphs']): string {
  if (state === 'disabled') return glyphs.paused;
  if (state !== 'enabled') return glyphs.warning;
  return lastRun === 'failed' ? glyphs.cross : glyphs.check;
}
