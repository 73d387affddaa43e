import { type ReactElement } from 'react';
import { deduplication as page } from '../../pages/content/attributes.ts';
import { useWizard } from '../frame/wizard-context.tsx';
import { SubsetScreen } from '../kinds/subset-screen.tsx';
import { sampleLines, SampleTable } from './sample-table.tsx';

/** What the chosen keys do stands below them. */
export function DeduplicationScreen(): ReactElement {
  const { attributes, deduplication } = useWizard().state.draft;
  const drawn = <SampleTable attributes={attributes} keys={deduplication} />;
  return <SubsetScreen page={page} below={{ drawn, lines: sampleLines }} />;
}
