import { Box } from 'ink';
import { type ReactElement, useMemo, useState } from 'react';
import { type AttributeNode, attributeTree } from '../../activation/content/profile-attributes.ts';
import { limits } from '../../activation/findings/limits.ts';
import { useKeys } from '../../components/keys/use-keys.ts';
import { useGlyphs } from '../../components/theme/theme.tsx';
import { type TreeNode, TreePicker, type TreePlace } from '../../components/tree/tree-picker.tsx';
import type { JsonSchema } from '../../flow-service/json-schema.ts';
import { attributes as page, deduplication, mandatory } from '../../pages/content/attributes.ts';
import { joined, type SubsetPage, type Words } from '../../pages/page.ts';
import { columnNames, namesColumns } from '../../wizard/columns.ts';
import { Page } from '../frame/page.tsx';
import { type PageKeyName, usePageKeys } from '../frame/page-keys.ts';
import { useWizard } from '../frame/wizard-context.tsx';
import { Fetched } from '../parts/fetched.tsx';
import { Warning } from '../parts/line.tsx';
import { useListTexts } from '../parts/list-texts.ts';
import { panelGap, panelWidth } from '../parts/side-panel.ts';
import { columnNotesLines, ColumnNotes } from './column-notes.tsx';

/** The union schema as a tree: the columns of the files, which of them must be there, and which tell people apart. */
export function AttributesScreen(): ReactElement {
  const { asking } = useWizard();
  const [place, setPlace] = useState<TreePlace>();
  const keys = usePageKeys(keysAt(place, namesColumns(asking.state.draft)));
  return (
    <Page question={page.question(asking)} keys={keys} hasManyKeys>
      <Fetched page={page}>{(schema) => <AttributePicker schema={schema} onPlace={setPlace} />}</Fetched>
    </Page>
  );
}

/** What the keys do where the cursor is. @param hasNames - Whether the columns have names of their own. */
export function keysAt(place: TreePlace | undefined, hasNames: boolean): PageKeyName[] {
  const rest = [
    ...(hasNames ? (['names'] as const) : []),
    ...(['only', 'order', place?.isFiltered === true ? 'showAll' : 'back', 'help'] as const),
  ];
  if (place !== undefined && place.id === undefined) return ['continue', ...rest];
  // What cannot be exported has nothing to choose.
  if (place?.isLeaf && !place.isChoosable) return ['closeBranch', 'search', 'continue', ...rest];
  if (place?.isSearching) return ['column', 'continue', ...rest];
  if (place?.isChoosable) return ['column', 'must', 'key', 'closeBranch', 'search', 'continue', ...rest];
  return ['columns', 'openClose', 'search', 'continue', ...rest];
}

function AttributePicker(props: {
  readonly schema: JsonSchema;
  readonly onPlace: (place: TreePlace) => void;
}): ReactElement {
  const { asking, send, text, isActive, height, width } = useWizard();
  const { schema } = props;
  const listTexts = useListTexts();
  const glyphs = useGlyphs();
  const [refusal, setRefusal] = useState<string>();
  const { draft } = asking.state;
  const tree = useMemo(() => attributeTree(schema), [schema]);
  const hasColumns = namesColumns(draft);
  const nodes = useMemo(
    () => tree.map((node) => toTreeNode(node, { text, glyphs }, hasColumns)),
    [tree, text, glyphs, hasColumns],
  );
  const columns = useMemo(() => page.selected(asking, schema), [asking, schema]);
  const texts = {
    ...listTexts,
    placeholder: text('attributes.placeholder'),
    branch: (selected: number, total: number) =>
      selected === 0 ? '' : text('attributes.branch', { selected, total }),
    selected: (count: number, hidden: number) =>
      joined(glyphs, [
        text('attributes.columns', { count }),
        // What is out of sight is said first: a narrow line is cut at its end.
        hidden === 0 ? '' : text('list.hidden', { hidden }),
        draft.mandatory.length === 0 ? '' : text('attributes.musts', { count: draft.mandatory.length }),
        draft.deduplication.length === 0
          ? ''
          : text('attributes.keys', { count: draft.deduplication.length }),
        count > limits.attributesPerFlow.most
          ? `${glyphs.warning} ${text('list.limit', { count, most: limits.attributesPerFlow.most })}`
          : '',
      ]),
  };
  const beside = panelWidth(width);
  const lines = beside === undefined ? columnNotesLines(height) : 0;

  /** Puts a column among those of a part of the page, or takes it out. */
  function mark(part: SubsetPage, id: string): void {
    const before = part.selected(asking, undefined);
    const ids = before.includes(id) ? before.filter((one) => one !== id) : [...before, id];
    const isTooMany = part.most !== undefined && ids.length > part.most.count;
    setRefusal(isTooMany ? part.most?.why(asking) : undefined);
    if (isTooMany) return;
    // What is proposed is an answer as soon as something is said about it.
    if (draft.attributes.length === 0 && columns.includes(id))
      send({ type: 'kept', answer: page.answer(columns, asking, schema) });
    send({ type: 'kept', answer: part.answer(ids, asking, undefined) });
  }

  const submit = (paths: readonly string[], isNaming: boolean): void => {
    const why = page.refusal?.(paths, asking);
    if (why !== undefined) setRefusal(why);
    else send({ type: 'answered', answer: { of: 'attributes', value: paths, isNaming } });
  };
  useKeys((press) => {
    if (hasColumns && press.kind === 'ctrl' && press.letter === 'n') submit(columns, true);
  }, isActive);

  return (
    <Box columnGap={panelGap} flexDirection={beside === undefined ? 'column' : 'row'}>
      <Box flexDirection="column" flexShrink={0}>
        <TreePicker
          nodes={nodes}
          texts={texts}
          height={height - 3 - lines}
          width={beside === undefined ? width : width - beside - panelGap}
          isActive={isActive}
          initialSelected={columns}
          marks={[
            { title: text('attributes.must'), sign: glyphs.current, ids: draft.mandatory },
            { title: text('attributes.key'), sign: glyphs.diamond, ids: draft.deduplication },
          ]}
          onLetter={{ m: (id) => mark(mandatory, id), k: (id) => mark(deduplication, id) }}
          onPlaceChange={props.onPlace}
          onBack={() => send({ type: 'wentBack' })}
          onSelectionChange={(paths) => {
            setRefusal(undefined);
            send({ type: 'kept', answer: page.answer(paths, asking, schema) });
          }}
          onSubmit={(paths) => submit(paths, false)}
        />
        {refusal === undefined ? null : <Warning>{refusal}</Warning>}
      </Box>
      <ColumnNotes
        columns={columns}
        names={columnNames({ ...draft, attributes: columns })}
        keys={draft.deduplication}
        lines={beside === undefined ? lines + (refusal === undefined ? 1 : 0) : height}
        width={beside ?? width}
        isBeside={beside !== undefined}
      />
    </Box>
  );
}

/** @param hasColumns - Whether something can be made of an array where the columns get their names. */
function toTreeNode(node: AttributeNode, words: Words, hasColumns: boolean): TreeNode {
  const { text, glyphs } = words;
  return {
    id: node.path,
    label: node.name,
    hint: joined(glyphs, [node.title === node.name ? '' : (node.title ?? ''), node.type ?? '']),
    searchText: [node.title, node.description].filter((one) => one !== undefined).join('\n'),
    ...(node.notExportable
      ? {
          disabled: text(
            hasColumns && node.isList ? 'attributes.arrayLater' : `attributes.${node.notExportable}`,
          ),
        }
      : {}),
    ...(node.children.length > 0
      ? { children: node.children.map((child) => toTreeNode(child, words, hasColumns)) }
      : {}),
  };
}
