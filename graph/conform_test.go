package graph

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/cayleygraph/quad"
	"github.com/hidal-go/hidalgo/kv"
	"github.com/hidal-go/hidalgo/kv/options"
)

// checked fails the test where a store contradicts itself.
func checked(t *testing.T, s *Store) {
	t.Helper()
	switch back := s.back.(type) {
	case *pgStore:
		checkedCounts(t, back)
	case *cockroachStore:
		checkedCounts(t, back.pg)
	}
	if _, ok := s.back.(checker); !ok {
		return
	}
	if _, err := s.Check(context.Background(), func(d Damage) { t.Error(d.What) }); err != nil {
		t.Fatal(err)
	}
}

// checkedCounts fails the test where a value's count isn't that of the places where it
// stands, or a value stands nowhere.
func checkedCounts(t *testing.T, s *pgStore) {
	t.Helper()
	var wrong int
	err := s.db.QueryRow(`SELECT count(*) FROM nodes FULL JOIN (SELECT h, count(*) AS n FROM
		(SELECT subject_hash AS h FROM quads UNION ALL SELECT predicate_hash FROM quads UNION ALL SELECT object_hash FROM quads UNION ALL SELECT label_hash FROM quads) x
		WHERE h IS NOT NULL GROUP BY h) u ON u.h = nodes.hash WHERE refs IS DISTINCT FROM n`).Scan(&wrong)
	if err != nil || wrong > 0 {
		t.Errorf("%d values have a wrong count, %v", wrong, err)
	}
}

func exported(t *testing.T, s *Store) string {
	t.Helper()
	var b bytes.Buffer
	if err := s.Export(context.Background(), &b, ExportOptions{Format: "nquads"}); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// randomQuads are quads over few values of every kind, so that they share them.
func randomQuads(r *rand.Rand, n int) []quad.Quad {
	value := func() quad.Value {
		k := r.IntN(6)
		switch r.IntN(9) {
		case 0:
			return quad.String(fmt.Sprint("text ", k))
		case 1:
			return quad.Int(k)
		case 2:
			return quad.Float(float64(k) + 0.5)
		case 3:
			return quad.Bool(k%2 == 0)
		case 4:
			return quad.LangString{Value: quad.String(fmt.Sprint("text ", k)), Lang: "en"}
		case 5:
			return quad.TypedString{Value: quad.String(fmt.Sprint(k)), Type: "hs:t"}
		case 6:
			return quad.BNode(fmt.Sprint("b", k))
		}
		return quad.IRI(fmt.Sprint("hs:n", k))
	}
	quads := make([]quad.Quad, n)
	for i := range quads {
		quads[i] = quad.Quad{Subject: quad.IRI(fmt.Sprint("hs:n", r.IntN(6))), Predicate: quad.IRI(fmt.Sprint("hs:n", r.IntN(4))), Object: value()}
		if r.IntN(3) > 0 {
			quads[i].Label = quad.IRI(fmt.Sprint("hs:n", r.IntN(5)))
		}
	}
	return quads
}

// TestStoreIsASet adds, removes and adds again, duplicates and quads that aren't
// there included, and compares with a plain set after every step.
func TestStoreIsASet(t *testing.T) {
	for name, s := range backends(t) {
		t.Run(name, func(t *testing.T) {
			ctx, r := context.Background(), rand.New(rand.NewPCG(7, 11))
			set := map[string]bool{}
			for l := range strings.Lines(exported(t, s)) {
				set[l] = true
			}
			line := func(q quad.Quad) string { return string(AppendNQuad(nil, q)) }
			steps := 120
			if name == "postgres" || name == "cockroach" {
				steps = 40 // each costs many round trips
			}
			for step := range steps {
				remove, add := randomQuads(r, r.IntN(20)), randomQuads(r, r.IntN(20))
				if step%50 == 49 {
					remove = randomQuads(r, 2000) // nearly everything
				}
				for _, q := range remove {
					delete(set, line(q))
				}
				for _, q := range add {
					set[line(q)] = true
				}
				if err := s.apply(ctx, remove, add); err != nil {
					t.Fatal(err)
				}
				if step%10 == 0 {
					checked(t, s)
				}
				want := make([]string, 0, len(set))
				for l := range set {
					want = append(want, l)
				}
				slices.Sort(want)
				if got := exported(t, s); got != strings.Join(want, "") {
					t.Fatalf("step %d: the store holds\n%swant\n%s", step, got, strings.Join(want, ""))
				}
			}
			checked(t, s)
		})
	}
}

// A query must see the store through Cayley as it is through our own reader, also
// after values have come and gone.
func TestCayleySeesTheSame(t *testing.T) {
	for name, s := range backends(t) {
		t.Run(name, func(t *testing.T) {
			ctx, r := context.Background(), rand.New(rand.NewPCG(3, 5))
			for range 20 {
				if err := s.apply(ctx, randomQuads(r, 60), randomQuads(r, 60)); err != nil {
					t.Fatal(err)
				}
				for k := range 6 {
					node := fmt.Sprintf("<hs:n%d>", k)
					var want, got []string
					objects := map[string]bool{}
					err := s.Select(ctx, Pattern{Subject: []quad.Value{quad.IRI(node[1 : len(node)-1])}}, func(q quad.Quad) error {
						objects[quad.ToString(q.Object)] = true
						return nil
					})
					if err != nil {
						t.Fatal(err)
					}
					for o := range objects {
						want = append(want, o)
					}
					for row, err := range s.Query(ctx, `g.V("`+node+`").out().unique().forEach(function(d) { g.emit(d) })`, QueryOptions{}) {
						if err != nil {
							t.Fatal(err)
						}
						got = append(got, fmt.Sprint(row["id"]))
					}
					if len(got) != len(want) {
						t.Fatalf("%s: Gizmo finds %d objects %v, there are %d %v", node, len(got), got, len(want), want)
					}
				}
			}
		})
	}
}

// Cayley would delete a quad without a label for one with an unknown label, and
// store other objects than given after a failed write.
func TestCayleysDefectsAreGone(t *testing.T) {
	for name, s := range backends(t) {
		t.Run(name, func(t *testing.T) {
			ctx := context.Background()
			i := func(s string) quad.IRI { return quad.IRI("hs:" + s) }
			plain := quad.Quad{Subject: i("s"), Predicate: i("p"), Object: i("o")}
			if err := s.apply(ctx, nil, []quad.Quad{plain}); err != nil {
				t.Fatal(err)
			}
			other := plain
			other.Label = i("unknown")
			if err := s.apply(ctx, []quad.Quad{other}, nil); err != nil {
				t.Fatal(err)
			}
			if !strings.Contains(exported(t, s), string(AppendNQuad(nil, plain))) {
				t.Error("deleting a quad with an unknown label took the one without")
			}
			before := exported(t, s)
			bad := []quad.Quad{{Subject: i("n1"), Predicate: i("q"), Object: i("n2"), Label: i("g")},
				{Subject: i("n3"), Predicate: i("q"), Object: quad.String("bad\xff"), Label: i("g")}}
			if err := s.apply(ctx, nil, bad); err == nil {
				t.Error("invalid UTF-8 was stored")
			}
			if err := s.back.apply(ctx, nil, bad); err == nil {
				t.Error("the backend stored invalid UTF-8")
			}
			if exported(t, s) != before {
				t.Error("a refused write left something behind")
			}
			good := []quad.Quad{{Subject: i("x1"), Predicate: i("r"), Object: i("x2"), Label: i("g2")}, {Subject: i("n1"), Predicate: i("q"), Object: i("n2"), Label: i("g")}}
			if err := s.apply(ctx, nil, good); err != nil {
				t.Fatal(err)
			}
			want := strings.Split(strings.TrimSpace(before), "\n")
			for _, q := range good {
				want = append(want, strings.TrimSpace(string(AppendNQuad(nil, q))))
			}
			slices.Sort(want)
			if got := strings.TrimSpace(exported(t, s)); got != strings.Join(want, "\n") {
				t.Errorf("after a refused write:\n%s", got)
			}
			checked(t, s)
		})
	}
}

// quadOf is the key of a quad in an index.
func quadOf(tx kv.Tx, index int) kv.Key {
	it := tx.Scan(context.Background(), options.WithPrefixKV(kv.Key{indexNames[index], nil}))
	defer it.Close()
	it.Next(context.Background())
	return slices.Clone(it.Key())
}

// another is that with another label, which isn't there.
func another(tx kv.Tx, index int) kv.Key {
	q, err := decodeKey(index, quadOf(tx, index)[1])
	if err != nil {
		panic(err)
	}
	q[direction(quad.Label)] = maxID
	return kv.Key{indexNames[index], appendKey(nil, index, q)}
}

// A check finds what somebody has broken.
func TestCheckFindsDamage(t *testing.T) {
	ctx := context.Background()
	hash := hashOf(quad.IRI("hs:Kaspersky"))
	for name, harm := range map[string]func(tx kv.Tx, e *edit) error{
		"a value missing":             func(tx kv.Tx, e *edit) error { return tx.Del(ctx, logKey(e.horizon)) },
		"a value's hash missing":      func(tx kv.Tx, e *edit) error { return tx.Del(ctx, valueKey(hash)) },
		"a hash of another value":     func(tx kv.Tx, e *edit) error { return tx.Put(ctx, valueKey(hash), encodeID(3)) },
		"a broken hash":               func(tx kv.Tx, e *edit) error { return tx.Put(ctx, valueKey(hash), []byte{0xff}) },
		"a wrong size":                func(tx kv.Tx, e *edit) error { return tx.Put(ctx, metaKey("size"), make([]byte, 8)) },
		"a low horizon":               func(tx kv.Tx, e *edit) error { return tx.Put(ctx, metaKey("horizon"), make([]byte, 8)) },
		"a broken log entry":          func(tx kv.Tx, e *edit) error { return tx.Put(ctx, logKey(e.horizon), []byte{0xff, 0xff}) },
		"a quad missing":              func(tx kv.Tx, e *edit) error { return tx.Del(ctx, quadOf(tx, bySubject)) },
		"an index entry missing":      func(tx kv.Tx, e *edit) error { return tx.Del(ctx, quadOf(tx, byPredicate)) },
		"an index entry of no quad":   func(tx kv.Tx, e *edit) error { return tx.Put(ctx, another(tx, byObject), nil) },
		"a quad of a missing value":   func(tx kv.Tx, e *edit) error { return tx.Put(ctx, another(tx, bySubject), nil) },
		"an index entry cut off":      func(tx kv.Tx, e *edit) error { return tx.Put(ctx, kv.Key{indexNames[byLabel], []byte{1}}, nil) },
		"an index entry with a value": func(tx kv.Tx, e *edit) error { return tx.Put(ctx, quadOf(tx, byLabel), []byte{1}) },
		"an orphan": func(tx kv.Tx, e *edit) error {
			v, id := quad.String("orphan"), e.horizon+1
			b, err := encodeNode(id, v)
			if err != nil {
				return err
			}
			return errors.Join(tx.Put(ctx, logKey(id), b), tx.Put(ctx, valueKey(hashOf(v)), encodeID(id)),
				tx.Put(ctx, metaKey("horizon"), binary.LittleEndian.AppendUint64(nil, id)))
		},
	} {
		s, err := Open(ctx, "memory:", Options{})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.Put(ctx, kaspersky("a.txt")); err != nil {
			t.Fatal(err)
		}
		checked(t, s)
		db := s.back.(*kvStore).db
		err = kv.Update(ctx, db, func(tx kv.Tx) error {
			e := &edit{tx: kvPairs{ctx, tx}}
			if e.horizon, err = e.meta("horizon"); err != nil {
				return err
			}
			return harm(tx, e)
		})
		if err != nil {
			t.Fatal(err)
		}
		if res, err := s.Check(ctx, nil); err != nil || res.Damage == 0 {
			t.Errorf("%s: %+v, %v; want damage", name, res, err)
		}
		s.Close()
	}
}

// Keys are in the order of the ids, and only what was written is read.
func TestIDs(t *testing.T) {
	var last []byte
	for _, id := range []uint64{0, 1, 0xf7, 0xf8, 0xff, 0x100, 0xffff, 0x10000, 0xffffff, 0x1000000, 1<<32 - 1, 1 << 32, maxID} {
		key := appendID(nil, id)
		if got, rest, ok := readID(append(key, 7)); got != id || !ok || !bytes.Equal(rest, []byte{7}) {
			t.Errorf("%d comes back as %d, %v", id, got, ok)
		}
		if bytes.Compare(last, key) >= 0 || key[0] == 0xff {
			t.Errorf("%d: %x after %x", id, key, last)
		}
		last = key
	}
	for _, bad := range []string{"", "\xf8", "\xf8\x01", "\xf9\x00\xff", "\xfd\x01\x02\x03\x04\x05\x06", "\xff"} {
		if id, _, ok := readID([]byte(bad)); ok {
			t.Errorf("%x is read as %d", bad, id)
		}
	}
}
