/** Erases the screen and goes to its first place. */
export const emptyScreen = '\u001b[2J\u001b[H';

/**
 * Begins with an empty screen after every change of size. What a terminal does with a frame that does not fit any
 * more differs: some keep what is cut off and show it again later, some move lines, and then a frame that is drawn
 * line by line stands among the rest of another.
 *
 * @param forget - Makes whoever draws believe that nothing is drawn. Called before they draw anew.
 * @returns Ends the watch.
 */
export function clearOnResize(stdout: NodeJS.WriteStream, forget: () => void): () => void {
  const resized = (): void => {
    forget();
    stdout.write(emptyScreen);
  };
  stdout.prependListener('resize', resized);
  return () => stdout.off('resize', resized);
}
