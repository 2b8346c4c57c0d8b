package lang

import (
	"strings"

	"github.com/dop251/goja"
	"github.com/dop251/goja/unistring"

	"github.com/spindle-js/spindle/jsbind/engine"
)

// Objects in JSON texts mostly have the names of an earlier object in the same
// order. jsonShapes remembers those orders as a tree: a name that comes next as
// it did the last time is compared, not hashed, and the objects share the list
// of their names.
type jsonShapes struct {
	root        jsonShape
	count       int // shapes below the root
	objectProto *goja.Object
}

// jsonShape is the names from the root down to it.
type jsonShape struct {
	key    string
	parent *jsonShape
	depth  int // how many names
	last   *jsonShape
	kids   map[string]*jsonShape
	names  engine.Names // made when an object first ends here
}

const (
	maxShapes     = 4096 // more are forgotten all together
	maxShapeNames = 64   // an object with more names has no shape
	maxShapeKey   = 64   // bytes of a name
)

// next returns the shape that adds key, nil if it has none: where the name is
// there already or could be an array index.
func (s *jsonShapes) next(shape *jsonShape, key string) *jsonShape {
	if next := shape.kids[key]; next != nil {
		shape.last = next
		return next
	}
	if key == "" || key[0] >= '0' && key[0] <= '9' || len(key) > maxShapeKey || shape.depth >= maxShapeNames {
		return nil
	}
	for before := shape; before.parent != nil; before = before.parent {
		if before.key == key {
			return nil
		}
	}
	if s.count++; s.count > maxShapes {
		s.count, s.root = 0, jsonShape{}
		return nil
	}
	next := &jsonShape{key: strings.Clone(key), parent: shape, depth: shape.depth + 1}
	if shape.kids == nil {
		shape.kids = make(map[string]*jsonShape)
	}
	shape.kids[next.key], shape.last = next, next
	return next
}

// appendTo appends the names of the shape in order.
func (s *jsonShape) appendTo(names []unistring.String) []unistring.String {
	if s.parent == nil {
		return names
	}
	return append(s.parent.appendTo(names), unistring.String(s.key))
}

// list returns the names of the shape for new objects.
func (s *jsonShape) list() engine.Names {
	if s.names == nil {
		s.names = engine.NewNames(s.appendTo(nil))
	}
	return s.names
}

// proto returns Object.prototype.
func (s *jsonShapes) proto(vm *goja.Runtime) *goja.Object {
	if s.objectProto == nil {
		s.objectProto = vm.NewObject().Prototype()
	}
	return s.objectProto
}
