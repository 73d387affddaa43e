/** The middle of some numbers. */
export function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** What the figures were measured on; nothing of it names a machine. */
export function setting() {
  return `Node ${process.version}, ${process.platform} ${process.arch}`;
}
