// Package asynchooksmod is node:async_hooks
// (https://nodejs.org/docs/latest-v24.x/api/async_context.html and async_hooks).
// A scope is what a piece of asynchronous work belongs to: the stores of
// AsyncLocalStorage, as they stood where the work was queued, and the ids of
// async_hooks. The loop hands scopes on (loop.Tracker), and so does goja for
// promises, from the moment a program first enters a store or asks for an id;
// until then nothing is tracked and nothing paid.
package asynchooksmod
