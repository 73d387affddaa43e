/** Shorter words are other words after two slips. */
const leastLetters = 6;
const mostSlips = 2;

/** A word of a label that begins like what was typed: where it stands, and how many slips lie between. */
type NearWord = { readonly from: number; readonly to: number; readonly slips: number };

/**
The word of `label` that begins most like `typed` (lowered), with two slips of the finger at most: a letter too many, too
few or another one, or two that changed places. The first letter is always meant.

@returns Nothing where no word does, or where `typed` is too short to tell.
*/
export function nearestWord(label: string, typed: string): NearWord | undefined {
  if (typed.length < leastLetters) return undefined;
  let nearest: NearWord | undefined;
  for (const { 0: word, index: from } of label.matchAll(/[\p{L}\p{N}']+/gu)) {
    const lowered = word.toLowerCase();
    if (lowered[0] !== typed[0] || lowered.length < typed.length - mostSlips) continue;
    const slips = slipsToBeginning(typed, lowered);
    if (slips <= mostSlips && slips < (nearest?.slips ?? Infinity))
      nearest = { from, to: from + word.length, slips };
  }
  return nearest;
}

/** Fewest slips that make `typed` of a beginning of `word`; more than the most is as good as any. */
function slipsToBeginning(typed: string, word: string): number {
  const length = Math.min(word.length, typed.length + mostSlips);
  let beforeLast: number[] = [];
  let last = Array.from({ length: length + 1 }, (_, at) => at);
  for (let row = 1; row <= typed.length; row++) {
    const now = [row];
    for (let at = 1; at <= length; at++) {
      const isSame = typed[row - 1] === word[at - 1];
      const isSwapped = typed[row - 1] === word[at - 2] && typed[row - 2] === word[at - 1];
      now.push(
        Math.min(
          (last[at] ?? row) + 1,
          (now[at - 1] ?? at) + 1,
          (last[at - 1] ?? 0) + (isSame ? 0 : 1),
          isSwapped ? (beforeLast[at - 2] ?? Infinity) + 1 : Infinity,
        ),
      );
    }
    if (Math.min(...now) > mostSlips) return Infinity;
    [beforeLast, last] = [last, now];
  }
  return Math.min(...last);
}
