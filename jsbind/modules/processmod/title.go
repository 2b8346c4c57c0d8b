package processmod

import (
	"os"
	"strings"
	"sync"
	"unsafe"
)

// titleRoom is the memory of the command line, which is what ps(1) shows.
func titleRoom() []byte {
	if len(os.Args) == 0 || os.Args[0] == "" {
		return nil
	}
	// The arguments lie one behind the other, each with a zero at its end, as
	// the system put them there.
	start := unsafe.StringData(os.Args[0])
	end := uintptr(unsafe.Pointer(start))
	for _, a := range os.Args {
		if uintptr(unsafe.Pointer(unsafe.StringData(a))) != end {
			break
		}
		end += uintptr(len(a)) + 1
	}
	return unsafe.Slice(start, end-uintptr(unsafe.Pointer(start))-1)
}

// setTitle writes a title over the command line, cut to the room that there is,
// and returns what fitted.
func setTitle(title string) string {
	if room == nil {
		return title
	}
	ownArgs()
	n := copy(room, title)
	clear(room[n:])
	setThreadName(string(room[:n]))
	return string(room[:n])
}

// room is the memory of the command line, taken before anybody could give
// os.Args other strings.
var room = titleRoom()

// ownArgs gives os.Args memory of its own.
var ownArgs = sync.OnceFunc(func() {
	for i, a := range os.Args {
		os.Args[i] = strings.Clone(a)
	}
})
