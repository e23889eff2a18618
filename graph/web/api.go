package web

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"strings"

	"github.com/cayleygraph/quad"

	"hearsay/graph"
	"hearsay/queries"
)

// query answers /api/v2/query: the script is the body, whatever its content
// type, or qu. Values of the script's parameters come as param.NAME, checked
// against its header where it has one.
func (s *Server) query(w http.ResponseWriter, r *http.Request) {
	script, opts, err := s.readQuery(w, r)
	if err != nil {
		fail(w, r, statusOf(err), err)
		return
	}
	rows, err := s.values(r.Context(), script, opts)
	if err != nil {
		fail(w, r, statusOf(err), err)
		return
	}
	list, err := encodeRows(rows)
	if err != nil {
		fail(w, r, http.StatusInternalServerError, err)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	if opts.JSONLD {
		w.Header().Set("Content-Type", "application/ld+json")
	}
	w.Header().Set("Cache-Control", "no-store")
	fmt.Fprintf(w, "{\"result\": %s}\n", list)
}

func (s *Server) readQuery(w http.ResponseWriter, r *http.Request) (script string, opts graph.QueryOptions, err error) {
	values := r.URL.Query()
	switch lang := values.Get("lang"); lang {
	case "gizmo":
	case "":
		return "", opts, badRequest("query language not specified: add ?lang=gizmo")
	default:
		return "", opts, badRequest("unknown query language %q: want gizmo", lang)
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxScript))
	if err != nil {
		return "", opts, fmt.Errorf("read the query: %w", err)
	}
	script = string(body)
	if strings.TrimSpace(script) == "" {
		script = values.Get("qu")
	}
	if strings.TrimSpace(script) == "" {
		return "", opts, badRequest("query is empty: send the script as the body, or as qu")
	}
	if opts.Limit, err = limitOf(r, rowsAnswer); err != nil {
		return "", opts, err
	}
	accept, _, _ := mime.ParseMediaType(strings.Split(r.Header.Get("Accept"), ",")[0])
	opts.JSONLD = accept == "application/ld+json"
	opts.Params, err = s.scriptParams(r, script)
	return script, opts, err
}

// scriptParams are the values given as param.NAME, by the types of the script's
// own header; a parameter that the header doesn't know, or any without a header,
// is a string.
func (s *Server) scriptParams(r *http.Request, script string) (map[string]any, error) {
	q, err := queries.ParseScript(script)
	if err != nil {
		return nil, requestError{err}
	}
	given, free := map[string]string{}, map[string]any{}
	for k, v := range r.URL.Query() {
		name, ok := strings.CutPrefix(k, "param.")
		switch {
		case !ok:
		case q.Param(name) != nil:
			given[name] = v[0]
		default:
			free[name] = v[0]
		}
	}
	params, err := q.Bind(given, s.resolver(r))
	if err != nil {
		return nil, err
	}
	for k, v := range free {
		params[k] = v
	}
	return params, nil
}

func (s *Server) resolver(r *http.Request) queries.Resolver {
	return func(name string) (string, error) { return s.store.Resolve(r.Context(), name) }
}

// read answers /api/v2/read: the quads with the given sub, pred, obj and label
// (each a list of terms, separated by commas), as N-Quads.
func (s *Server) read(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, maxScript)
	if f := r.FormValue("format"); f != "" && f != "nquads" {
		fail(w, r, http.StatusBadRequest, fmt.Errorf("format %q is not supported: want nquads", f))
		return
	}
	var p graph.Pattern
	for key, part := range map[string]*[]quad.Value{"sub": &p.Subject, "pred": &p.Predicate, "obj": &p.Object, "label": &p.Label} {
		terms, err := termsOf(r.FormValue(key))
		if err != nil {
			fail(w, r, http.StatusBadRequest, fmt.Errorf("%s: %w", key, err))
			return
		}
		*part = terms
	}
	h := w.Header()
	h.Set("Content-Type", "application/n-quads")
	h.Set("Cache-Control", "no-store")
	started, line := false, []byte(nil)
	err := s.store.Select(r.Context(), p, func(q quad.Quad) error {
		started = true
		line = graph.AppendNQuad(line[:0], q)
		_, err := w.Write(line)
		return err
	})
	switch {
	case err == nil:
	case started:
		s.opts.Log.Warn("read ended early", "error", err)
		panic(http.ErrAbortHandler) // the client must not take it for the whole
	default:
		fail(w, r, http.StatusInternalServerError, err)
	}
}

// termsOf reads terms separated by commas; a comma within <> or "" separates nothing.
func termsOf(s string) ([]quad.Value, error) {
	var values []quad.Value
	for s != "" {
		end, closing := 0, byte(0)
		for ; end < len(s); end++ {
			c := s[end]
			switch {
			case closing == '"' && c == '\\':
				end++
			case closing != 0 && c == closing:
				closing = 0
			case closing == 0 && c == '<':
				closing = '>'
			case closing == 0 && c == '"':
				closing = '"'
			case closing == 0 && c == ',':
				closing = 1 // ends the loop
			}
			if closing == 1 {
				break
			}
		}
		end = min(end, len(s))
		v, err := graph.ParseTerm(s[:end])
		if err != nil {
			return nil, err
		}
		values = append(values, v)
		s = strings.TrimPrefix(s[end:], ",")
	}
	return values, nil
}

// formats answers /api/v2/formats with what read and write take.
func (s *Server) formats(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	writeJSON(w, []map[string]any{{"id": "nquads", "read": true, "write": true, "nodes": true,
		"ext": []string{".nq", ".nt"}, "mime": []string{"application/n-quads", "application/n-triples"}}})
}

// writes answers with h where the server is writable, else 403.
func (s *Server) writes(h func(*http.Request, io.Reader) (string, int, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if !s.opts.Writable {
			fail(w, r, http.StatusForbidden, errors.New("the store is served read-only: start the server with --writable"))
			return
		}
		verb, n, err := h(r, http.MaxBytesReader(w, r.Body, maxWrite))
		if err != nil {
			fail(w, r, statusOf(err), err)
			return
		}
		s.forget()
		w.Header().Set("Content-Type", "application/json")
		writeJSON(w, map[string]any{"result": fmt.Sprintf("Successfully %s %d quads.", verb, n), "count": n})
	}
}

// write stores all quads of the body, or none where a line is malformed.
func (s *Server) write(r *http.Request, body io.Reader) (string, int, error) {
	data, err := io.ReadAll(body)
	if err != nil {
		return "", 0, fmt.Errorf("read the quads: %w", err)
	}
	n := 0
	for line := range strings.Lines(string(data)) {
		n++
		if _, _, err := graph.ParseNQuad(strings.TrimRight(line, "\r\n")); err != nil {
			return "", 0, graph.LineError{Line: n, Err: err}
		}
	}
	res, err := s.store.Import(r.Context(), bytes.NewReader(data), graph.ImportOptions{Strict: true})
	return "wrote", res.Quads, err
}

func (s *Server) delete(r *http.Request, body io.Reader) (string, int, error) {
	n, err := s.store.Delete(r.Context(), body)
	return "deleted", n, err
}

func (s *Server) deleteNode(r *http.Request, body io.Reader) (string, int, error) {
	node, err := io.ReadAll(body)
	if err != nil {
		return "", 0, fmt.Errorf("read the node: %w", err)
	}
	n, err := s.store.DeleteNode(r.Context(), strings.TrimSpace(string(node)))
	return "deleted", n, err
}
