// Package web serves a store over HTTP: Cayley's API as its clients know it, the
// saved queries, Cayley's own user interface made to work without a network, and
// pages of our own that show the evidence. It reads the graph through queries
// and knows nothing of how claims are found.
package web

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"runtime"
	"strings"
	"sync/atomic"
	"time"

	"hearsay/graph"
	"hearsay/queries"
)

// Options say how a store is served. The zero value serves it read-only with the
// built-in queries.
type Options struct {
	Queries  *queries.Set  // nil for the built-in ones
	Writable bool          // answer the routes that change the store
	Timeout  time.Duration // of a query; 0 is 30 seconds
	Token    string        // what every request must bring, "" for nothing
	Hosts    []string      // names that requests may ask for, beside those of this machine's loopback
	AnyHost  bool          // answer under every name
	Log      *slog.Logger  // nil logs nothing
}

// Limits of requests.
const (
	maxScript  = 1 << 20  // bytes of a query
	maxWrite   = 64 << 20 // bytes of quads in one request
	maxAnswer  = 64 << 20 // bytes of rows in one answer
	maxRows    = 100_000  // rows that a request may ask for
	rowsAnswer = 1000     // rows where it doesn't say
)

// Server answers requests about one store.
type Server struct {
	store   *graph.Store
	opts    Options
	bundle  *bundle
	metrics *metrics
	slots   chan struct{} // one for each query that may run at a time
	handler http.Handler

	names    cached[*nameIndex]
	search   cached[*wordIndex]
	disputes cached[*disputesView]
	latest   cached[[]graph.Row] // documents

	rereading atomic.Bool // the outline will be read anew
}

// New makes a server of the store. It fails where the embedded user interface
// isn't the one that is known.
func New(store *graph.Store, opts Options) (*Server, error) {
	if opts.Timeout <= 0 {
		opts.Timeout = graph.DefaultTimeout
	}
	if opts.Log == nil {
		opts.Log = slog.New(slog.DiscardHandler)
	}
	if opts.Queries == nil {
		set, err := queries.Load()
		if err != nil {
			return nil, err
		}
		opts.Queries = set
	}
	b, err := newBundle(opts.Writable)
	if err != nil {
		return nil, err
	}
	s := &Server{store: store, opts: opts, bundle: b, metrics: newMetrics(), slots: make(chan struct{}, 4*runtime.GOMAXPROCS(0))}
	s.names.load = func(ctx context.Context) (*nameIndex, error) { return readNames(ctx, store) }
	s.search.load = func(ctx context.Context) (*wordIndex, error) { return readWords(ctx, store) }
	s.disputes.load = func(ctx context.Context) (*disputesView, error) { return s.disputesAbout(ctx, "") }
	s.latest.load = func(ctx context.Context) ([]graph.Row, error) { return s.ask(ctx, "documents", nil) }
	s.handler = s.guard(s.routes())
	return s, nil
}

// ServeHTTP answers a request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.handler.ServeHTTP(w, r) }

func (s *Server) guard(h http.Handler) http.Handler {
	h = checkOrigin(h)
	if s.opts.Token != "" {
		h = checkToken(s.opts.Token, h)
	}
	if !s.opts.AnyHost {
		h = checkHost(s.opts.Hosts, h)
	}
	return secure(observe(s.opts.Log, s.metrics, h))
}

func (s *Server) routes() *http.ServeMux {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", s.index)
	mux.HandleFunc("/", s.file)
	mux.HandleFunc("GET /healthz", s.health)
	mux.Handle("GET /metrics", s.metrics.handler())

	mux.HandleFunc("GET /api/v2/query", s.query)
	mux.HandleFunc("POST /api/v2/query", s.query)
	mux.HandleFunc("GET /api/v2/read", s.read)
	mux.HandleFunc("POST /api/v2/read", s.read)
	mux.HandleFunc("GET /api/v2/formats", s.formats)
	mux.HandleFunc("POST /api/v2/write", s.writes(s.write))
	mux.HandleFunc("POST /api/v2/delete", s.writes(s.delete))
	mux.HandleFunc("POST /api/v2/node/delete", s.writes(s.deleteNode))
	mux.HandleFunc("/api/", func(w http.ResponseWriter, r *http.Request) {
		fail(w, r, http.StatusNotFound, fmt.Errorf("no route %s %s", r.Method, r.URL.Path))
	})

	mux.HandleFunc("GET /api/queries", s.listQueries)
	mux.HandleFunc("GET /api/queries/{name}", s.runQuery)
	mux.HandleFunc("GET /api/backup", s.backup)
	mux.HandleFunc("GET /api/names", s.readableNames)
	mux.HandleFunc("GET /api/complete", s.complete)

	mux.HandleFunc("GET /node", s.showNode)
	mux.HandleFunc("GET /documents", s.showDocuments)
	mux.HandleFunc("GET /document", s.showDocument)
	mux.HandleFunc("GET /entities", s.showEntities)
	mux.HandleFunc("GET /entity", s.showEntity)
	mux.HandleFunc("GET /proposition", s.showProposition)
	mux.HandleFunc("GET /claim", s.showClaim)
	mux.HandleFunc("POST /review", s.review)
	mux.HandleFunc("GET /disputes", s.showDisputes)
	mux.HandleFunc("GET /ask", s.showQueries)
	mux.HandleFunc("GET /ask/{name}", s.showQuery)
	mux.HandleFunc("GET /search", s.showSearch)
	return mux
}

// health says whether the store can be read.
func (s *Server) health(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), 5*time.Second)
	defer cancel()
	for _, err := range s.store.Query(ctx, `g.V("<hs:Claim>").limit(1).all()`, graph.QueryOptions{}) {
		if err != nil {
			fail(w, r, http.StatusServiceUnavailable, err)
			return
		}
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	fmt.Fprintln(w, "ok")
}

// index is Cayley's page. /?query=NAME&k=v opens it on a saved query with these
// values, /?script=… on a script; &run=1 runs it at once.
func (s *Server) index(w http.ResponseWriter, r *http.Request) {
	values := r.URL.Query()
	var p *prepared
	switch name := values.Get("query"); {
	case name != "":
		q, err := s.opts.Queries.Get(name)
		if err != nil {
			fail(w, r, http.StatusNotFound, err)
			return
		}
		p = &prepared{Name: q.Name, Text: q.Source, Values: map[string]string{}, Run: values.Get("run") != ""}
		for _, param := range q.Params {
			if v := values.Get(param.Name); v != "" {
				p.Values[param.Name] = v
			}
		}
	case values.Get("script") != "":
		p = &prepared{Text: values.Get("script"), Run: values.Get("run") != ""}
	}
	s.bundle.serveIndex(w, p)
}

func (s *Server) file(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		fail(w, r, http.StatusMethodNotAllowed, fmt.Errorf("%s is read with GET", r.URL.Path))
		return
	}
	if !s.bundle.serveFile(w, r) {
		fail(w, r, http.StatusNotFound, fmt.Errorf("there is no page %s", r.URL.Path))
	}
}

// slot waits for its turn to run a query, and gives up when ctx ends.
func (s *Server) slot(ctx context.Context) (release func(), err error) {
	select {
	case s.slots <- struct{}{}:
		return func() { <-s.slots }, nil
	case <-ctx.Done():
		return nil, errBusy
	}
}

var errBusy = errors.New("too many queries at the same time: try again")

// Listen opens the address. One that other machines can reach is refused unless
// requests must bring a token or insecure says so.
func Listen(addr, token string, insecure bool) (net.Listener, error) {
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return nil, fmt.Errorf("address %q: want host:port, as 127.0.0.1:64210", addr)
	}
	ip := net.ParseIP(host)
	loopback := host == "localhost" || ip != nil && ip.IsLoopback()
	if !loopback && token == "" && !insecure {
		return nil, fmt.Errorf("address %q: %w", addr, ErrExposed)
	}
	l, err := net.Listen("tcp", addr)
	if err != nil {
		return nil, fmt.Errorf("listen: %w", err)
	}
	return l, nil
}

// ErrExposed is what Listen gives for an address that other machines can reach.
var ErrExposed = errors.New("other machines could reach it, and nothing would ask them who they are")

// Serve answers requests on the listener until ctx ends; then it lets the
// running ones finish for at most ten seconds.
func (s *Server) Serve(ctx context.Context, l net.Listener) error {
	srv := s.httpServer()
	go s.warm(ctx)
	stopped := make(chan error, 1)
	go func() {
		<-ctx.Done()
		grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
		defer cancel()
		stopped <- srv.Shutdown(grace)
	}()
	if err := srv.Serve(l); !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("serve: %w", err)
	}
	if err := <-stopped; err != nil {
		return fmt.Errorf("stop serving: %w", errors.Join(err, srv.Close()))
	}
	return nil
}

// httpServer has a limit for each way in which a client can hold a connection.
func (s *Server) httpServer() *http.Server {
	return &http.Server{
		Handler:           s,
		ReadHeaderTimeout: 10 * time.Second,
		ReadTimeout:       time.Minute,
		WriteTimeout:      s.opts.Timeout + time.Minute,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    64 << 10,
		ErrorLog:          slog.NewLogLogger(s.opts.Log.Handler(), slog.LevelWarn),
	}
}

// warm reads what the first visitor would wait for.
func (s *Server) warm(ctx context.Context) {
	oerr := s.store.Outline(ctx)
	_, nerr := s.names.get(ctx)
	_, serr := s.search.get(ctx)
	_, derr := s.disputes.get(ctx)
	_, lerr := s.latest.get(ctx)
	if err := errors.Join(oerr, nerr, serr, derr, lerr); err != nil && ctx.Err() == nil {
		s.opts.Log.Warn("could not read ahead", "error", err)
	}
}

// outlineAfter is how long after a change of documents the store's outline is
// read anew: several changes in a row share one reading.
const outlineAfter = 2 * time.Second

// forget drops what was read of the store before it was changed.
func (s *Server) forget() {
	if s.rereading.CompareAndSwap(false, true) {
		time.AfterFunc(outlineAfter, func() {
			s.rereading.Store(false)
			if err := s.store.Outline(context.Background()); err != nil {
				s.opts.Log.Warn("could not read ahead", "error", err)
			}
		})
	}
	s.names.forget()
	s.search.forget()
	s.disputes.forget()
	s.latest.forget()
}

// PublicHost is the host that requests to a listener's address name, where that
// is a certain one.
func PublicHost(addr string) []string {
	host, _, err := net.SplitHostPort(addr)
	if ip := net.ParseIP(host); err != nil || host == "" || ip != nil && ip.IsUnspecified() {
		return nil
	}
	return []string{strings.Trim(host, "[]")}
}
