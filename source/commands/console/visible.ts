import { replaceInvisible } from '../../ground/invisible.ts';

const controls = /[\u0000-\u001f]/g;

/**
 * One line of text from anywhere (a plan, a file's name, an argument): it must not move the cursor, hide, begin a
 * line that looks like one of ours, or climb over other lines.
 */
export function visible(text: string): string {
  return replaceInvisible(text.replace(controls, '?'), '?').replaceAll(/(\p{M}{4})\p{M}+/gu, '$1');
}

/** The same for what has lines of its own. */
export function visibleLines(text: string): string {
  return isPlain.test(text) ? text : text.split('\n').map(visible).join('\n');
}

/** Most of what is said: letters and signs that neither hide nor climb, so that there is nothing to look for. */
const isPlain = /^[\n -~\u00a1-\u00ac\u00ae-\u02ff\u2010-\u2027\u2190-\u27bf\u4e00-\u9fff\uff01-\uff5e]*$/;
