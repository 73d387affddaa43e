import { readFlow } from '../../apply/live.ts';
import type { Flow } from '../../flow-service/flows.ts';
import type { Connected } from '../connect/open-client.ts';
import { isId } from '../console/arguments.ts';
import { exitCode } from '../console/exit-codes.ts';
import { Stop } from '../console/stop.ts';

/**
 * The dataflow that a person means: by its id, or by a name that one dataflow of the sandbox has.
 *
 * @param form - How the command is written, where nothing was named.
 * @throws Stop (2) when none is meant, or several are; FlowMissingError, FlowServiceError
 */
export async function findFlow(
  given: string | undefined,
  form: string,
  { client, scene }: Connected,
): Promise<Flow & { id: string }> {
  if (given === undefined) throw new Stop(exitCode.usage, (text) => text('command.nameFlow', { form }));
  if (isId(given)) return { ...(await readFlow(client, given, {})), id: given };
  const found: string[] = [];
  for await (const page of client.list('flows', [`name==${given}`]))
    // A service that ignores the filter must not answer for others.
    found.push(...page.filter(({ name }) => name === given).map(({ id }) => id));
  const [id, ...more] = found;
  const { sandbox } = scene;
  if (id === undefined)
    throw new Stop(exitCode.usage, (text) => text('command.noFlowNamed', { name: given, sandbox }));
  if (more.length > 0)
    throw new Stop(exitCode.usage, (text) =>
      text('command.flowsNamed', { name: given, ids: found.join(', ') }),
    );
  return { ...(await readFlow(client, id, {})), id };
}
