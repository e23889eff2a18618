package web

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"hearsay/graph"
	"hearsay/queries"
)

// fail answers with an error: as {"error": …}, or as a page where a browser
// asked for one.
func fail(w http.ResponseWriter, r *http.Request, status int, err error) {
	w.Header().Set("Cache-Control", "no-store")
	message := err.Error()
	var h interface{ Hint() string }
	if errors.As(err, &h) {
		message += ": " + h.Hint()
	}
	if wantsPage(r) {
		renderError(w, status, message)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	writeJSON(w, map[string]string{"error": message})
}

// wantsPage reports whether the request is a browser's for a page to show.
func wantsPage(r *http.Request) bool {
	return !strings.HasPrefix(r.URL.Path, "/api/") && strings.Contains(r.Header.Get("Accept"), "text/html")
}

func writeJSON(w http.ResponseWriter, v any) {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	_ = enc.Encode(v) // the client is gone, or it isn't
}

// statusOf is the status that tells whose fault an error is.
func statusOf(err error) int {
	var unknown *queries.UnknownError
	var param *queries.ParamError
	var name *graph.NameError
	var tooLong *http.MaxBytesError
	var line graph.LineError
	switch {
	case errors.As(err, &unknown) && unknown.Kind == "query", errors.Is(err, errNoSuchNode):
		return http.StatusNotFound
	case errors.As(err, &unknown), errors.As(err, &param), errors.As(err, &name), errors.As(err, &line),
		errors.Is(err, errRequest), errors.Is(err, graph.ErrScript):
		return http.StatusBadRequest
	case errors.As(err, &tooLong), errors.Is(err, errTooLarge), errors.Is(err, graph.ErrMemory):
		return http.StatusRequestEntityTooLarge
	case errors.Is(err, errBusy):
		return http.StatusServiceUnavailable
	case errors.Is(err, graph.ErrReadOnly):
		return http.StatusForbidden
	case errors.Is(err, graph.ErrTimeout), errors.Is(err, context.DeadlineExceeded):
		return http.StatusGatewayTimeout
	}
	return http.StatusInternalServerError
}

// errRequest marks what is wrong with the request itself.
var errRequest = errors.New("bad request")

// requestError is an error of the request, in its own words.
type requestError struct{ error }

func (requestError) Is(target error) bool { return target == errRequest }

func badRequest(format string, args ...any) error { return requestError{fmt.Errorf(format, args...)} }

var errTooLarge = fmt.Errorf("the answer is larger than %d MB: ask for fewer rows", maxAnswer>>20)

// limitOf is the number of rows that a request asks for.
func limitOf(r *http.Request, otherwise int) (int, error) {
	text := r.URL.Query().Get("limit")
	if text == "" {
		return otherwise, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 || n > maxRows {
		return 0, badRequest("limit %q: want a number from 1 to %d", text, maxRows)
	}
	return n, nil
}

// values runs a script and gathers what it emits.
func (s *Server) values(ctx context.Context, script string, opts graph.QueryOptions) ([]any, error) {
	ctx, cancel := context.WithTimeout(ctx, s.opts.Timeout)
	defer cancel()
	release, err := s.slot(ctx)
	if err != nil {
		return nil, err
	}
	defer release()
	opts.Library, opts.Timeout = queries.Library, s.opts.Timeout
	list, size := []any{}, 0
	for v, err := range s.store.QueryValues(ctx, script, opts) {
		if err != nil {
			return nil, err
		}
		if size += sizeOf(v); size > maxAnswer {
			return nil, errTooLarge
		}
		list = append(list, v)
	}
	s.metrics.rows.Add(float64(len(list)))
	return list, nil
}

// sizeOf is about the number of bytes that a value takes.
func sizeOf(v any) int {
	size := 16
	switch v := v.(type) {
	case string:
		size += len(v)
	case []any:
		for _, x := range v {
			size += sizeOf(x)
		}
	case map[string]any:
		for k, x := range v {
			size += len(k) + sizeOf(x)
		}
	}
	return size
}

// rows runs a script and gathers its rows.
func (s *Server) rows(ctx context.Context, script string, opts graph.QueryOptions) ([]graph.Row, error) {
	list, err := s.values(ctx, script, opts)
	if err != nil {
		return nil, err
	}
	rows := make([]graph.Row, len(list))
	for i, v := range list {
		row, ok := v.(map[string]any)
		if !ok {
			row = graph.Row{"id": v}
		}
		rows[i] = row
	}
	return rows, nil
}

// encodeRows is the JSON list of rows, [] for none.
func encodeRows[T any](rows []T) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	b.WriteByte('[')
	for i, r := range rows {
		if i > 0 {
			b.WriteString(",\n")
		}
		if err := enc.Encode(r); err != nil {
			return nil, fmt.Errorf("row %d: %w", i+1, err)
		}
		b.Truncate(b.Len() - 1) // Encode's newline
	}
	b.WriteByte(']')
	return b.Bytes(), nil
}
