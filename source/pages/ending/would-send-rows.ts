import { basePath, type ShownRequest } from '../../activation/requests.ts';
import type { Text } from '../../locale/texts.ts';

/** `Storage location`, `POST`, `/targetConnections`: a request a row. */
export function wouldSendRows(requests: readonly ShownRequest[], text: Text): string[][] {
  return requests.map(({ step, method, path }) => [
    text(`apply.${step}`),
    method,
    path.startsWith(basePath) ? path.slice(basePath.length) : path,
  ]);
}
