// Package eventtargetmod is Event, CustomEvent, EventTarget, AbortController and
// AbortSignal (https://nodejs.org/docs/latest-v24.x/api/events.html#eventtarget-and-event-api,
// https://nodejs.org/docs/latest-v24.x/api/globals.html#class-abortcontroller).
//
// A binding whose objects are event targets embeds a Target in their Go state,
// calls Init, defines its class with Parent: Define(rt).EventTarget, and makes
// events with Dispatch.
package eventtargetmod
