package lang

import (
	"slices"
	"sync"
)

// sleeper waits at a place in shared memory: Atomics.wait and waitAsync, in
// whatever runtime.
type sleeper struct {
	at   *byte
	wake func(by *atomics)
}

// sleepers are all that wait, by place, in the order in which they came.
var sleepers = struct {
	sync.Mutex // guards byPlace
	byPlace    map[*byte][]*sleeper
}{byPlace: map[*byte][]*sleeper{}}

// addSleeper makes wake be called, by the goroutine of whoever notifies the
// place.
func addSleeper(at *byte, wake func(by *atomics)) *sleeper {
	s := &sleeper{at, wake}
	sleepers.Lock()
	defer sleepers.Unlock()
	sleepers.byPlace[at] = append(sleepers.byPlace[at], s)
	return s
}

// remove takes a sleeper out that waits no longer.
func (s *sleeper) remove() {
	sleepers.Lock()
	defer sleepers.Unlock()
	list := slices.DeleteFunc(sleepers.byPlace[s.at], func(x *sleeper) bool { return x == s })
	if sleepers.byPlace[s.at] = list; len(list) == 0 {
		delete(sleepers.byPlace, s.at)
	}
}

// wakeSleepers wakes up to count of those that wait at a place, and returns how
// many it woke.
func wakeSleepers(by *atomics, at *byte, count int) int {
	sleepers.Lock()
	list := sleepers.byPlace[at]
	n := min(count, len(list))
	woken := slices.Clone(list[:n])
	if sleepers.byPlace[at] = slices.Clone(list[n:]); n == len(list) {
		delete(sleepers.byPlace, at)
	}
	sleepers.Unlock()
	for _, s := range woken {
		s.wake(by)
	}
	return n
}
