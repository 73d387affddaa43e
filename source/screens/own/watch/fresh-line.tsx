import type { ReactElement } from 'react';
import { Note, Warning } from '../../parts/line.tsx';

/** When a page that follows by itself was read, and when it is read again; or what came of a key. */
export function FreshLine(props: { readonly said: string; readonly isWarning: boolean }): ReactElement {
  return props.isWarning ? <Warning>{props.said}</Warning> : <Note>{props.said}</Note>;
}
