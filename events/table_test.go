package events

import (
	"slices"
	"testing"
)

func names(e *Emitter) (out []string) {
	for _, k := range e.Keys() {
		for range e.Listeners(k) {
			out = append(out, k.Name)
		}
	}
	return out
}

// attach is what a server does with each of its connections.
func attach(e *Emitter, s *Step, calls *int) {
	if s.Take(e) {
		return
	}
	mark := e.Mark()
	e.AddListener(Name("close"), NewMethod("onClose", func(*Emitter, ...any) { *calls++ }), false)
	e.AddListener(Name("data"), NewMethod("onData", func(*Emitter, ...any) { *calls++ }), false)
	s.Note(e, mark)
}

func TestStepIsSharedUntilAnEmitterRegisters(t *testing.T) {
	var step Step
	calls := 0
	list := make([]Emitter, 3)
	for i := range list {
		attach(&list[i], &step, &calls)
	}
	list[1].On("data", func(...any) { calls += 100 })
	list[2].RemoveAll(Name("close"))
	for i, want := range [][]string{{"close", "data"}, {"close", "data", "data"}, {"data"}} {
		if got := names(&list[i]); !slices.Equal(got, want) {
			t.Errorf("emitter %d has %v, want %v", i, got, want)
		}
	}
	for i := range list {
		list[i].Emit("data")
	}
	if calls != 103 {
		t.Errorf("%d calls, want 103", calls)
	}
	var late Emitter
	attach(&late, &step, &calls)
	if got := names(&late); !slices.Equal(got, []string{"close", "data"}) {
		t.Errorf("a later emitter has %v", got)
	}
}

func TestStepUndo(t *testing.T) {
	var attached, assigned Step
	calls := 0
	turn := NewMethod("turn", func(*Emitter, ...any) {})
	for i := range 3 {
		var e Emitter
		attach(&e, &attached, &calls)
		for range 2 {
			if !assigned.Take(&e) {
				if i > 0 {
					t.Fatal("the step was not remembered")
				}
				mark := e.Mark()
				e.AddListener(Name("close"), turn, false)
				assigned.Note(&e, mark)
			}
			if n := e.ListenerCount("close"); n != 2 {
				t.Fatalf("%d listeners, want 2", n)
			}
			if !assigned.Undo(&e) {
				t.Fatal("the step could not be undone")
			}
			if n := e.ListenerCount("close"); n != 1 {
				t.Fatalf("%d listeners after it was undone, want 1", n)
			}
		}
	}
}

func TestStepFromListenersOfItsOwn(t *testing.T) {
	var step Step
	calls := 0
	var first Emitter
	first.On("data", func(...any) { calls += 100 })
	attach(&first, &step, &calls)
	var second Emitter
	attach(&second, &step, &calls)
	if got := names(&second); !slices.Equal(got, []string{"close", "data"}) {
		t.Errorf("the second emitter has %v", got)
	}
	if assigned := step.Undo(&first); assigned {
		t.Error("a step that was not taken was undone")
	}
}

func TestStepCostsNothing(t *testing.T) {
	var step Step
	calls := 0
	attach(new(Emitter), &step, &calls)
	e := new(Emitter)
	if n := testing.AllocsPerRun(100, func() {
		attach(e, &step, &calls)
		step.Undo(e)
	}); n != 0 {
		t.Errorf("%v allocations, want none", n)
	}
}
