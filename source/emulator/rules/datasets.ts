import type { Json, JsonObject } from '../store.ts';
import { badRequest } from '../wire-error.ts';
import { isObject } from './params.ts';

/** Whether a flow spec is one of datasets. */
export function isOfDatasets({ attributes }: JsonObject): boolean {
  const workflow = isObject(attributes) ? attributes['_workflow'] : undefined;
  return Array.isArray(workflow) && workflow.includes('DATASETS');
}

/** The datasets of a source connection. @throws WireError (400) @see cards.md, section 7 */
export function checkDatasets(params: Json | undefined): void {
  const datasets = isObject(params) ? params['datasets'] : undefined;
  const isOne = (one: Json): boolean => isObject(one) && typeof one['dataSetId'] === 'string';
  if (!Array.isArray(datasets) || datasets.length === 0 || !datasets.every(isOne))
    throw badRequest('params.datasets must hold one or more');
}

const choices: Readonly<Record<string, readonly Json[]>> = {
  exportMode: ['DAILY_FULL_EXPORT', 'FIRST_FULL_THEN_INCREMENTAL'],
  timeUnit: ['day', 'hour'],
  interval: [0, 1, 3, 6, 9, 12],
};

/**
 * When datasets are exported; it is kept as it was sent, also without an end and with either word for the folder.
 *
 * @throws WireError (400)
 * @see cards.md, sections 7 and 11 (17, 18)
 */
export function checkScheduleParams(params: Json): void {
  if (!isObject(params)) throw badRequest('scheduleParams must be an object');
  for (const [name, allowed] of Object.entries(choices)) {
    const value = params[name];
    if (value !== undefined && !allowed.includes(value))
      throw badRequest(`scheduleParams.${name} must be one of ${allowed.map(String).join(', ')}`);
  }
  for (const name of ['startTime', 'endTime'])
    if (params[name] !== undefined && !Number.isInteger(params[name]))
      throw badRequest(`scheduleParams.${name} must be in seconds`);
}
