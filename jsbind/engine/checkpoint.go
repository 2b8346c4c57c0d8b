package engine

import "github.com/dop251/goja"

// Checkpoint notes where the machine stands and returns what brings it back
// there after an interrupt: the engine leaves frames of generators and of async
// functions behind that an interrupt has cut off.
func Checkpoint(vm *goja.Runtime) (restore func()) {
	m := machineOf(vm)
	prg, pc, sp, sb, args, stash, privEnv := m.prg, m.pc, m.sp, m.sb, m.args, m.stash, m.privEnv
	calls, iters, refs, tries := len(m.callStack), len(m.iterStack), len(m.refStack), len(m.tryStack)
	target, result, runner := m.newTarget, m.result, m.curAsyncRunner
	return func() {
		m.prg, m.pc, m.sp, m.sb, m.args, m.stash, m.privEnv = prg, pc, sp, sb, args, stash, privEnv
		m.newTarget, m.result, m.curAsyncRunner = target, result, runner
		m.callStack, m.iterStack = m.callStack[:calls], m.iterStack[:iters]
		m.refStack, m.tryStack = m.refStack[:refs], m.tryStack[:tries]
	}
}
