/** Milliseconds of work that this process has done: what others do on the machine meanwhile does not count. */
export function workedMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
