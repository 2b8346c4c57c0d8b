// Command floor is the least that an http responder can cost on one epoll loop
// in Go: it looks for the end of each request's head and writes one fixed
// answer. It parses nothing, allocates nothing per request, and serves the
// benchmarks as the floor under the others, and as their origin server.
//
// SIZE in the environment is the length of the answer's body in bytes (13).
package main

import (
	"bytes"
	"fmt"
	"os"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"unsafe"
)

const (
	maxEvents = 256
	// keptHead is the part of a request that came without its end.
	keptHead = 16 << 10
)

var headEnd = []byte("\r\n\r\n")

func main() {
	fmt.Fprintln(os.Stderr, "floor:", serve())
	os.Exit(1)
}

// serve runs until something fails, and returns that.
func serve() error {
	runtime.LockOSThread()
	body := "Hello, world!"
	if size, err := strconv.Atoi(os.Getenv("SIZE")); err == nil {
		body = strings.Repeat("x", size)
	}
	answer := []byte(fmt.Sprintf("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: %d\r\n\r\n%s", len(body), body))

	listener, port, err := listen()
	if err != nil {
		return err
	}
	poll, err := syscall.EpollCreate1(syscall.EPOLL_CLOEXEC)
	if err != nil {
		return err
	}
	if err := watch(poll, listener); err != nil {
		return err
	}
	fmt.Printf("listening on http://127.0.0.1:%d\n", port)

	events := make([]syscall.EpollEvent, maxEvents)
	input := make([]byte, 64<<10)
	heads := map[int][]byte{} // unfinished heads by descriptor
	for {
		n, err := syscall.EpollWait(poll, events, -1)
		if err == syscall.EINTR {
			continue
		}
		if err != nil {
			return err
		}
		for _, event := range events[:n] {
			fd := int(event.Fd)
			if fd == listener {
				accept(poll, listener)
				continue
			}
			got, err := rawRead(fd, input)
			if err == syscall.EAGAIN {
				continue
			}
			if got <= 0 {
				delete(heads, fd)
				_ = syscall.Close(fd)
				continue
			}
			data := input[:got]
			if head, ok := heads[fd]; ok {
				data = append(head, data...)
				delete(heads, fd)
			}
			for {
				end := bytes.Index(data, headEnd)
				if end < 0 {
					break
				}
				data = data[end+len(headEnd):]
				if _, err := rawWrite(fd, answer); err != nil {
					break
				}
			}
			if len(data) > 0 && len(data) < keptHead {
				heads[fd] = append([]byte(nil), data...)
			}
		}
	}
}

func listen() (fd, port int, err error) {
	fd, err = syscall.Socket(syscall.AF_INET, syscall.SOCK_STREAM|syscall.SOCK_NONBLOCK|syscall.SOCK_CLOEXEC, 0)
	if err != nil {
		return 0, 0, err
	}
	if err = syscall.Bind(fd, &syscall.SockaddrInet4{Addr: [4]byte{127, 0, 0, 1}}); err != nil {
		return 0, 0, err
	}
	if err = syscall.Listen(fd, 1024); err != nil {
		return 0, 0, err
	}
	address, err := syscall.Getsockname(fd)
	if err != nil {
		return 0, 0, err
	}
	return fd, address.(*syscall.SockaddrInet4).Port, nil
}

func watch(poll, fd int) error {
	return syscall.EpollCtl(poll, syscall.EPOLL_CTL_ADD, fd, &syscall.EpollEvent{Events: syscall.EPOLLIN, Fd: int32(fd)})
}

// accept takes every waiting connection; a failure concerns that one only.
func accept(poll, listener int) {
	for {
		fd, _, err := syscall.Accept4(listener, syscall.SOCK_NONBLOCK|syscall.SOCK_CLOEXEC)
		if err != nil {
			return
		}
		_ = syscall.SetsockoptInt(fd, syscall.IPPROTO_TCP, syscall.TCP_NODELAY, 1)
		if watch(poll, fd) != nil {
			_ = syscall.Close(fd)
		}
	}
}

// rawRead and rawWrite leave the scheduler out: the descriptors never block.
func rawRead(fd int, p []byte) (int, error) {
	n, _, errno := syscall.RawSyscall(syscall.SYS_READ, uintptr(fd), uintptr(unsafe.Pointer(&p[0])), uintptr(len(p)))
	if errno != 0 {
		return -1, errno
	}
	return int(n), nil
}

func rawWrite(fd int, p []byte) (int, error) {
	n, _, errno := syscall.RawSyscall(syscall.SYS_WRITE, uintptr(fd), uintptr(unsafe.Pointer(&p[0])), uintptr(len(p)))
	if errno != 0 {
		return -1, errno
	}
	return int(n), nil
}
