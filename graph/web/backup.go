package web

import "net/http"

// backup answers with the whole store as it is now, as graph.Store.Backup writes
// it. One that breaks off lacks its last line, by which restore knows.
func (s *Server) backup(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "application/gzip")
	w.Header().Set("Content-Disposition", `attachment; filename="hearsay.backup"`)
	w.Header().Set("Cache-Control", "no-store")
	if _, err := s.store.Backup(r.Context(), w); err != nil {
		panic(http.ErrAbortHandler) // the answer has begun: the connection breaks off
	}
}
