import { useMemo, useState } from 'react';
import type { KeyHint } from '../../components/key-hints/key-hints.tsx';
import type { RunnableKey } from '../../components/key-hints/key-list.tsx';
import type { KeyPress } from '../../components/keys/key-press.ts';
import { useIsTyping } from '../../components/keys/keyboard.tsx';
import type { MessageId, Text } from '../../locale/texts.ts';
import type { LetteredSetting } from '../../pages/page.ts';
import { canGoBack } from '../../wizard/moves.ts';
import { useWizard } from './wizard-context.tsx';

const typed = (text: string): KeyPress => ({ kind: 'text', text });
const ctrl = (letter: string): KeyPress => ({ kind: 'ctrl', letter });
const key = (name: Extract<KeyPress, { kind: 'key' }>['name']): KeyPress => ({ kind: 'key', name });

interface PageKey {
  /** As it is written; `{name}` is a key that has a name in each language. */
  readonly label: string;
  /** Where what is pressed is text somewhere on the page. */
  readonly whileTyping?: string;
  readonly does: MessageId;
  /** Who stays on a narrow line; the highest. */
  readonly priority: number;
  /** What running it from the list of keys presses; nothing where only the place it is pressed at makes sense. */
  readonly press?: KeyPress;
}

const enter = (does: MessageId): PageKey => ({ label: '{enter}', does, priority: 13, press: key('enter') });

const pageKeys = {
  move: { label: '{upDown}', does: 'key.up-down', priority: 5 },
  /** Where the cursor does not begin at what can be changed. */
  moveToChange: { label: '{upDown}', does: 'key.up-down', priority: 8.5 },
  column: { label: '{space}', does: 'key.column', priority: 12, press: typed(' ') },
  columns: { label: '{space}', does: 'key.columns', priority: 12, press: typed(' ') },
  must: { label: 'm', does: 'key.must', priority: 9, press: typed('m') },
  key: { label: 'k', does: 'key.key', priority: 9, press: typed('k') },
  search: { label: '/', does: 'key.search', priority: 5.5, press: typed('/') },
  names: { label: '{ctrl}+n', does: 'key.names', priority: 7, press: ctrl('n') },
  rename: enter('key.rename'),
  keepName: enter('key.keep-name'),
  identity: { label: 'i', does: 'key.identity', priority: 8, press: typed('i') },
  array: { label: 'a', does: 'key.array', priority: 7, press: typed('a') },
  takeOut: { label: 'x', does: 'key.take-out', priority: 6, press: typed('x') },
  reshape: { label: '{leftRight}', does: 'key.reshape', priority: 10.5 },
  space: { label: '{space}', does: 'key.space', priority: 12, press: typed(' ') },
  continue: enter('key.enter.continue'),
  choose: enter('key.enter.choose'),
  change: enter('key.enter.change'),
  apply: enter('key.enter.apply'),
  nextField: enter('key.enter.submit'),
  finish: enter('key.enter.finish'),
  saveAndEnd: { ...enter('key.save-end'), label: '{enter}/{esc}' },
  toFlows: { ...enter('key.to-flows'), label: '{enter}/{esc}' },
  toFlow: { label: 'o', does: 'key.to-flow', priority: 9, press: typed('o') },
  compare: enter('key.enter.compare'),
  retry: enter('key.enter.retry'),
  all: { label: '{ctrl}+a', does: 'key.all', priority: 3, press: ctrl('a') },
  range: { label: '{shift}+{upDown}', does: 'key.range', priority: 2 },
  order: { label: '{shift}+{upDown}', does: 'key.order', priority: 1 },
  calendar: { label: '{ctrl}+o', does: 'key.calendar', priority: 6, press: ctrl('o') },
  macros: { label: '{ctrl}+o', does: 'key.macros', priority: 6, press: ctrl('o') },
  take: { label: '{space}', does: 'key.take', priority: 5, press: typed(' ') },
  byDay: { label: '{arrows}', does: 'key.by-day', priority: 6 },
  byMonth: { label: '{pages}', does: 'key.by-month', priority: 5 },
  switchMode: { label: 'm', does: 'key.switch-mode', priority: 10.5, press: typed('m') },
  switchFrequency: { label: 'f', does: 'key.switch-frequency', priority: 10.5, press: typed('f') },
  dates: { label: 'd', does: 'key.dates', priority: 8, press: typed('d') },
  fileName: { label: 'n', does: 'key.file-name', priority: 7, press: typed('n') },
  mark: { label: '{space}', does: 'key.mark', priority: 5, press: typed(' ') },
  rangeTo: { label: '{ctrl}+r', does: 'key.range-to', priority: 1, press: ctrl('r') },
  filter: { label: '{ctrl}+f', does: 'key.filter', priority: 6, press: ctrl('f') },
  only: { label: '{tab}', does: 'key.only', priority: 4, press: key('tab') },
  fix: { label: 'f', does: 'key.fix', priority: 3, press: typed('f') },
  save: { label: 's', does: 'key.save', priority: 5, press: typed('s') },
  openClose: { label: '{leftRight}', does: 'key.open-close', priority: 6 },
  scroll: { label: '{upDown}', does: 'key.scroll', priority: 7.5 },
  closePart: { label: '{left}', does: 'key.close', priority: 9.5, press: key('left') },
  closeBranch: { label: '{left}', does: 'key.close', priority: 5.8, press: key('left') },
  openPart: { label: '{right}', does: 'key.open', priority: 9.5, press: key('right') },
  closePartByEnter: { ...enter('key.close'), label: '{enter}/{left}' },
  openPartByEnter: { ...enter('key.open'), label: '{enter}/{right}' },
  allFields: { label: 'a', does: 'key.all-fields', priority: 3, press: typed('a') },
  copyId: { label: 'y', does: 'key.copy-id', priority: 7, press: typed('y') },
  differences: { label: 'd', does: 'key.differences', priority: 4, press: typed('d') },
  changeFlow: { label: 'e', does: 'key.enter.change', priority: 9, press: typed('e') },
  pauseFlow: { label: 'p', does: 'key.pause-flow', priority: 8, press: typed('p') },
  enableFlow: { label: 'p', does: 'key.enable-flow', priority: 8, press: typed('p') },
  saveFlow: { label: 's', does: 'key.save-flow', priority: 7, press: typed('s') },
  removeFlow: { label: 'D', does: 'key.remove-flow', priority: 6, press: typed('D') },
  whyFlow: { label: 'w', does: 'key.why-flow', priority: 5.8, press: typed('w') },
  filesOfFlow: { label: 'a', does: 'key.files-of-flow', priority: 5.7, press: typed('a') },
  exportFlow: { label: 'x', does: 'key.export-flow', priority: 8.2, press: typed('x') },
  runsOfFlow: { label: 'r', does: 'key.runs-of-flow', priority: 8.5, press: typed('r') },
  openRow: enter('key.open'),
  closeRow: enter('key.close'),
  hold: { label: 'z', does: 'key.hold', priority: 7, press: typed('z') },
  goOn: { label: 'z', does: 'key.go-on', priority: 9, press: typed('z') },
  readNow: { label: 'r', does: 'key.read-now', priority: 6, press: typed('r') },
  failedOnly: { label: 'f', does: 'key.failed-only', priority: 6.5, press: typed('f') },
  failedToo: { label: 'f', does: 'key.failed-too', priority: 8, press: typed('f') },
  group: { label: 'g', does: 'key.group', priority: 5.6, press: typed('g') },
  sortNow: { label: 's', does: 'key.sort-now', priority: 5.5, press: typed('s') },
  byState: { label: '{ctrl}+f', does: 'key.by-state', priority: 6.5, press: ctrl('f') },
  byDestination: { label: '{ctrl}+t', does: 'key.by-destination', priority: 6, press: ctrl('t') },
  byOrder: { label: '{ctrl}+o', does: 'key.by-order', priority: 5.5, press: ctrl('o') },
  holdList: { label: '{ctrl}+z', does: 'key.hold', priority: 5, press: ctrl('z') },
  goOnList: { label: '{ctrl}+z', does: 'key.go-on', priority: 9, press: ctrl('z') },
  readListNow: { label: '{ctrl}+r', does: 'key.read-now', priority: 4.5, press: ctrl('r') },
  sortListNow: { label: '{ctrl}+s', does: 'key.sort-now', priority: 5.2, press: ctrl('s') },
  undo: { label: 'u', does: 'key.undo', priority: 9, press: typed('u') },
  copyRequest: { label: 'r', does: 'key.copy-request', priority: 7, press: typed('r') },
  resend: enter('key.enter.resend'),
  saveReport: { label: 's', does: 'key.save-report', priority: 8, press: typed('s') },
  close: { label: '{esc}', does: 'key.esc', priority: 10, press: key('escape') },
  finishByEsc: { label: '{esc}', does: 'key.enter.finish', priority: 10, press: key('escape') },
  saveAndEndByEsc: { label: '{esc}', does: 'key.save-end', priority: 10, press: key('escape') },
  toFlowsByEsc: { label: '{esc}', does: 'key.to-flows', priority: 10, press: key('escape') },
  stop: { label: '{ctrl}+c', does: 'key.stop', priority: 8 },
  giveUp: { label: '{ctrl}+c', does: 'key.give-up', priority: 8 },
  showAll: { label: '{esc}', does: 'key.show-all', priority: 10, press: key('escape') },
  moveAside: { label: '{leftRight}', does: 'key.up-down', priority: 9 },
  pickInField: { label: '{leftRight}', does: 'key.enter.choose', priority: 9 },
  back: { label: '{esc}', does: 'key.esc', priority: 10, press: key('escape') },
  leave: { label: '{esc}', does: 'frame.yes', priority: 10, press: key('escape') },
  guide: { label: '{ctrl}+g', does: 'key.guide', priority: 5, press: ctrl('g') },
  guideAll: { label: '{ctrl}+g', does: 'key.guide-all', priority: 5, press: ctrl('g') },
  guideHide: { label: '{ctrl}+g', does: 'key.guide-hide', priority: 3, press: ctrl('g') },
  presenter: { label: '{ctrl}+p', does: 'key.presenter', priority: 2, press: ctrl('p') },
  help: { label: '?', whileTyping: 'F1', does: 'key.help', priority: 11 },
} as const satisfies Record<string, PageKey>;

export type PageKeyName = keyof typeof pageKeys;

/** Options that have a letter of their own. */
export const optionKeys: Readonly<Record<string, PageKeyName>> = {
  change: 'changeFlow',
  resume: 'changeFlow',
  disable: 'pauseFlow',
  enable: 'enableFlow',
  pull: 'saveFlow',
  delete: 'removeFlow',
  runs: 'runsOfFlow',
  why: 'whyFlow',
  export: 'exportFlow',
  files: 'filesOfFlow',
};

/** What a letter does among these keys. */
export const keyOf = <Name extends PageKeyName>(letter: string, names: readonly Name[]): Name | undefined =>
  names.find((name) => pageKeys[name].label === letter);

/** Settings that have a letter of their own. */
export const settingKeys = {
  exportMode: 'switchMode',
  frequency: 'switchFrequency',
  startDate: 'dates',
  filenameTemplate: 'fileName',
} as const satisfies Record<LetteredSetting, PageKeyName>;

/** The letter of a setting. */
export const letterOf = (name: LetteredSetting): string => pageKeys[settingKeys[name]].label;

/** What can be done to the part under the cursor; nothing to what is no part. */
type FoldKey = 'openPart' | 'closePart' | undefined;

const sightKeys = ['allFields', 'differences', 'copyId'] as const satisfies PageKeyName[];

/** The keys of the proof, wherever it is looked at: Enter opens a part, and ends anywhere else. @param ending - What leaves it. */
export const proofKeys = (
  fold: FoldKey,
  ending: 'finish' | 'saveAndEnd' | 'toFlows' = 'finish',
): PageKeyName[] =>
  fold === undefined ? ['move', ...sightKeys, ending] : [`${fold}ByEnter`, ...sightKeys, `${ending}ByEsc`];

/** Those of a proof that differs, where something can be done about it. */
export const differingKeys = (fold: FoldKey, ending: 'saveAndEnd' | 'toFlows'): PageKeyName[] => [
  'resend',
  'saveReport',
  fold ?? 'move',
  ...sightKeys,
  `${ending}ByEsc`,
];

/** The keys of a page, in the order given, with those of a guided session; on a narrow line the less important go. */
export function usePageKeys(names: readonly PageKeyName[]): RunnableKey[] {
  const { state, text, guideKey, runKey } = useWizard();
  const list = names.filter((name) => name !== 'back' || canGoBack(state)).join(' ');
  const isTyping = useIsTyping();
  return useMemo(() => {
    const own = list.split(' ') as PageKeyName[];
    const all = guideKey ? [...own.slice(0, -1), guideKey, 'presenter' as const, ...own.slice(-1)] : own;
    return all.map((name) => {
      const { press }: PageKey = pageKeys[name];
      return { ...hintOf(name, text, isTyping), ...(press ? { run: () => runKey(press) } : {}) };
    });
  }, [list, guideKey, isTyping, text, runKey]);
}

/** The keys of a question below a page: a name is typed, anything else is chosen. */
export function useAskedKeys(isScrolled = false): readonly PageKeyName[] {
  const scroll = isScrolled ? (['scroll'] as const) : [];
  return useIsTyping() ? [...scroll, 'continue', 'close'] : [...scroll, 'moveAside', 'choose', 'close'];
}

/** The keys of a list for one: what acts on a row, only where there is one. */
export function usePickKeys(isAsked = false): {
  readonly keys: RunnableKey[];
  readonly onFiltered: (is: boolean) => void;
  readonly onEmpty: (is: boolean) => void;
} {
  const [isFiltered, onFiltered] = useState(false);
  const [isEmpty, onEmpty] = useState(false);
  const acts = isEmpty ? [] : (['move', 'choose'] as const);
  const keys = usePageKeys(
    isAsked ? ['moveAside', 'choose', 'close', 'help'] : [...acts, isFiltered ? 'showAll' : 'back', 'help'],
  );
  return { keys, onFiltered, onEmpty };
}

/** A key as it is shown in the line of keys. */
export function hintOf(name: PageKeyName, text: Text, isTyping = false): KeyHint {
  const { label, whileTyping = label, does, priority }: PageKey = pageKeys[name];
  return { key: writtenOut(isTyping ? whileTyping : label, text), does: text(does), priority };
}

const writtenOut = (label: string, text: Text): string =>
  label.replaceAll(/\{(\w+)\}/g, (_, name: string) => text(`keyName.${name}` as MessageId));
