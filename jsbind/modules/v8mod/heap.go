package v8mod

import (
	"math"
	"runtime"
	"runtime/debug"

	"github.com/dop251/goja"
)

// spaces are V8's; everything that a program allocates is in old_space here.
var spaces = []string{"read_only_space", "new_space", "old_space", "code_space", "shared_space", "trusted_space", "shared_trusted_space",
	"new_large_object_space", "large_object_space", "code_large_object_space", "shared_large_object_space",
	"shared_trusted_large_object_space", "trusted_large_object_space"}

// heapLimit is the memory limit of the process, or all of it that a pointer
// could reach within V8's numbers.
func heapLimit() uint64 {
	if n := debug.SetMemoryLimit(-1); n < math.MaxInt64 {
		return uint64(n)
	}
	return 1 << 32
}

// heapStatistics is v8.getHeapStatistics, told by Go's runtime.
func (m *module) heapStatistics(goja.FunctionCall) goja.Value {
	var s runtime.MemStats
	runtime.ReadMemStats(&s)
	limit := heapLimit()
	free := uint64(0)
	if limit > s.HeapAlloc {
		free = limit - s.HeapAlloc
	}
	return m.record(
		"total_heap_size", s.HeapSys, "total_heap_size_executable", 0, "total_physical_size", s.HeapSys-s.HeapReleased,
		"total_available_size", free, "used_heap_size", s.HeapAlloc, "heap_size_limit", limit,
		"malloced_memory", s.Sys-s.HeapSys, "peak_malloced_memory", s.Sys-s.HeapSys, "does_zap_garbage", 0,
		"number_of_native_contexts", 1, "number_of_detached_contexts", 0,
		"total_global_handles_size", 0, "used_global_handles_size", 0, "external_memory", s.OtherSys)
}

func (m *module) heapSpaceStatistics(goja.FunctionCall) goja.Value {
	var s runtime.MemStats
	runtime.ReadMemStats(&s)
	list := make([]any, len(spaces))
	for i, name := range spaces {
		size, used := uint64(0), uint64(0)
		if name == "old_space" {
			size, used = s.HeapSys, s.HeapAlloc
		}
		list[i] = m.record("space_name", name, "space_size", size, "space_used_size", used, "space_available_size", size-used, "physical_space_size", size)
	}
	return m.rt.VM.NewArray(list...)
}

// record makes an object of names and values.
func (m *module) record(list ...any) *goja.Object {
	o := m.rt.VM.NewObject()
	for i := 0; i < len(list); i += 2 {
		v := list[i+1]
		if n, ok := v.(uint64); ok {
			v = int64(n)
		}
		_ = o.Set(list[i].(string), v)
	}
	return o
}
