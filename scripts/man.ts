// npm run man: writes docs/ferry.1 from the texts of --help.
import { writeFileSync } from 'node:fs';
import { manPage } from '../source/commands/man-page.ts';

writeFileSync(new URL('../docs/ferry.1', import.meta.url), manPage());
