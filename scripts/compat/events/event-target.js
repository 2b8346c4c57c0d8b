// EventTarget, Event, AbortController and AbortSignal.
'use strict';

const target = new EventTarget();
target.addEventListener('x', (event) => { console.log('1', event.type, event.target === target, event.eventPhase, event.cancelable); event.preventDefault(); });
target.addEventListener('x', { handleEvent(event) { console.log('2', event.defaultPrevented); event.stopImmediatePropagation(); } }, { once: true });
target.addEventListener('x', () => console.log('3'));
console.log(target.dispatchEvent(new Event('x', { cancelable: true })));
console.log(target.dispatchEvent(new Event('x')));
const controller = new AbortController();
const { signal } = controller;
signal.onabort = (event) => console.log('onabort', event.type);
signal.addEventListener('abort', () => console.log('listener', signal.aborted, signal.reason.name, signal.reason.message, signal.reason.code));
controller.abort();
controller.abort('again');
try { signal.throwIfAborted(); } catch (err) { console.log(err === signal.reason, err instanceof DOMException); }
console.log(AbortSignal.abort('why').reason, AbortSignal.any([AbortSignal.abort(1)]).reason);
const timed = AbortSignal.timeout(10);
timed.addEventListener('abort', () => console.log(timed.reason.name, timed.reason.message));
setTimeout(() => {}, 50);
