import type { Problem } from '../plan/problem.ts';
import { kindOf, takesRare } from '../spec/catalog.ts';
import { templateProblems } from './filename-template.ts';
import { type ExportSettings, scheduleProblems } from './schedule.ts';

/**
 * Everything wrong with how and when one segment is exported, file name first.
 *
 * @param card - Connection spec that the files go to.
 * @param path - Of the segment; what is wrong stands at `….filenameTemplate` or `….schedule.…`.
 */
export const exportProblems = (
  {
    filenameTemplate,
    exportMode,
    schedule,
  }: Pick<ExportSettings, 'filenameTemplate' | 'exportMode' | 'schedule'>,
  card: string | undefined,
  path = '',
): Problem[] => [
  ...templateProblems(filenameTemplate, `${path}.filenameTemplate`, kindOf(card)),
  ...scheduleProblems(exportMode, schedule, `${path}.schedule`, takesRare(card)),
];
