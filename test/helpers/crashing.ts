// A program that crashes on the other screen, as a bug in a key would. Run by the journey of crashes.
import { readOn } from '../../source/commands/console/streams.ts';
import { catchCrashes } from '../../source/commands/console/catch-crashes.ts';
import { guardTerminal } from '../../source/commands/screen/guard-terminal.ts';
import { unicodeGlyphs } from '../../source/components/theme/glyphs.ts';
import { english } from '../../source/locale/catalogs.ts';

const { stdin, stdout, stderr, env } = process;
const streams = {
  stdin,
  stdout,
  stderr,
  env,
  text: english,
  english,
  glyphs: unicodeGlyphs,
  brokenPipe: readOn(),
};
catchCrashes(streams, false);
guardTerminal(
  streams,
  () => undefined,
  () => undefined,
);
stdin.setRawMode(true);
stdout.write('\u001b[?1049h\u001b[?2004h\u001b[?25lnow');
setTimeout(() => {
  if (process.argv[2] === 'promise') void Promise.reject(new Error('a bug PLANTED-in-env'));
  else throw new Error('a bug PLANTED-in-env');
}, 50);
setInterval(() => undefined, 1000);
