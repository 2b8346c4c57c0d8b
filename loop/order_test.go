package loop_test

import (
	"testing"

	"github.com/spindle-js/spindle/loop"
)

// TestOrder has the same programs as scripts would be, and the order that Node
// 24.12 prints for those scripts.
func TestOrder(t *testing.T) {
	tests := []struct {
		name string
		want string
		main func(r *rig)
	}{
		{"ticks run after main, before everything", "main tick1 tick2 nested timer imm", func(r *rig) {
			r.timeout(0, r.say("timer"))
			r.SetImmediate(r.say("imm"))
			r.NextTick(r.do("tick1", func() { r.NextTick(r.say("nested")) }))
			r.NextTick(r.say("tick2"))
			r.say("main").Run()
			r.busy(1)
		}},
		{"what is queued first comes before the immediates, and so does what it queues", "first second tick imm later", func(r *rig) {
			r.SetImmediate(r.do("imm", func() { r.QueueFirst(r.say("later")) }))
			r.QueueFirst(r.do("first", func() {
				r.QueueFirst(r.do("second", func() { r.NextTick(r.say("tick")) }))
			}))
		}},
		{"a timer that is not due when the loop starts comes after immediates", "imm timer", func(r *rig) {
			r.timeout(1, r.say("timer"))
			r.SetImmediate(r.say("imm"))
		}},
		{"ticks after each timer and each immediate", "t1 tick t2 i1 tick i2", func(r *rig) {
			r.timeout(1, r.do("t1", func() { r.NextTick(r.say("tick")) }))
			r.timeout(1, r.say("t2"))
			r.SetImmediate(r.do("i1", func() { r.NextTick(r.say("tick")) }))
			r.SetImmediate(r.say("i2"))
			r.busy(2)
		}},
		{"an immediate set by an immediate waits for the next iteration", "i1 i2 t i3", func(r *rig) {
			r.SetImmediate(r.do("i1", func() {
				r.SetImmediate(r.say("i3"))
				r.timeout(1, r.say("t"))
				r.busy(1)
			}))
			r.SetImmediate(r.say("i2"))
		}},
		{"immediates cleared by callbacks and ticks of the same pass", "t i1 tick i2 next", func(r *rig) {
			var i3, i4 *loop.Immediate
			r.SetImmediate(r.do("i1", func() {
				i3.Clear()
				r.SetImmediate(r.say("next"))
				r.NextTick(r.do("tick", func() { i4.Clear() }))
			}))
			r.SetImmediate(r.say("i2"))
			i3 = r.SetImmediate(r.say("i3"))
			i4 = r.SetImmediate(r.say("i4"))
			r.timeout(0, r.say("t"))
			r.busy(5)
		}},
		{"lists by expiry, then a chain that needs later passes", "b5 d9 a10 c10 e1 imm f1 g2", func(r *rig) {
			r.timeout(10, r.say("a10"))
			r.timeout(5, r.say("b5"))
			r.timeout(10, r.say("c10"))
			r.timeout(9, r.say("d9"))
			r.busy(30)
			r.timeout(1, r.do("e1", func() {
				r.timeout(1, r.say("f1"))
				r.timeout(2, r.say("g2"))
				r.busy(5)
				r.SetImmediate(r.say("imm"))
			}))
		}},
		{"time spent in a timer makes no other timer due in this pass", "A imm B C", func(r *rig) {
			r.timeout(2, r.do("A", func() { r.SetImmediate(r.say("imm")); r.busy(20) }))
			r.timeout(7, r.say("B"))
			r.timeout(9, r.say("C"))
		}},
		{"nor one of the same list", "A1 imm A2 C", func(r *rig) {
			r.timeout(5, loop.Func(func() {
				r.timeout(2, r.do("A1", func() { r.SetImmediate(r.say("imm")); r.busy(20) }))
				r.busy(1)
				r.timeout(2, r.say("A2"))
				r.timeout(9, r.say("C"))
			}))
		}},
		{"a list re-armed in a pass waits for a later one", "B1 A imm B2 D", func(r *rig) {
			r.timeout(5, r.do("A", func() { r.SetImmediate(r.say("imm")); r.busy(20) }))
			r.timeout(4, r.say("B1"))
			r.busy(4)
			r.timeout(4, r.say("B2"))
			r.timeout(10, r.say("D"))
			r.busy(2)
		}},
		{"lists due at the same time in the order they were made", "x20 y10 y10b", func(r *rig) {
			r.timeout(20, r.say("x20"))
			r.busy(10)
			r.timeout(10, r.say("y10"))
			r.timeout(10, r.say("y10b"))
			r.busy(50)
		}},
		{"close callbacks last first, after ticks, before timers and immediates", "imm0 tick close3 close2 close1 t0 imm", func(r *rig) {
			r.SetImmediate(r.do("imm0", func() {
				r.QueueClose(r.say("close1"))
				r.QueueClose(r.say("close2"))
				r.QueueClose(r.say("close3"))
				r.SetImmediate(r.say("imm"))
				r.NextTick(r.say("tick"))
				r.timeout(1, r.say("t0"))
				r.busy(1)
			}))
		}},
		{"a close callback queued by one waits for the next iteration", "c1 imm c2", func(r *rig) {
			r.QueueClose(r.do("c1", func() {
				r.QueueClose(r.say("c2"))
				r.SetImmediate(r.say("imm"))
			}))
		}},
		{"pending tasks run before immediates, one call-out each", "p1 tick p2 imm close", func(r *rig) {
			r.SetImmediate(r.say("imm"))
			r.QueueClose(r.say("close"))
			r.QueuePending(r.do("p1", func() { r.NextTick(r.say("tick")) }))
			r.QueuePending(r.say("p2"))
		}},
		{"pending tasks cannot starve the loop", "p p p p p p p p p imm", func(r *rig) {
			var again func()
			stop := false
			again = func() {
				if !stop {
					r.QueuePending(r.do("p", again))
				}
			}
			r.QueuePending(r.do("p", again))
			r.SetImmediate(r.do("imm", func() { stop = true; r.Stop() }))
		}},
		{"posts run in the poll phase, one call-out each", "p1 tick p2 imm", func(r *rig) {
			r.SetImmediate(r.say("imm"))
			r.Post(func() { r.do("p1", func() { r.NextTick(r.say("tick")) }).Run() })
			r.Post(r.say("p2").Run)
		}},
		{"ticks left outside any call-out are drained when the step ends", "imm tick", func(r *rig) {
			r.SetEnter(func(t loop.Task) { t.Run() }) // as after an exception that was caught
			r.SetImmediate(r.do("imm", func() {
				r.NextTick(r.say("tick"))
				r.SetEnter(nil)
			}))
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := newRig(t)
			r.main(func() { tt.main(r) })
			r.want(tt.want)
		})
	}
}

// TestUncaughtOrder: after a callback that threw, the next one runs before the
// ticks that the first had queued (Node: U1 t2 tick1 t3), because the binding
// does not drain after an exception that a handler took.
func TestUncaughtOrder(t *testing.T) {
	r := newRig(t)
	r.SetEnter(func(task loop.Task) {
		defer func() {
			if v := recover(); v != nil {
				r.log = append(r.log, "U"+v.(string))
			}
		}()
		task.Run()
		r.RunTicks()
	})
	r.main(func() {
		r.timeout(1, loop.Func(func() { r.NextTick(r.say("tick1")); panic("1") }))
		r.timeout(1, r.say("t2"))
		r.timeout(1, r.do("t3", func() { r.SetImmediate(r.say("imm")) }))
		r.timeout(1, loop.Func(func() { r.NextTick(r.say("tick4")); panic("4") }))
	})
	r.want("U1 t2 tick1 t3 U4 tick4 imm")
}

func TestNestedCallbackDoesNotDrain(t *testing.T) {
	r := newRig(t)
	r.main(func() {
		r.NextTick(r.say("tick"))
		r.Callback(r.do("nested", func() {
			if !r.InCallback() {
				t.Error("not in a callback")
			}
			r.NextTick(r.say("tick2"))
		}))
		r.say("end").Run()
	})
	r.want("nested end tick tick2")
}

func TestStoppedTicksStay(t *testing.T) {
	r := newRig(t)
	r.SetImmediate(loop.Func(func() {
		r.NextTick(r.do("tick1", r.Stop))
		r.NextTick(r.say("tick2"))
	}))
	r.run()
	r.want("tick1")
	if n := r.TickPending(); n != 1 || !r.HasTicks() {
		t.Errorf("%d ticks pending, want 1", n)
	}
	r.run()
	r.want("tick2")
}

func TestTicksGrowInOrder(t *testing.T) {
	r := newRig(t)
	next := 0
	r.main(func() {
		for i := range 10000 {
			r.NextTickFunc(func() {
				if i != next {
					t.Fatalf("tick %d ran as number %d", i, next)
				}
				next++
				if i%3 == 0 && i < 3000 { // moves the ring's head through its length
					r.NextTickFunc(func() {})
				}
			})
		}
	})
	if next != 10000 {
		t.Errorf("%d ticks ran", next)
	}
}
