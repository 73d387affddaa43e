import type { Report } from '../activation/compare.ts';
import type { Plan } from '../activation/plan.ts';
import { english } from '../locale/texts.ts';
import { forceColorOf, readCapabilities } from '../terminal/capabilities.ts';
import type { Flags } from './arguments.ts';
import type { Streams } from './streams.ts';

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
  const mayAsk = flags['no-input'] !== true && flags.yes !== true && flags.accessible !== true;
  if (!capabilities.canAsk || capabilities.isDumb || !mayAsk) return false;
  process.env['FORCE_COLOR'] = flags['no-color'] === true ? '0' : forceColorOf(capabilities.colourDepth);
  const [{ render, useWindowSize, useInput }, { ValidationView }, { Theme, asciiGlyphs, unicodeGlyphs }] =
    await Promise.all([
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
        text={english}
        width={columns}
        height={rows - 1}
        isActive
        onDone={() => app.unmount()}
      />
    );
  }
  const app = render(
    <Theme
      glyphs={capabilities.hasUnicode ? unicodeGlyphs : asciiGlyphs}
      hasColour={capabilities.colourDepth !== 'none' && flags['no-color'] !== true}
    >
      <View />
    </Theme>,
    {
      stdin: streams.stdin,
      stdout: streams.stdout,
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
