package eval

import (
	"bytes"
	"context"
	"crypto/sha256"
	_ "embed"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"unicode"

	"hearsay/ingest/entity"
	"hearsay/ingest/news"
	"hearsay/ingest/reader"
)

// linkingGold and linkingUnseen are annotated by hand, the latter in texts that no
// rule was tuned on; testdata/linking/README.md has the conventions.
var (
	//go:embed testdata/linking/gold.jsonl
	linkingGold []byte
	//go:embed testdata/linking/unseen.jsonl
	linkingUnseen []byte
)

// linkedText is a text some of whose names are annotated with who they are.
type linkedText struct {
	File     string // below the data folder, "" for a sample article
	URL      string // of the article where File is a table of articles
	SHA256   string // of the plain text
	Mentions []linkedName

	doc *news.Document
}

// linkedName is a name, in code points; Entity is the IRI of the known entity
// that it names, else one that all names of the same new entity share.
type linkedName struct {
	Start, End int
	Name       string
	Entity     string
}

// Linking scores whom names are taken for, within documents and across them.
//
// A name of a known entity is right with that entity's IRI. A name of a new one is
// right where its entity is not known, has mostly names of that one, and has most
// of that one's names. A merge is wrong where a name's entity is known and another
// one, or has mostly names of another one.
func Linking(ctx context.Context, o Options) (Table, error) {
	var table Table
	for _, set := range []struct {
		name string
		gold []byte
		errs bool // whether errors may be listed
	}{{"articles", linkingGold, true}, {"unseen", linkingUnseen, false}} {
		texts, err := readLinking(bytes.NewReader(set.gold))
		if err != nil {
			return nil, err
		}
		if err := o.readTexts(ctx, texts); err != nil {
			return nil, err
		}
		c := linking{known: o.Pipeline.Known, identity: entity.Canonical(entity.Identify(seenIn(texts), nil))}
		for i := range texts {
			c.place(&texts[i])
		}
		var errs io.Writer
		if set.errs {
			errs = o.errors("linking")
		}
		right, wrong := c.judge(errs)
		n := len(c.names)
		table = append(table,
			Score{Task: "linking", Set: set.name, Metric: "right, %", Value: percent(right, n), Count: n, Pass: 85, Reach: 92},
			Score{Task: "linking", Set: set.name, Metric: "not wrongly merged, %", Value: 100 - percent(wrong, n), Count: n, Pass: 99, Reach: 99.7})
	}
	return table, nil
}

// seenIn are the entities of the texts, as a store has them.
func seenIn(texts []linkedText) []entity.Seen {
	at := map[string]int{}
	var seen []entity.Seen
	for i := range texts {
		d := texts[i].doc
		for _, e := range d.Entities {
			if !e.Named {
				continue
			}
			k, ok := at[e.IRI]
			if !ok {
				k = len(seen)
				at[e.IRI] = k
				seen = append(seen, entity.Seen{IRI: e.IRI, Name: e.Name, Class: "hs:" + entity.LocalName(string(e.Type)), Known: e.Known, Roles: map[string][]string{}})
			}
			seen[k].Documents = append(seen[k].Documents, d.IRI)
			seen[k].Aliases = append(seen[k].Aliases, e.Aliases...)
			seen[k].Roles[d.IRI] = e.Roles
		}
	}
	return seen
}

func readLinking(r io.Reader) ([]linkedText, error) {
	var texts []linkedText
	for dec := json.NewDecoder(r); ; {
		var t linkedText
		switch err := dec.Decode(&t); {
		case errors.Is(err, io.EOF):
			return texts, nil
		case err != nil:
			return nil, fmt.Errorf("gold of linking, text %d: %w", len(texts)+1, err)
		}
		texts = append(texts, t)
	}
}

// readTexts reads the texts' documents and runs the pipeline over them. They are
// known by their hash; one that isn't there is an error.
func (o Options) readTexts(ctx context.Context, texts []linkedText) error {
	byHash := map[string]*linkedText{}
	for i := range texts {
		byHash[texts[i].SHA256] = &texts[i]
	}
	dir, err := os.MkdirTemp("", "hearsay-linking-")
	if err != nil {
		return fmt.Errorf("linking: %w", err)
	}
	defer os.RemoveAll(dir)
	paths, err := o.linkingInputs(dir, texts)
	if err != nil {
		return fmt.Errorf("linking: %w", err)
	}
	r := reader.Reader{AnyLanguage: true}
	for d, err := range o.Pipeline.Run(ctx, r.Documents(ctx, paths)) {
		if err != nil {
			return fmt.Errorf("linking: %w", err)
		}
		sum := sha256.Sum256([]byte(d.Text))
		if t := byHash[hex.EncodeToString(sum[:])]; t != nil {
			t.doc = d
		}
	}
	for i := range texts {
		if texts[i].doc == nil {
			return fmt.Errorf("linking: no text with the hash of %s%s %.12s: the texts have changed, or are not those", texts[i].File, texts[i].URL, texts[i].SHA256)
		}
	}
	return nil
}

// linkingInputs are the files to read: the sample articles, which are copied into
// dir, the rows of tables of articles, which become a file of dir, and reports.
func (o Options) linkingInputs(dir string, texts []linkedText) ([]string, error) {
	paths := []string{filepath.Join(dir, "seeds")}
	if err := os.CopyFS(paths[0], o.Articles); err != nil {
		return nil, err
	}
	rows := map[string]map[string]bool{}
	for _, t := range texts {
		switch {
		case t.URL != "":
			if rows[t.File] == nil {
				rows[t.File] = map[string]bool{}
			}
			rows[t.File][t.URL] = true
		case t.File != "":
			paths = append(paths, filepath.Join(o.Data, filepath.FromSlash(t.File)))
		}
	}
	var lines bytes.Buffer
	for file, urls := range rows {
		if err := copyRows(&lines, filepath.Join(o.Data, filepath.FromSlash(file)), urls); err != nil {
			return nil, err
		}
	}
	path := filepath.Join(dir, "articles.jsonl")
	return append(paths, path), os.WriteFile(path, lines.Bytes(), 0o600)
}

// copyRows writes the articles of a table with columns url, date, title and text
// that have one of the addresses, as JSON lines.
func copyRows(w io.Writer, path string, urls map[string]bool) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	all, err := csv.NewReader(f).ReadAll()
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	enc := json.NewEncoder(w)
	for _, row := range all {
		if len(row) == 4 && urls[row[0]] {
			if err := enc.Encode(map[string]string{"id": row[0], "date": row[1], "title": row[2], "text": row[3]}); err != nil {
				return err
			}
		}
	}
	return nil
}

// linking compares the annotated names with what the documents have there.
type linking struct {
	known    *entity.Known
	identity func(document, iri string) string // who an entity of a document is, across documents
	names    []linkedOutcome
}

// linkedOutcome is an annotated name and the entity that the document has for it,
// "" for none.
type linkedOutcome struct {
	document, name, gold, got string
}

// place looks up the names of one text.
func (c *linking) place(t *linkedText) {
	o := news.NewOffsets(t.doc.Text)
	for _, n := range t.Mentions {
		got := ""
		if e := findName(t.doc, o, n); e >= 0 {
			got = c.identity(t.doc.IRI, t.doc.Entities[e].IRI)
		}
		c.names = append(c.names, linkedOutcome{t.doc.IRI, n.Name, n.Entity, got})
	}
}

// findName is the entity of the mention that ends where the annotated name does,
// -1 for none: one that begins there too, else one that has a title, an article or
// a first name more or less.
func findName(d *news.Document, o *news.Offsets, n linkedName) int {
	best := -1
	for i := range d.Mentions {
		m := &d.Mentions[i]
		at := o.Span(m.Span)
		if at.End != n.End || m.Kind == news.Pronoun || m.Entity < 0 {
			continue
		}
		if at.Start == n.Start {
			return m.Entity
		}
		longer := d.Slice(m.Span)
		if at.Start < n.Start && !nameWords(strings.TrimSuffix(longer, n.Name)) || at.Start > n.Start && m.Kind != news.Name {
			continue
		}
		best = m.Entity
	}
	return best
}

// nameWords reports whether all words before a name belong to it: they are
// capitalised or articles.
func nameWords(s string) bool {
	for _, w := range strings.Fields(s) {
		if c := []rune(w)[0]; !unicode.IsUpper(c) && w != "the" && w != "a" && w != "an" {
			return false
		}
	}
	return true
}

// judge counts the names that are right and the wrong merges.
func (c *linking) judge(errs io.Writer) (right, wrong int) {
	shares := map[string]map[string]int{} // entity found -> annotated -> names
	found := map[string]map[string]int{}  // annotated -> entity found -> names
	count := func(m map[string]map[string]int, a, b string) {
		if m[a] == nil {
			m[a] = map[string]int{}
		}
		m[a][b]++
	}
	for _, n := range c.names {
		if n.got != "" {
			count(shares, n.got, n.gold)
			count(found, n.gold, n.got)
		}
	}
	for _, n := range c.names {
		owner := mostOf(shares[n.got])
		if c.known.Find(n.got) != nil {
			owner = n.got
		}
		verdict := ""
		switch {
		case n.got == "":
			verdict = "nobody"
		case owner != n.gold:
			verdict = "wrong merge"
			wrong++
		case c.known.Find(n.gold) != nil && n.got != n.gold, c.known.Find(n.gold) == nil && mostOf(found[n.gold]) != n.got:
			verdict = "apart"
		default:
			right++
			continue
		}
		if errs != nil {
			fmt.Fprintf(errs, "%s: %s: %s is %s, want %s\n", n.document, verdict, n.name, n.got, n.gold)
		}
	}
	return right, wrong
}

// mostOf is the key with the highest count, of equal ones the first.
func mostOf(m map[string]int) string {
	best := ""
	for k, n := range m {
		if best == "" || n > m[best] || n == m[best] && k < best {
			best = k
		}
	}
	return best
}
