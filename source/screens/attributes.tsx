import { Text as InkText } from 'ink';
import { type ReactElement, useMemo, useState } from 'react';
import {
  type AttributeNode,
  attributeTree,
  exportablePaths,
  mostKeys,
  starterAttributes,
} from '../activation/profile-attributes.ts';
import { type ListRow, SearchableList } from '../components/searchable-list/searchable-list.tsx';
import { useGlyphs, useTone } from '../components/theme/theme.tsx';
import { type TreeNode, TreePicker } from '../components/tree/tree-picker.tsx';
import type { JsonSchema } from '../flow-service/json-schema.ts';
import { LimitMeter } from './limit-meter.tsx';
import { useListTexts } from './list-texts.ts';
import { Loaded } from './loading.tsx';
import { joined, type Words } from './options.ts';
import { Page } from './page.tsx';
import { usePageKeys } from './page-keys.ts';
import { useRemote } from './remote.tsx';
import { sampleLines, SampleTable } from './sample-table.tsx';
import { Warning } from './segments.tsx';
import { placeOf } from './services.ts';
import { useWizard } from './wizard-context.tsx';

/** Which profile attributes, from the union schema. */
export function AttributesScreen(): ReactElement {
  const { state, services, text } = useWizard();
  const remote = useRemote('unionSchema', placeOf(state, services.organisation));
  const keys = usePageKeys(['space', 'openClose', 'continue', 'only', 'order', 'back', 'help']);
  return (
    <Page question={text('question.attributes')} next={text('page.mandatory')} keys={keys}>
      <Loaded remote={remote}>{(schema) => <AttributePicker schema={schema} />}</Loaded>
    </Page>
  );
}

function AttributePicker({ schema }: { readonly schema: JsonSchema }): ReactElement {
  const { state, send, text, isActive, height, width, openKeys } = useWizard();
  const listTexts = useListTexts();
  const glyphs = useGlyphs();
  const [isWarned, setIsWarned] = useState(false);
  const tree = useMemo(() => attributeTree(schema), [schema]);
  const nodes = useMemo(() => tree.map((node) => toTreeNode(node, { text, glyphs })), [tree, text, glyphs]);
  const [initialSelected] = useState(() => {
    if (state.draft.attributes.length > 0) return state.draft.attributes;
    const paths = new Set(exportablePaths(tree));
    return starterAttributes.filter((path) => paths.has(path));
  });
  const texts = {
    ...listTexts,
    branch: (selected: number, total: number) =>
      selected === 0 ? '' : text('attributes.branch', { selected, total }),
  };
  return (
    <>
      <TreePicker
        nodes={nodes}
        texts={texts}
        height={height - 4}
        width={width}
        isActive={isActive}
        initialSelected={initialSelected}
        onHelp={openKeys}
        onBack={() => send({ type: 'wentBack' })}
        onSelectionChange={(value) => {
          setIsWarned(false);
          send({ type: 'kept', answer: { of: 'attributes', value } });
        }}
        onSubmit={(value) => {
          if (value.length === 0) setIsWarned(true);
          else send({ type: 'answered', answer: { of: 'attributes', value } });
        }}
      />
      <HeaderRow columns={state.draft.attributes.length > 0 ? state.draft.attributes : initialSelected} />
      {isWarned ? (
        <Warning>{text('attributes.needOne')}</Warning>
      ) : (
        <LimitMeter
          limit="attributesPerFlow"
          count={state.draft.attributes.length || initialSelected.length}
        />
      )}
    </>
  );
}

/** The columns of the files in their order; the end is cut, the order can be changed among the chosen ones. */
function HeaderRow({ columns }: { readonly columns: readonly string[] }): ReactElement {
  const { text } = useWizard();
  return (
    <Hint>{columns.length === 0 ? ' ' : text('attributes.header', { columns: columns.join(' | ') })}</Hint>
  );
}

function toTreeNode(node: AttributeNode, words: Words): TreeNode {
  const { text, glyphs } = words;
  const hint = [node.title === node.name ? undefined : node.title, node.type].filter(
    (one) => one !== undefined,
  );
  return {
    id: node.path,
    label: node.name,
    hint: joined(glyphs, hint),
    searchText: [node.title, node.description].filter((one) => one !== undefined).join('\n'),
    ...(node.notExportable ? { disabled: text(`attributes.${node.notExportable}`) } : {}),
    ...(node.children.length > 0 ? { children: node.children.map((child) => toTreeNode(child, words)) } : {}),
  };
}

/** Which attributes a profile must have. */
export function MandatoryScreen(): ReactElement {
  const { state, send, text } = useWizard();
  const { attributes, mandatory } = state.draft;
  const rows = useMemo(() => attributes.map((path): ListRow => ({ id: path, label: path })), [attributes]);
  return (
    <SubsetPage
      question={text('question.mandatory')}
      next={text('page.deduplication')}
      hint={text('mandatory.hint')}
      rows={rows}
      selected={mandatory}
      onKeep={(value) => send({ type: 'kept', answer: { of: 'mandatory', value } })}
      onDone={(value) => send({ type: 'answered', answer: { of: 'mandatory', value } })}
    />
  );
}

/** Which attributes make two rows one person. */
export function DeduplicationScreen(): ReactElement {
  const { state, send, text } = useWizard();
  const { attributes, deduplication } = state.draft;
  const rows = useMemo(() => {
    const isFull = deduplication.length >= mostKeys;
    return attributes.map((path): ListRow => {
      const isLeft = isFull && !deduplication.includes(path);
      return { id: path, label: path, ...(isLeft ? { disabled: text('deduplication.enough') } : {}) };
    });
  }, [attributes, deduplication, text]);
  return (
    <SubsetPage
      question={text('question.deduplication')}
      next={text('page.exportMode')}
      hint={text('deduplication.hint')}
      rows={rows}
      selected={deduplication}
      below={<SampleTable attributes={attributes} keys={deduplication} />}
      linesBelow={sampleLines}
      onKeep={(value) => send({ type: 'kept', answer: { of: 'deduplication', value } })}
      onDone={(value) =>
        send({ type: 'answered', answer: { of: 'deduplication', value: value.slice(0, mostKeys) } })
      }
    />
  );
}

/** With fewer rows a list is no list any more. */
const leastRows = 4;

function SubsetPage(props: {
  readonly question: string;
  readonly next: string;
  readonly hint: string;
  readonly rows: readonly ListRow[];
  readonly selected: readonly string[];
  /** What choosing does, where there is room for it. */
  readonly below?: ReactElement | undefined;
  readonly linesBelow?: number | undefined;
  readonly onKeep: (ids: readonly string[]) => void;
  readonly onDone: (ids: readonly string[]) => void;
}): ReactElement {
  const { send, isActive, height, width, openKeys } = useWizard();
  const texts = useListTexts();
  const keys = usePageKeys(['space', 'continue', 'only', 'back', 'help']);
  const { linesBelow = 0 } = props;
  const hasBelow = props.below !== undefined && height - 3 - linesBelow >= leastRows;
  return (
    <Page question={props.question} next={props.next} keys={keys}>
      <SearchableList
        rows={props.rows}
        texts={texts}
        height={height - 3 - (hasBelow ? linesBelow : 0)}
        width={width}
        isActive={isActive}
        initialSelected={props.selected}
        onHelp={openKeys}
        onBack={() => send({ type: 'wentBack' })}
        onSelectionChange={props.onKeep}
        onSubmit={props.onDone}
      />
      <Hint>{props.hint}</Hint>
      {hasBelow ? props.below : null}
    </Page>
  );
}

function Hint({ children }: { readonly children: string }): ReactElement {
  const tone = useTone();
  return (
    <InkText {...tone.muted} wrap="truncate">
      {`  ${children}`}
    </InkText>
  );
}
