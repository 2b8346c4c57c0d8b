package engine

import (
	"sync"
	"sync/atomic"

	"github.com/dop251/goja/unistring"
)

// Shape is the names of an object's properties, in the order in which it got
// them. Objects that got the same names in the same order share it. Shapes are a
// tree, of all runtimes of the process, and are never changed but for what they
// remember of the ones below them; any goroutine may use them.
type Shape struct {
	names []unistring.String       // with copyMarker behind them
	index map[unistring.String]int // by name; nil where names are few

	last atomic.Pointer[Shape] // the one below that was asked for last
	mu   sync.Mutex
	kids map[unistring.String]*Shape
}

const (
	maxShapes     = 4096 // more are forgotten all together
	maxShapeNames = 64   // an object with more names has no shape
	maxShapeName  = 64   // bytes of a name
	fewNames      = 16   // so many are compared one by one
)

var (
	shapeRoot  atomic.Pointer[Shape]
	shapeCount atomic.Int32
)

func init() { shapeRoot.Store(&Shape{}) }

// NoNames returns the shape of objects without properties.
func NoNames() *Shape { return shapeRoot.Load() }

// Last returns the shape below s that was asked for last, or nil.
func (s *Shape) Last() *Shape { return s.last.Load() }

// Name returns the last name of the shape.
func (s *Shape) Name() unistring.String { return s.names[len(s.names)-1] }

// Names returns the names in order. They must not be changed.
func (s *Shape) Names() []unistring.String { return s.names }

// With returns the shape that has name after those of s. It returns nil where
// there is none: for a name that s has, that could be an array index, or that is
// one too many.
func (s *Shape) With(name unistring.String) *Shape {
	if next := s.last.Load(); next != nil && next.Name() == name {
		return next
	}
	if name == "" || name[0] >= '0' && name[0] <= '9' || len(name) > maxShapeName || len(s.names) >= maxShapeNames || s.find(name) >= 0 {
		return nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	next := s.kids[name]
	if next == nil {
		if shapeCount.Add(1) > maxShapes {
			shapeCount.Store(0)
			shapeRoot.Store(&Shape{})
			return nil
		}
		next = s.extend(unistring.String(append([]byte(nil), name...)))
		if s.kids == nil {
			s.kids = make(map[unistring.String]*Shape)
		}
		s.kids[next.Name()] = next
	}
	s.last.Store(next)
	return next
}

func (s *Shape) extend(name unistring.String) *Shape {
	n := len(s.names)
	names := make([]unistring.String, n+2)
	copy(names, s.names)
	names[n], names[n+1] = name, copyMarker
	next := &Shape{names: names[:n+1]}
	if n+1 > fewNames {
		next.index = make(map[unistring.String]int, n+1)
		for i, name := range next.names {
			next.index[name] = i
		}
	}
	return next
}

// find returns the place of a name, -1 where s has not got it.
func (s *Shape) find(name unistring.String) int {
	if s.index != nil {
		if i, ok := s.index[name]; ok {
			return i
		}
		return -1
	}
	for i, n := range s.names {
		if n == name {
			return i
		}
	}
	return -1
}
