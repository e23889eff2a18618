package web

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"hearsay/graph"
	"hearsay/ingest/news"
)

// maxForm is the most bytes of a review's form.
const maxForm = 64 << 10

// claimView is a claim's page: its evidence, and what analysts decided.
type claimView struct {
	reviewView
	Rows []graph.Row // the claim, then the claims that it is about
}

// reviewView is what analysts decided on a node, and the form to decide.
type reviewView struct {
	ID        string
	Decisions []graph.Decision
	Writable  bool
	Stances   []news.Stance // that a claim can be corrected to; none for another node
}

func (s *Server) reviewView(ctx context.Context, id string) (reviewView, error) {
	v := reviewView{ID: id, Writable: s.opts.Writable}
	if strings.HasPrefix(id, "hs:claim/") {
		v.Stances = news.Stances[:]
	}
	var err error
	v.Decisions, err = s.store.Decisions(ctx, id)
	return v, err
}

func (s *Server) showClaim(w http.ResponseWriter, r *http.Request) {
	id, err := idOf(r)
	if err != nil {
		fail(w, r, http.StatusBadRequest, err)
		return
	}
	var v claimView
	v.Rows, err = s.ask(r.Context(), "evidence", map[string]string{"claim": id})
	if err == nil && (len(v.Rows) == 0 || bareIRI(v.Rows[0]["claim"]) != id) {
		err = fmt.Errorf("claim %s: %w", id, errNoSuchNode)
	}
	if err == nil {
		v.reviewView, err = s.reviewView(r.Context(), id)
	}
	if err != nil {
		fail(w, r, statusOf(err), err)
		return
	}
	render(w, http.StatusOK, "claim", page{Title: clean(v.Rows[0]["source_name"]) + " " + words(v.Rows[0]["stance"]), Data: v})
}

// review stores the decision of the form on a claim's page, and shows the page.
func (s *Server) review(w http.ResponseWriter, r *http.Request) {
	if !s.opts.Writable {
		fail(w, r, http.StatusForbidden, errors.New("the store is served read-only: start the server with --writable"))
		return
	}
	r.Body = http.MaxBytesReader(w, r.Body, maxForm)
	d := graph.Decision{Target: r.PostFormValue("id"), Verdict: graph.Verdict(r.PostFormValue("verdict")), Note: r.PostFormValue("note"),
		Reliability: r.PostFormValue("reliability"), Credibility: r.PostFormValue("credibility"), Stance: news.Stance(r.PostFormValue("stance")),
		Source: bareIRI(r.PostFormValue("source")), By: r.PostFormValue("by")}
	if d.Source != "" && !strings.HasPrefix(d.Source, "hs:") {
		iri, err := s.store.Resolve(r.Context(), d.Source)
		if err != nil {
			fail(w, r, statusOf(err), err)
			return
		}
		d.Source = iri
	}
	stored, err := s.store.Decide(r.Context(), d)
	switch {
	case errors.Is(err, graph.ErrNotFound):
		fail(w, r, http.StatusNotFound, err)
	case errors.Is(err, graph.ErrDecision):
		fail(w, r, http.StatusBadRequest, err)
	case err != nil:
		fail(w, r, statusOf(err), err)
	default:
		s.disputes.stale() // their rows tell of reviews
		http.Redirect(w, r, nodeURL(stored.Target), http.StatusSeeOther)
	}
}
