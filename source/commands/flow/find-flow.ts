import { FlowMissingError } from '../../apply/live.ts';
import { nearestWord } from '../../components/searchable-list/slips.ts';
import type { Connected } from '../connect/open-client.ts';
import { isId } from '../console/arguments.ts';
import { exitCode } from '../console/exit-codes.ts';
import { Stop } from '../console/stop.ts';

/** Names that are offered where none was meant, at most. */
const mostOffered = 5;

/**
 * The id of the dataflow that a person means: an id, or a name that one dataflow of the sandbox has.
 *
 * @throws Stop (2) where there is none of that name, or several; FlowMissingError for an id; FlowServiceError.
 */
export async function findFlow(given: string, { client, scene, elsewhere }: Connected): Promise<string> {
  if (isId(given)) {
    if (await client.exists('flows', given)) return given;
    throw new FlowMissingError(given, await elsewhere(given));
  }
  const all: { id: string; name: string }[] = [];
  for await (const page of client.list('flows', ['inheritedAttributes.properties.isDestinationFlow==true']))
    all.push(...page.map(({ id, name = '' }) => ({ id, name })));
  const wanted = given.trim().toLowerCase();
  const same = all.filter(({ name }) => name === given);
  const alike = same.length > 0 ? same : all.filter(({ name }) => name.trim().toLowerCase() === wanted);
  const [only] = alike;
  if (alike.length === 1 && only) return only.id;
  const { sandbox } = scene;
  if (alike.length > 1)
    throw new Stop(exitCode.usage, (text) =>
      text('flow.several', { name: given, sandbox, ids: alike.map(({ id }) => id) }),
    );
  const near = all
    .filter(({ name }) => name.toLowerCase().includes(wanted) || nearestWord(name, wanted.slice(0, 40)))
    .slice(0, mostOffered);
  throw new Stop(
    exitCode.usage,
    (text) => text('flow.unknown', { name: given, sandbox }),
    (text) =>
      near.length === 0
        ? text('flow.list')
        : text('flow.near', { names: near.map(({ name, id }) => `"${name}" (${id})`) }),
  );
}
