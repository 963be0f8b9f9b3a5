/** After so long without the focus, a watcher may have missed something. Milliseconds. */
const long = 60_000;

/** How long a window has been without the focus. */
export class Away {
  #since: number | undefined;

  /** @returns whether the focus is back after a long time @param now milliseconds */
  change(focused: boolean, now: number): boolean {
    if (!focused) {
      this.#since ??= now;
      return false;
    }
    const wasLong = this.#since !== undefined && now - this.#since > long;
    this.#since = undefined;
    return wasLong;
  }
}
