/** A stretch of work longer than this would make an editor stutter. Milliseconds. */
const longestBlock = 50;

/** Prints the time of some work, and for how long it kept its thread from anything else. */
export async function probe<T>(name: string, work: () => Promise<T>): Promise<T> {
  let last = performance.now();
  let blocked = 0;
  const look = () => {
    const now = performance.now();
    blocked = Math.max(blocked, now - last - 1);
    last = now;
  };
  const timer = setInterval(look, 1);
  const start = performance.now();
  const result = await work();
  const time = performance.now() - start;
  // The last stretch ends before the timer's next turn.
  look();
  clearInterval(timer);
  console.log(
    `  ${name.padEnd(40)} ${time.toFixed(0).padStart(6)} ms, longest block ${blocked.toFixed(0).padStart(3)} of ${longestBlock} ms`,
  );
  return result;
}
