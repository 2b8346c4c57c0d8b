// Package messagingmod is MessageChannel, MessagePort, BroadcastChannel,
// MessageEvent and CloseEvent
// (https://nodejs.org/docs/latest-v24.x/api/worker_threads.html#class-messagechannel,
// https://html.spec.whatwg.org/multipage/web-messaging.html).
//
// The two ends of a channel may belong to runtimes on different goroutines: a
// message crosses as a serialized value, which is posted to the loop of the port
// that receives it. Everything else belongs to the port's own loop.
package messagingmod
