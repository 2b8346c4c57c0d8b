package events

import "testing"

func BenchmarkEmit(b *testing.B) {
	for name, listeners := range map[string]int{"none": 0, "one": 1, "ten": 10} {
		b.Run(name, func(b *testing.B) {
			var e Emitter
			n := 0
			for range listeners {
				e.On("data", func(...any) { n++ })
			}
			b.ReportAllocs()
			for b.Loop() {
				e.Emit("data")
			}
		})
	}
	b.Run("argument", func(b *testing.B) {
		var e Emitter
		e.On("data", func(...any) {})
		b.ReportAllocs()
		for b.Loop() {
			e.Emit("data", "text")
		}
	})
	b.Run("typed", func(b *testing.B) {
		var e Emitter
		n := 0
		e.AddListener(Name("data"), NewTyped("", func(x [4]int) { n += x[0] }, func([]any) (x [4]int) { return x }, false), false)
		b.ReportAllocs()
		for b.Loop() {
			EmitValue(&e, "data", [4]int{1})
		}
	})
}

func BenchmarkAddAndRemove(b *testing.B) {
	b.Run("own", func(b *testing.B) {
		var e Emitter
		e.On("data", func(...any) {})
		l := NewListener(func(...any) {}, false)
		b.ReportAllocs()
		for b.Loop() {
			e.AddListener(Name("close"), l, false)
			e.RemoveListener(Name("close"), l)
		}
	})
	b.Run("shared", func(b *testing.B) {
		m := newMethods()
		var e Emitter
		e.AddListener(Name("data"), m.data, false)
		b.ReportAllocs()
		for b.Loop() {
			e.AddListener(Name("close"), m.close, false)
			e.RemoveListener(Name("close"), m.close)
		}
	})
}
