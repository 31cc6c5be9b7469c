/**
 * The eight steps of the method, as the board knows them.
 *
 * @module steps/index
 */

import { discovery } from './discovery.js';
import { sequencing } from './sequencing.js';
import { triggers } from './triggers.js';
import { entities } from './entities.js';
import { contexts } from './contexts.js';
import { services } from './services.js';
import { bus } from './bus.js';
import { schemas } from './schemas.js';

/** @type {import('../types.js').Step[]} by their number less one */
export const STEPS = [discovery, sequencing, triggers, entities, contexts, services, bus, schemas];
