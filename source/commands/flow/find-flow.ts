import { readFlow, whereElse } from '../../apply/live/live.ts';
import { nearestWord } from '../../components/searchable-list/slips.ts';
import { destinationFlows } from '../../flow-service/create-client.ts';
import type { Flow } from '../../flow-service/flows.ts';
import { sameId } from '../../activation/same-id.ts';
import type { Connected } from '../connect/open-client.ts';
import { isId } from '../console/arguments.ts';
import { exitCode } from '../console/exit-codes.ts';
import { Stop } from '../console/stop.ts';

/** Names that are offered where none was meant, at most. */
const mostOffered = 5;

/** What was named on the command line. @param form - How the command is written. @throws Stop (2) for nothing, as a variable gives that is not set */
export function namedFlow(given: string | undefined, form: string): string {
  if (given === undefined || isBlank(given))
    throw new Stop(exitCode.usage, (text) => text('flow.nameOne', { form }));
  return given;
}

/**
 * The dataflow that a person means: by its id, or by a name that one dataflow of the sandbox has.
 *
 * @param match - Whether a name may have other capitals and spaces around it, where none is called just so.
 * @throws Stop (2) where there is none of that name, or several; FlowMissingError for an id; FlowServiceError.
 */
export async function findFlow(
  given: string,
  match: 'exact' | 'alike',
  { client, scene, elsewhere }: Connected,
): Promise<Flow & { id: string }> {
  const read = async (id: string): Promise<Flow & { id: string }> => ({
    ...(await readFlow(client, id, {}).catch(whereElse(id, elsewhere))),
    id,
  });
  if (isId(given)) return read(given);
  const all: { id: string; name: string }[] = [];
  // All of them, also for a name that is exact: in a filter a comma would part it.
  for await (const page of client.list('flows', [destinationFlows]))
    all.push(...page.map(({ id, name = '' }) => ({ id, name })));
  const found = meantBy(given, all, match);
  const [only] = found;
  if (found.length === 1 && only) return read(only.id);
  throw notOne(given, found, all, scene.sandbox);
}

interface Named {
  readonly id: string;
  readonly name: string;
}

const folded = (name: string): string => name.trim().toLowerCase();

const isBlank = (given: string): boolean => given.trim() === '';

/**
 * Those of some dataflows that a person may mean: by id, or by name; one without a name by its id only.
 *
 * @param match - `alike`: where none is called just so, a name may have other capitals and spaces around it, and eight
 * signs are how an id begins.
 */
export function meantBy<Flow extends Named>(
  given: string,
  all: readonly Flow[],
  match: 'exact' | 'alike',
): Flow[] {
  if (isId(given)) return all.filter(({ id }) => sameId(id, given));
  if (isBlank(given)) return [];
  const same = all.filter(({ name }) => name === given);
  if (same.length > 0 || match === 'exact') return same;
  const alike = all.filter(({ name }) => folded(name) === folded(given));
  if (alike.length > 0 || !/^[0-9a-f]{8}$/i.test(given)) return alike;
  return all.filter(({ id }) => sameId(id.slice(0, 8), given));
}

/** That nothing, or not one dataflow alone, is meant; with names that are nearly the same. */
export function notOne(given: string, found: readonly Named[], all: readonly Named[], sandbox: string): Stop {
  const wanted = folded(given);
  if (found.length > 1)
    return new Stop(exitCode.usage, (text) =>
      text('flow.several', { name: given, sandbox, ids: found.map(({ id }) => id) }),
    );
  const near = all
    .filter(({ name }) => name.toLowerCase().includes(wanted) || nearestWord(name, wanted.slice(0, 40)))
    .slice(0, mostOffered);
  return new Stop(
    exitCode.usage,
    (text) => text('flow.unknown', { name: given, sandbox }),
    (text) =>
      near.length === 0
        ? text('error.flowMissing.next')
        : text('flow.near', {
            names: near.map(({ name, id }) =>
              text('text.aside', { value: text('text.quoted', { names: name }), aside: id }),
            ),
          }),
  );
}
