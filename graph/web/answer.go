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
	switch {
	case errors.As(err, &unknown) && unknown.Kind == "query":
		return http.StatusNotFound
	case errors.As(err, &unknown), errors.As(err, &param), errors.As(err, &name):
		return http.StatusBadRequest
	case errors.As(err, &tooLong), errors.Is(err, errTooLarge):
		return http.StatusRequestEntityTooLarge
	case errors.Is(err, errBusy):
		return http.StatusServiceUnavailable
	case errors.Is(err, graph.ErrReadOnly):
		return http.StatusForbidden
	case errors.Is(err, context.DeadlineExceeded):
		return http.StatusGatewayTimeout
	}
	return http.StatusBadRequest
}

var errTooLarge = fmt.Errorf("the answer is larger than %d MB: ask for fewer rows", maxAnswer>>20)

// limitOf is the number of rows that a request asks for.
func limitOf(r *http.Request, otherwise int) (int, error) {
	text := r.URL.Query().Get("limit")
	if text == "" {
		return otherwise, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 || n > maxRows {
		return 0, fmt.Errorf("limit %q: want a number from 1 to %d", text, maxRows)
	}
	return n, nil
}

// rows runs a script and gathers its rows.
func (s *Server) rows(ctx context.Context, script string, opts graph.QueryOptions) ([]graph.Row, error) {
	ctx, cancel := context.WithTimeout(ctx, s.opts.Timeout)
	defer cancel()
	release, err := s.slot(ctx)
	if err != nil {
		return nil, err
	}
	defer release()
	opts.Library, opts.Timeout = queries.Library, s.opts.Timeout
	rows, size := []graph.Row{}, 0
	for row, err := range s.store.Query(ctx, script, opts) {
		if err != nil {
			return nil, err
		}
		for k, v := range row {
			size += len(k) + 8
			if text, ok := v.(string); ok {
				size += len(text)
			}
		}
		if size > maxAnswer {
			return nil, errTooLarge
		}
		rows = append(rows, row)
	}
	s.metrics.rows.Add(float64(len(rows)))
	return rows, nil
}

// encodeRows is the JSON list of rows, [] for none.
func encodeRows(rows []graph.Row) ([]byte, error) {
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
