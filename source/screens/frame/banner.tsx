import { Box, Text } from 'ink';
import type { ReactElement } from 'react';
import { useTone } from '../../components/theme/theme.tsx';

/** The name of the step in letters that people at the back can read. */
export function Banner(props: { readonly lines: readonly string[]; readonly height: number }): ReactElement {
  const tone = useTone();
  return (
    <Box flexDirection="column" height={props.height} flexShrink={0}>
      {props.lines.map((line, at) => (
        <Text key={at} {...tone.current} wrap="truncate">
          {line === '' ? ' ' : line}
        </Text>
      ))}
    </Box>
  );
}
