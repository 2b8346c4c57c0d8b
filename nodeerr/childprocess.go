package nodeerr

import "syscall"

// Spawn is the error of a program that did not start, or that was ended early:
// call is "spawn" or "spawnSync", args are its arguments without the program's
// name.
func Spawn(errno syscall.Errno, call, file string, args []string) *Error {
	if file != "" {
		call += " " + file
	}
	e := System(errno, call, "", 0)
	e.Path = file
	return e.With("spawnargs", args)
}

// UnknownSignal is ERR_UNKNOWN_SIGNAL.
func UnknownSignal(name string) *Error {
	return New(KindType, "ERR_UNKNOWN_SIGNAL", "Unknown signal: "+name)
}

// ChildProcessMaxBuffer is ERR_CHILD_PROCESS_STDIO_MAXBUFFER; name is "stdout"
// or "stderr".
func ChildProcessMaxBuffer(name string) *Error {
	return New(KindRange, "ERR_CHILD_PROCESS_STDIO_MAXBUFFER", name+" maxBuffer length exceeded")
}

// ChildProcessIPCRequired is ERR_CHILD_PROCESS_IPC_REQUIRED.
func ChildProcessIPCRequired(option string) *Error {
	return New(KindError, "ERR_CHILD_PROCESS_IPC_REQUIRED", "Forked processes must have an IPC channel, missing value 'ipc' in "+option)
}

// InvalidSyncForkInput is ERR_INVALID_SYNC_FORK_INPUT; input is inspected.
func InvalidSyncForkInput(input string) *Error {
	return New(KindType, "ERR_INVALID_SYNC_FORK_INPUT", "Asynchronous forks do not support Buffer, TypedArray, DataView or string input: "+input)
}

// IPCSyncFork is ERR_IPC_SYNC_FORK.
func IPCSyncFork() *Error {
	return New(KindError, "ERR_IPC_SYNC_FORK", "IPC cannot be used with synchronous forks")
}

// IPCOnePipe is ERR_IPC_ONE_PIPE.
func IPCOnePipe() *Error {
	return New(KindError, "ERR_IPC_ONE_PIPE", "Child process can have only one IPC pipe")
}

// IPCDisconnected is ERR_IPC_DISCONNECTED.
func IPCDisconnected() *Error {
	return New(KindError, "ERR_IPC_DISCONNECTED", "IPC channel is already disconnected")
}

// IPCChannelClosed is ERR_IPC_CHANNEL_CLOSED.
func IPCChannelClosed() *Error {
	return New(KindError, "ERR_IPC_CHANNEL_CLOSED", "Channel closed")
}

// ChildClosedBeforeReply is ERR_CHILD_CLOSED_BEFORE_REPLY.
func ChildClosedBeforeReply() *Error {
	return New(KindError, "ERR_CHILD_CLOSED_BEFORE_REPLY", "Child closed before reply received")
}
