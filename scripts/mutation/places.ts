import ts from 'typescript';
import { isFunction, placeOf } from './mutants.ts';

/** A place that tests come by: a file, and the function, method or constant in it; only the file when it is read. */
export const placeIn = (file: string, within: string): string => `${file} ${within}`;

/** The text of a file with a note in every function: who comes by is kept in `globalThis.ferryPlaces`. */
export function marked(file: string, text: string): string {
  const note = (place: string): string =>
    `(globalThis.ferryPlaces ??= new Set()).add(${JSON.stringify(place)})`;
  const added = [
    { at: 0, text: `${note(placeIn(file, ''))};` },
    ...bodiesOf(file, text).flatMap(({ body, place }) =>
      ts.isBlock(body)
        ? [{ at: body.getStart() + 1, text: `${note(place)};` }]
        : [
            { at: body.getStart(), text: `(${note(place)}, (` },
            { at: body.getEnd(), text: '))' },
          ],
    ),
  ];
  // From the end, so that what was added moves nothing that is still to come.
  return added
    .toSorted((one, other) => other.at - one.at)
    .reduce((whole, { at, text: note }) => whole.slice(0, at) + note + whole.slice(at), text);
}

function bodiesOf(file: string, text: string): { body: ts.ConciseBody; place: string }[] {
  const found: { body: ts.ConciseBody; place: string }[] = [];
  const visit = (node: ts.Node): void => {
    if (isFunction(node) && node.body) found.push({ body: node.body, place: placeIn(file, placeOf(node)) });
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true));
  return found;
}
