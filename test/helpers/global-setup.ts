import { openRoot } from './folders.ts';

/**
Gives a run one temporary folder, and takes it away at the end, whatever became of the tests. What a program
under test has left there by itself fails the run.
*/
export function setup(): () => void {
  const root = openRoot();
  return () => {
    const strays = root.strays();
    root.remove();
    if (strays.length > 0) {
      throw new Error(`Left in the temporary folder by what was tested: ${strays.join(', ')}`);
    }
  };
}
