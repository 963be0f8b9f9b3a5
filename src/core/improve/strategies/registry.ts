import { additive } from './additive';
import { contextual } from './contextual';
import { contradicted } from './contradicted';
import { replacement } from './replacement';
import type { Strategy } from './strategy';
import { structural } from './structural';

/** Tried in this order; the first that suits the case makes the edit. */
export const strategies: readonly Strategy[] = [contradicted, structural, replacement, contextual, additive];
