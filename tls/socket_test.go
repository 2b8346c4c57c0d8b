package tls_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/spindle-js/spindle/buffer"
	"github.com/spindle-js/spindle/crypto"
	"github.com/spindle-js/spindle/loop"
	"github.com/spindle-js/spindle/net"
	"github.com/spindle-js/spindle/tls"
)

func read(t *testing.T, name string) []byte {
	t.Helper()
	p, err := os.ReadFile(filepath.Join("..", "scripts", "compat", "tls", "fixtures", name))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func credentials(t *testing.T) *tls.Context {
	t.Helper()
	c := tls.NewContext()
	k, err := crypto.ParsePrivate(crypto.Source{Data: read(t, "one-key.pem")})
	if err != nil {
		t.Fatal(err)
	}
	if err = c.AddCertificate(read(t, "one-cert.pem")); err == nil {
		err = c.AddKey(k)
	}
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// TestEcho sends more than the sockets' buffers hold through a server and back,
// with a client that verifies it.
func TestEcho(t *testing.T) {
	l, err := loop.New()
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	const size = 3 << 20
	got := 0
	trusted := tls.NewContext()
	if err := trusted.AddCA(read(t, "ca-cert.pem")); err != nil {
		t.Fatal(err)
	}
	srv := &tls.Server{}
	srv.Init(l, srv, net.NewServerOptions())
	srv.NewSocket = func(parent tls.Parent, o tls.SocketOptions) (*tls.Socket, error) {
		s := &tls.Socket{}
		return s, s.Init(l, s, parent, net.NewSocketOptions(), o)
	}
	srv.Secure(&srv.Server, credentials(t), tls.ServerOptions{})
	srv.On("secureConnection", func(args ...any) {
		s := args[0].(*tls.Socket)
		s.OnData(func(c buffer.Chunk) { s.Write(c, "", nil) })
		s.OnEnd(func() { s.End(buffer.Chunk{}, "", nil) })
	})
	var client *tls.Socket
	srv.On("listening", func(...any) {
		a, _, _ := srv.Address()
		client = &tls.Socket{}
		if err := client.Init(l, client, nil, net.NewSocketOptions(), tls.SocketOptions{Context: trusted, Servername: "one.example"}); err != nil {
			t.Error(err)
		}
		client.Once("secure", func(...any) {
			if err := client.VerifyError(); err != nil {
				t.Error(err)
			}
			if p := client.Protocol(); p != "TLSv1.3" {
				t.Error(p)
			}
			client.Write(buffer.Text(strings.Repeat("x", size)), "", nil)
		})
		client.OnData(func(c buffer.Chunk) {
			if got += len(c.Bytes); got == size {
				client.End(buffer.Chunk{}, "", nil)
			}
		})
		client.Once("close", func(...any) { srv.Close(nil) })
		if err := client.Connect(net.ConnectOptions{Host: "127.0.0.1", Port: a.Port}, nil); err != nil {
			t.Error(err)
		}
	})
	lo := net.NewListenOptions()
	lo.Host = "127.0.0.1"
	if err := srv.Listen(lo, nil); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	if err := l.Run(ctx); err != nil {
		t.Fatal(err)
	}
	if got != size {
		t.Errorf("%d bytes came back", got)
	}
}
