// Stands for performance.now in the bundle: for the object that it is of, Node reads its histograms and observers.
// Milliseconds that only grow, of a beginning of their own.
export function now() {
  const [seconds, nanoseconds] = process.hrtime();
  return seconds * 1000 + nanoseconds / 1e6;
}
