package main

import (
	"bufio"
	"context"
	"fmt"
	stdnet "net"
	"strings"
	"time"
)

// measureIdle opens many connections, makes one request on each, leaves them
// open and takes the growth of the server's anonymous memory: pages of the
// program's file come and go.
func measureIdle(ctx context.Context, c config, s scenario, p program) (measurement, error) {
	subject, stop, err := startSubject(ctx, c, s, p, "KEEP_ALIVE=0")
	if err != nil {
		return measurement{}, err
	}
	defer stop()
	port, err := subject.port(ctx)
	if err != nil {
		return measurement{}, err
	}
	address := fmt.Sprintf("127.0.0.1:%d", port)
	warm, err := openIdle(ctx, address, 200)
	closeAll(warm)
	if err != nil {
		return measurement{}, err
	}
	before, err := settledMemory(ctx, subject.pid())
	if err != nil {
		return measurement{}, err
	}
	open, err := openIdle(ctx, address, c.Idle)
	defer closeAll(open)
	if err != nil {
		return measurement{}, err
	}
	after, err := settledMemory(ctx, subject.pid())
	if err != nil {
		return measurement{}, err
	}
	peak, err := peakMemory(subject.pid())
	if err != nil {
		return measurement{}, err
	}
	return measurement{BytesEach: float64(after-before) / float64(c.Idle), PeakMB: float64(peak) / (1 << 20)}, nil
}

// openIdle opens n connections and gets one answer on each.
func openIdle(ctx context.Context, address string, n int) ([]stdnet.Conn, error) {
	conns := make([]stdnet.Conn, 0, n)
	for range n {
		if ctx.Err() != nil {
			return conns, ctx.Err()
		}
		conn, err := stdnet.DialTimeout("tcp", address, 10*time.Second)
		if err != nil {
			return conns, err
		}
		conns = append(conns, conn)
		if err := conn.SetDeadline(time.Now().Add(10 * time.Second)); err != nil {
			return conns, err
		}
		if _, err := conn.Write([]byte("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")); err != nil {
			return conns, err
		}
		line, err := bufio.NewReaderSize(conn, 1024).ReadString('\n')
		if err != nil {
			return conns, err
		}
		if !strings.HasPrefix(line, "HTTP/1.1 200 ") {
			return conns, fmt.Errorf("answered %q", line)
		}
	}
	return conns, nil
}

func closeAll(conns []stdnet.Conn) {
	for _, conn := range conns {
		_ = conn.Close()
	}
}

// settledMemory waits until anonymous memory has not changed by 1 % for a second,
// for five seconds at most.
func settledMemory(ctx context.Context, pid int) (int64, error) {
	last := int64(0)
	for range 5 {
		select {
		case <-time.After(time.Second):
		case <-ctx.Done():
			return 0, ctx.Err()
		}
		now, err := anonymousMemory(pid)
		if err != nil {
			return 0, err
		}
		if difference := now - last; difference < now/100 && difference > -now/100 {
			return now, nil
		}
		last = now
	}
	return last, nil
}
