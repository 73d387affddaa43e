import { useMemo } from 'react';
import type { RunnableKey } from '../components/key-hints/key-list.tsx';
import type { MessageId } from '../locale/texts.ts';
import { useWizard } from './wizard-context.tsx';

const names = {
  move: ['↑↓', 'key.up-down', 1],
  space: ['space', 'key.space', 5],
  continue: ['enter', 'key.enter.continue', 9],
  choose: ['enter', 'key.enter.choose', 9],
  change: ['enter', 'key.enter.change', 9],
  nextField: ['enter', 'key.enter.submit', 9],
  finish: ['enter', 'key.enter.finish', 9],
  retry: ['enter', 'key.enter.retry', 9],
  all: ['ctrl+a', 'key.all', 3],
  range: ['shift+↑↓', 'key.range', 2],
  order: ['shift+↑↓', 'key.order', 1],
  helper: ['ctrl+o', 'key.helper', 6],
  take: ['space', 'key.take', 5],
  byDay: ['←→↑↓', 'key.by-day', 4],
  byMonth: ['pgup/pgdn', 'key.by-month', 3],
  mark: ['space', 'key.mark', 5],
  rangeTo: ['ctrl+r', 'key.range-to', 1],
  filter: ['ctrl+f', 'key.filter', 6],
  only: ['tab', 'key.only', 4],
  fix: ['f', 'key.fix', 3],
  save: ['s', 'key.save', 4],
  openClose: ['←→', 'key.open-close', 2],
  scroll: ['↑↓', 'key.scroll', 5],
  differences: ['d', 'key.differences', 4],
  stop: ['ctrl+c', 'key.stop', 8],
  back: ['esc', 'key.esc', 8],
  help: ['?', 'key.help', 7],
} as const satisfies Record<string, readonly [string, MessageId, number]>;

export type KeyName = keyof typeof names;

/** The keys of a page, in the order given; on a narrow line the less important ones go. */
export function usePageKeys(
  keys: readonly KeyName[],
  actions: Partial<Record<KeyName, () => void>> = {},
): RunnableKey[] {
  const { text, send } = useWizard();
  const list = keys.join(' ');
  return useMemo(
    () =>
      (list.split(' ') as KeyName[]).map((name) => {
        const [key, message, priority] = names[name];
        const run = name === 'back' ? () => send({ type: 'wentBack' }) : actions[name];
        return { key, does: text(message), priority, ...(run ? { run } : {}) };
      }),
    [list, text, send, actions],
  );
}
