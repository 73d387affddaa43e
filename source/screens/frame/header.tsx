import { Box, Text } from 'ink';
import type { ReactElement } from 'react';
import { useGlyphs, useTone } from '../../components/theme/theme.tsx';
import type { Text as Say } from '../../locale/texts.ts';
import type { ChosenSandbox } from '../../wizard/draft.ts';

/** Who, where, and how far: on every page. The sandbox comes first, it is what mistakes are made of. */
export function Header(props: {
  readonly columns: number;
  readonly sandbox: ChosenSandbox | undefined;
  readonly where: readonly string[];
  /** How far, or what this is; nothing where there is no room to say it. */
  readonly progress: (isNarrow: boolean) => string;
  readonly text: Say;
}): ReactElement {
  const { sandbox, where, progress, text } = props;
  const glyphs = useGlyphs();
  const tone = useTone();
  const isNarrow = props.columns < 60;
  const place = (isNarrow ? where.slice(-1) : where).join(` ${glyphs.dot} `);
  const isProduction = sandbox?.isProduction === true;
  return (
    <Box width={props.columns} justifyContent="space-between">
      <Box flexShrink={1}>
        <Text wrap="truncate">
          <Text {...tone.inverse} bold>
            {' ferry '}
          </Text>
          <Text {...(isProduction ? tone.danger : tone.strong)}>
            {sandbox === undefined
              ? ''
              : `  ${sandbox.name}${isProduction ? ` ${text('frame.production')}` : ''}`}
          </Text>
          <Text {...tone.muted}>
            {place === '' ? '' : `${sandbox === undefined ? '  ' : ` ${glyphs.dot} `}${place}`}
          </Text>
        </Text>
      </Box>
      <Box flexShrink={0}>
        <Text {...tone.muted}> {progress(isNarrow)}</Text>
      </Box>
    </Box>
  );
}
