/** A short word that a person puts on a version: at most 32 letters, digits, dots, hyphens and underscores. */
export const tagPattern = /^[\p{L}\p{N}][\p{L}\p{N}._-]{0,31}$/u;
/** A version with this tag is never removed by cleaning up. */
export const keepTag = 'keep';
