/** A cursor among `count` lines, of which `height` are drawn from `top` on. */
type Scroll = {
  readonly cursor: number;
  readonly top: number;
};

/** Puts the cursor at `wanted`, as near as there are lines, and moves the window no more than it must. */
export function scrollTo(top: number, wanted: number, count: number, height: number): Scroll {
  const cursor = Math.max(0, Math.min(wanted, count - 1));
  const highestTop = Math.max(0, count - height);
  const inSight = Math.max(Math.min(top, cursor), cursor - height + 1);
  return { cursor, top: Math.min(inSight, highestTop) };
}

/** Lines that a page key moves: one stays in sight, so that the eye finds its place again. */
export function pageOf(height: number): number {
  return Math.max(1, height - 1);
}
