package loop

// QueuePending queues t for the pending phase: the outcome of an operation that
// could be told at once, such as a write that went through, but must not be
// told before the caller returns. It runs right after the poll phase, or before
// it in the next iteration.
func (l *Loop) QueuePending(t Task) { l.pending = append(l.pending, l.queued(t)) }

// QueueFirst queues t for the check phase, before all immediates: as work that
// Node's own code puts off, which a program's immediates find done.
func (l *Loop) QueueFirst(t Task) { l.first = append(l.first, l.queued(t)) }

// firstRounds is how often runFirst serves what its tasks have queued.
const firstRounds = 64

// runFirst serves what is to come before the immediates.
func (l *Loop) runFirst() {
	for range firstRounds {
		if len(l.first) == 0 || l.Stopping() {
			return
		}
		batch := l.first
		l.first, l.spare = l.spare, nil
		for i, t := range batch {
			if l.Stopping() {
				l.first = append(append([]Task(nil), batch[i:]...), l.first...)
				break
			}
			l.Callback(t)
		}
		l.recycle(batch)
	}
}

// QueueClose queues t, a handle's close callback, for the closing phase. The
// last one queued runs first, as in libuv and so in Node.
func (l *Loop) QueueClose(t Task) { l.closing = append(l.closing, l.queued(t)) }

// runPending is the pending phase. What it queues runs in the next one.
func (l *Loop) runPending() {
	if len(l.pending) == 0 || l.Stopping() {
		return
	}
	batch := l.takePending()
	for i, t := range batch {
		if l.Stopping() {
			l.pending = append(append([]Task(nil), batch[i:]...), l.pending...)
			break
		}
		l.Callback(t)
	}
	l.recycle(batch)
}

func (l *Loop) takePending() []Task {
	batch := l.pending
	l.pending, l.spare = l.spare, nil
	return batch
}

// pendingRounds is how often runPoll serves the pending queue after the events,
// bounded so that tasks which queue tasks cannot starve the loop.
const pendingRounds = 8

// runClosing is the closing phase. What it queues runs in the next one.
func (l *Loop) runClosing() {
	if len(l.closing) == 0 || l.Stopping() {
		return
	}
	batch := l.closing
	l.closing, l.spare = l.spare, nil
	for i := len(batch) - 1; i >= 0; i-- {
		if l.Stopping() {
			l.closing = append(append([]Task(nil), batch[:i+1]...), l.closing...)
			break
		}
		l.Callback(batch[i])
	}
	l.recycle(batch)
}

// recycle keeps a drained queue's memory for the next one.
func (l *Loop) recycle(batch []Task) {
	if l.spare == nil && cap(batch) <= ringKeep {
		clear(batch)
		l.spare = batch[:0]
	}
}
