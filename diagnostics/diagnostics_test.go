package diagnostics

import (
	"fmt"
	"testing"

	"github.com/spindle-js/spindle/loop"
)

func TestChannel(t *testing.T) {
	l, err := loop.New()
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	c := On(l, "a")
	if c.Active() || On(l, "a") != c || On(l, "b") == c {
		t.Error("channels by name")
	}
	var got []string
	var second func()
	first := c.Subscribe(func(m Message) {
		got = append(got, fmt.Sprint("first ", m.Get("x"), m.Get("y")))
		second() // takes effect at the next message
	})
	second = c.Subscribe(func(m Message) { got = append(got, fmt.Sprint("second ", m.Get("x"))) })
	c.Publish(Field{"x", 1})
	c.Publish(Field{"x", 2})
	first()
	c.Publish(Field{"x", 3})
	if fmt.Sprint(got) != "[first 1 <nil> second 1 first 2 <nil>]" || c.Active() {
		t.Errorf("got %v, active %v", got, c.Active())
	}
}

func TestDebugNames(t *testing.T) {
	for _, c := range []struct {
		env, section string
		want         bool
	}{
		{"", "http", false}, {"http", "http", true}, {"HTTP", "http", true}, {"net,http", "http", true},
		{"net", "http", false}, {"ht*", "http", true}, {"*", "net", true}, {"h.tp", "http", false},
	} {
		p := compile(c.env)
		if got := p != nil && p.MatchString(c.section); got != c.want {
			t.Errorf("NODE_DEBUG=%s %s: %v", c.env, c.section, got)
		}
	}
	if got := text("a %s b %d", []any{1, 2, "c"}); got != "a 1 b 2 c" {
		t.Error(got)
	}
}
