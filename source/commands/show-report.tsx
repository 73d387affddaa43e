import type { Report } from '../activation/compare.ts';
import type { Plan } from '../activation/plan.ts';
import { readCapabilities } from '../terminal/capabilities.ts';
import { slimStream } from '../terminal/slim-output.ts';
import type { Flags } from './arguments.ts';
import { speaksInLines } from './speaks-in-lines.ts';
import type { Streams } from './streams.ts';
import { settleLook } from './theme-of.ts';

/**
 * Shows the validation view in a terminal until the person leaves it.
 *
 * @returns `false` where nothing can be drawn: then lines must do.
 */
export async function showReport(
  report: Report,
  plan: Plan,
  flowId: string,
  streams: Streams,
  flags: Flags,
): Promise<boolean> {
  const capabilities = readCapabilities(streams.env, streams);
  const mayDraw = flags['no-input'] !== true && flags.yes !== true && !speaksInLines(flags, capabilities);
  if (!capabilities.canAsk || !mayDraw) return false;
  const look = settleLook(flags, capabilities);
  const [{ render, useWindowSize, useInput }, { ValidationView }, { Theme }] = await Promise.all([
    import('ink'),
    import('../screens/validation-view.tsx'),
    import('../components/theme/theme.tsx'),
  ]);
  function View() {
    const { columns, rows } = useWindowSize();
    useInput((input, key) => {
      if (key.ctrl && input === 'c') app.unmount();
    });
    return (
      <ValidationView
        report={report}
        plan={plan}
        nowMs={Date.now()}
        flowId={flowId}
        text={streams.text}
        width={columns}
        height={rows - 1}
        isActive
        onDone={() => app.unmount()}
      />
    );
  }
  const app = render(
    <Theme glyphs={streams.glyphs} {...look}>
      <View />
    </Theme>,
    {
      stdin: streams.stdin,
      stdout: slimStream(streams.stdout, streams.glyphs),
      exitOnCtrlC: false,
      alternateScreen: true,
      incrementalRendering: true,
      interactive: true,
      patchConsole: false,
    },
  );
  await app.waitUntilExit();
  return true;
}
