package main

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"time"

	"github.com/spf13/cobra"

	"hearsay/graph"
	"hearsay/graph/web"
)

// defaultAddress is where serve and demo listen: this machine alone reaches it.
const defaultAddress = "127.0.0.1:64210"

// serveFlags are what the serve command was told.
type serveFlags struct {
	db, addr, token, logFormat string
	writable, insecure         bool
	timeout                    time.Duration
	dirs, hosts                []string
}

func serveCommand() *cobra.Command {
	var f serveFlags
	c := &cobra.Command{
		Use:   "serve",
		Short: "Serve a store: pages, Cayley's web UI and API",
		Long: `Serve answers on loopback, read-only: evidence pages, Cayley's web UI and API, and
the saved queries. Nothing that it serves needs a network.

An address that other machines can reach is refused unless every request must
bring a token (--token, or HEARSAY_TOKEN), or --insecure says that none is needed.`,
		Example: "  hearsay serve\n  hearsay serve --db bolt:cases.db --addr 127.0.0.1:8080 --queries mine\n" +
			"  HEARSAY_TOKEN=secret hearsay serve --addr 0.0.0.0:64210",
		Args: noArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			return withStore(c, f.db, !f.writable, func(store *graph.Store) error {
				return f.serve(c, store, func(string) {})
			})
		},
	}
	storeFlag(c, &f.db)
	c.Flags().StringVar(&f.addr, "addr", defaultAddress, "address to listen on")
	c.Flags().BoolVar(&f.writable, "writable", false, "offer the routes and the page that change the store")
	c.Flags().DurationVar(&f.timeout, "timeout", graph.DefaultTimeout, "end a query after this time")
	c.Flags().StringVar(&f.token, "token", os.Getenv("HEARSAY_TOKEN"), "what every request must bring")
	c.Flags().Lookup("token").DefValue = ""
	c.Flags().BoolVar(&f.insecure, "insecure", false, "answer other machines without a token")
	c.Flags().StringArrayVar(&f.dirs, "queries", nil, "folder with queries of your own")
	c.Flags().StringArrayVar(&f.hosts, "host", nil, "name that requests may use for this server")
	c.Flags().StringVar(&f.logFormat, "log", "text", "log requests as text, json or not at all (off)")
	return c
}

// serve answers until the command is interrupted. ready is told the address that
// a browser would open.
func (f *serveFlags) serve(c *cobra.Command, store *graph.Store, ready func(url string)) error {
	log, err := newLog(c.ErrOrStderr(), f.logFormat)
	if err != nil {
		return err
	}
	if f.timeout <= 0 {
		return usage("--timeout %s: want a time, as 30s", f.timeout)
	}
	set, err := loadQueries(f.dirs)
	if err != nil {
		return err
	}
	l, err := web.Listen(f.addr, f.token, f.insecure)
	switch {
	case errors.Is(err, web.ErrExposed):
		return &exitError{code: exitUsage, err: err, hint: "give a --token that every request must bring, or say --insecure"}
	case err != nil:
		return hinted(err, "--addr names another address, as 127.0.0.1:0 for any free one")
	}
	server, err := web.New(store, web.Options{Queries: set, Writable: f.writable, Timeout: f.timeout, Token: f.token,
		Hosts: append(web.PublicHost(f.addr), f.hosts...), AnyHost: f.insecure || f.token != "", Log: log})
	if err != nil {
		return errors.Join(err, l.Close())
	}
	url := browserURL(l.Addr())
	fmt.Fprintf(c.ErrOrStderr(), "serving %s at %s\n", f.db, url)
	ready(url)
	return server.Serve(c.Context(), l)
}

// browserURL is how this machine's browser reaches the listener.
func browserURL(addr net.Addr) string {
	host, port, err := net.SplitHostPort(addr.String())
	if ip := net.ParseIP(host); err == nil && ip != nil && ip.IsUnspecified() {
		host = "127.0.0.1"
	}
	return "http://" + net.JoinHostPort(host, port) + "/"
}

func newLog(out io.Writer, format string) (*slog.Logger, error) {
	switch format {
	case "text":
		return slog.New(slog.NewTextHandler(out, nil)), nil
	case "json":
		return slog.New(slog.NewJSONHandler(out, nil)), nil
	case "off":
		return slog.New(slog.DiscardHandler), nil
	}
	return nil, usage("--log %q: text, json and off are known", format)
}
