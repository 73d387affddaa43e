/** Ends a chain quietly between two calls. */
export class Stopped extends Error {
  override readonly name = 'Stopped';
}
