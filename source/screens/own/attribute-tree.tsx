import { type ReactElement, useMemo, useState } from 'react';
import { type AttributeNode, attributeTree } from '../../activation/content/profile-attributes.ts';
import { useGlyphs } from '../../components/theme/theme.tsx';
import { type TreeNode, TreePicker } from '../../components/tree/tree-picker.tsx';
import type { JsonSchema } from '../../flow-service/json-schema.ts';
import { attributes as page } from '../../pages/content/attributes.ts';
import { joined, type Words } from '../../pages/page.ts';
import { Page } from '../frame/page.tsx';
import { usePageKeys } from '../frame/page-keys.ts';
import { useWizard } from '../frame/wizard-context.tsx';
import { Fetched } from '../parts/fetched.tsx';
import { LimitMeter } from '../parts/limit-meter.tsx';
import { Note, Warning } from '../parts/line.tsx';
import { useListTexts } from '../parts/list-texts.ts';

/** The union schema as a tree, and the columns of the files in their order below it. */
export function AttributesScreen(): ReactElement {
  const { asking } = useWizard();
  const keys = usePageKeys(['space', 'openClose', 'continue', 'only', 'order', 'back', 'help']);
  return (
    <Page question={page.question(asking)} keys={keys}>
      <Fetched page={page}>{(schema) => <AttributePicker schema={schema} />}</Fetched>
    </Page>
  );
}

function AttributePicker({ schema }: { readonly schema: JsonSchema }): ReactElement {
  const { asking, send, text, isActive, height, width } = useWizard();
  const listTexts = useListTexts();
  const glyphs = useGlyphs();
  const [refusal, setRefusal] = useState<string>();
  const tree = useMemo(() => attributeTree(schema), [schema]);
  const nodes = useMemo(() => tree.map((node) => toTreeNode(node, { text, glyphs })), [tree, text, glyphs]);
  const columns = useMemo(() => page.selected(asking, schema), [asking, schema]);
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
        initialSelected={columns}
        onBack={() => send({ type: 'wentBack' })}
        onSelectionChange={(paths) => {
          setRefusal(undefined);
          send({ type: 'kept', answer: page.answer(paths, asking, schema) });
        }}
        onSubmit={(paths) => {
          const why = page.refusal?.(paths, asking);
          if (why === undefined) send({ type: 'answered', answer: page.answer(paths, asking, schema) });
          else setRefusal(why);
        }}
      />
      <Note>{columns.length === 0 ? ' ' : text('attributes.header', { columns: columns.join(' | ') })}</Note>
      {refusal === undefined ? (
        <LimitMeter limit="attributesPerFlow" count={columns.length} />
      ) : (
        <Warning>{refusal}</Warning>
      )}
    </>
  );
}

function toTreeNode(node: AttributeNode, words: Words): TreeNode {
  const { text, glyphs } = words;
  return {
    id: node.path,
    label: node.name,
    hint: joined(glyphs, [node.title === node.name ? '' : (node.title ?? ''), node.type ?? '']),
    searchText: [node.title, node.description].filter((one) => one !== undefined).join('\n'),
    ...(node.notExportable ? { disabled: text(`attributes.${node.notExportable}`) } : {}),
    ...(node.children.length > 0 ? { children: node.children.map((child) => toTreeNode(child, words)) } : {}),
  };
}
