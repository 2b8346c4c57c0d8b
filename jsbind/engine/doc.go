// Package engine reaches into goja where its public interface is slow or has no
// door: the queue of promise jobs, the machine's stacks, the code of compiled
// programs, and the insides of a few kinds of objects.
//
// It holds mirrors of goja's unexported structures. Learn compares them, field
// by field, with what reflection finds in the goja that the program is linked
// with, and says what differs; nothing here may be used then, and jsbind.New
// fails with that error. The test of Learn is the first to fail when goja is
// upgraded: compare the files named there with goja's, then change the mirrors.
//
// All functions run on the goroutine that owns the runtime.
package engine
