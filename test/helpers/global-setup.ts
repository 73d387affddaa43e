import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { openRoot } from './folders.ts';

/**
Gives a run one temporary folder, and takes it away at the end, whatever became of the tests. What a program
under test has left there by itself fails the run.
*/
export function setup(): () => void {
  const root = openRoot();
  return () => {
    // A report of a crash says more than its name.
    const strays = root.strays().map((name) => {
      const report = path.join(root.folder, name, 'report.txt');
      return existsSync(report) ? `${name}: ${readFileSync(report, 'utf8')}` : name;
    });
    root.remove();
    if (strays.length > 0) {
      throw new Error(`Left in the temporary folder by what was tested: ${strays.join(', ')}`);
    }
  };
}
