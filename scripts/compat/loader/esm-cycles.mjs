// Cycles between ES modules: hoisted functions, bindings that are not there yet, live ones.
import { a } from './fixtures/esm/cycle-a.mjs';

console.log('main sees', a);
