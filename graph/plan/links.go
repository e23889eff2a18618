package plan

import "context"

func (l *links) rows() stream { return &linkRows{links: l, driver: -1} }

// linkRows gives quads: those of one batch of the driver's nodes after the other.
type linkRows struct {
	*links
	begun  bool
	driver int    // the condition from which it goes, -1 for none
	nodes  stream // of the driver
	bases  map[any][]row
	quads  Cursor[Quad]
	items  queue
}

func (r *linkRows) next(ctx context.Context, n int) ([]row, error) {
	for {
		if rows := r.items.take(n); len(rows) > 0 {
			return rows, nil
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if r.quads == nil {
			if ok, err := r.advance(ctx, n); !ok {
				return nil, err
			}
		}
		quads, err := r.quads.Next(ctx)
		if err != nil {
			return nil, err
		}
		if len(quads) == 0 {
			r.quads.Close()
			r.quads = nil
			continue
		}
		if r.items, err = r.found(ctx, r.complete(quads), r.driver, r.base); err != nil {
			return nil, err
		}
	}
}

// base is the driver's rows that led to a quad.
func (r *linkRows) base(q Quad) []row {
	if r.driver < 0 {
		return noBase
	}
	return r.bases[q[r.paths[r.driver].dir].Key()]
}

// advance looks for the quads of the next nodes.
func (r *linkRows) advance(ctx context.Context, n int) (ok bool, err error) {
	if !r.begun {
		r.begun = true
		if r.none {
			return false, nil
		}
		if r.driver, err = r.links.driver(ctx); err != nil {
			return false, err
		}
		if r.driver < 0 {
			r.quads = r.store.Find(ctx, r.want)
			return true, nil
		}
		r.nodes = r.paths[r.driver].op.rows()
	}
	if r.nodes == nil {
		return false, nil
	}
	rows, err := r.nodes.next(ctx, max(n, firstBatch))
	if err != nil || len(rows) == 0 {
		return false, err
	}
	w, dir := r.want, r.paths[r.driver].dir
	w[dir], _ = distinct(rows)
	r.bases = make(map[any][]row, len(w[dir]))
	for _, b := range rows {
		r.bases[b.node.Key()] = append(r.bases[b.node.Key()], b)
	}
	r.quads = r.store.Find(ctx, w)
	return true, nil
}

func (r *linkRows) close() {
	if r.quads != nil {
		r.quads.Close()
	}
	if r.nodes != nil {
		r.nodes.close()
	}
}
