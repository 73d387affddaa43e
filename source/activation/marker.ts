import { longestText } from './longest-text.ts';

/** A description with the marker of a run after it. A long one is cut, the marker never. */
export function withMarker(description = '', marker?: string): string {
  const mark = marker === undefined ? '' : ` · ${marker}`;
  const said = description.slice(0, longestText - mark.length);
  return said === '' ? (marker ?? '') : `${said}${mark}`;
}

/** A description as it was before a run marked it, and the marker. */
export function withoutMarker(description = ''): { description?: string; marker?: string } {
  const [mark, marker] = /(?:^| · )(ferry run [\w-]+)$/.exec(description) ?? [];
  const said = description.slice(0, description.length - (mark?.length ?? 0));
  return { ...(said === '' ? {} : { description: said }), ...(marker === undefined ? {} : { marker }) };
}
