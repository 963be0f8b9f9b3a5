const bytesIn = (text: string): number => new TextEncoder().encode(text).length;

/**
 * Tokens of a text, estimated at four bytes of UTF-8 each. A proxy: vocabularies differ from model to model, and code or other
 * scripts than Latin take more.
 */
export function estimateTokens(text: string): number {
  return Math.ceil(bytesIn(text) / 4);
}

/** The same on the safe side, at three bytes each with a little for the frame of a message; what a cap is reserved by. */
export function generousTokens(text: string): number {
  return Math.ceil(bytesIn(text) / 3) + 32;
}
