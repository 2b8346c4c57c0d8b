package processmod

import (
	"os"
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

// argvCopied says that os.Args no longer shares its memory with the command
// line.
var argvCopied bool

// setTitle writes a title over the command line, cut to the room that there is,
// and returns what fitted.
func setTitle(title string) string {
	room := commandLine()
	if room == nil {
		return title
	}
	n := copy(room, title)
	clear(room[n:])
	setThreadName(string(room[:n]))
	return string(room[:n])
}

var room []byte

// commandLine returns the memory of the command line after giving os.Args
// memory of its own.
func commandLine() []byte {
	if !argvCopied {
		argvCopied = true
		room = titleRoom()
		for i, a := range os.Args {
			os.Args[i] = string(append([]byte(nil), a...))
		}
	}
	return room
}
