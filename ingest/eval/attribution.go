package eval

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"hearsay/ingest/claim"
	"hearsay/ingest/entity"
	"hearsay/ingest/news"
	"hearsay/ingest/syntax"
	"hearsay/ingest/syntax/conllu"
)

// attributed is one of GUM's attribution relations. Tokens are counted from 1 over
// the document.
type attributed struct {
	Doc     string `json:"doc"`
	Genre   string `json:"genre"`
	Source  []int  `json:"source"`
	Cue     []int  `json:"cue"`
	Content []int  `json:"content_tokens"` // first and last
	Text    string `json:"content_text"`
}

// Attribution scores claims against the attribution relations of GUM's
// development part under DIR/attribution, on gold trees and on our own over gold
// tokens: the F1 of cues (one token in common), and of those found how often the
// source has a token in common and the content half of its tokens. Relations
// without a cue are left out. GUM counts thinking, knowing and seeing by
// anybody, "I" included, as attribution, and doesn't count quotations that stand
// free: no system is expected to agree with it fully.
func Attribution(_ context.Context, o Options) (Table, error) {
	relations, err := readAttributions(filepath.Join(o.Data, "attribution", "gum_attr_open_dev.jsonl"))
	if err != nil {
		return nil, err
	}
	paths, _ := filepath.Glob(filepath.Join(o.Data, "parse", "gum-open-dev", "*.conllu"))
	if len(paths) == 0 {
		return nil, fmt.Errorf("no treebank %s", filepath.Join(o.Data, "parse", "gum-open-dev", "*.conllu"))
	}
	var board Table
	for _, trees := range []string{"gold trees", "own trees"} {
		all := attributionCounts{flaws: newAttributionFlaws()}
		for _, p := range paths {
			sentences, err := conllu.ReadFile(p)
			if err != nil {
				return nil, fmt.Errorf("read treebank: %w", err)
			}
			d := newGold(sentences).withTrees()
			if trees == "own trees" {
				o.Pipeline.Syntax.Parse(d)
			}
			d.IndexTrees()
			syntax.FindQuotes(d)
			entity.Resolve(d, o.Pipeline.Known)
			claim.Extract(d)
			name := strings.TrimSuffix(filepath.Base(p), ".conllu")
			all.add(d, relations[name])
		}
		if errs := o.errors("GUM dev, " + trees); errs != nil {
			all.flaws.write(errs)
		}
		board = append(board, all.table("GUM dev, "+trees)...)
	}
	return board, nil
}

func readAttributions(path string) (map[string][]attributed, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("read attributions: %w", err)
	}
	defer f.Close()
	out := map[string][]attributed{}
	in := bufio.NewScanner(f)
	in.Buffer(nil, 1<<22)
	for n := 1; in.Scan(); n++ {
		var a attributed
		if err := json.Unmarshal(in.Bytes(), &a); err != nil {
			return nil, fmt.Errorf("read attributions %s:%d: %w", path, n, err)
		}
		if len(a.Cue) > 0 {
			out[a.Doc] = append(out[a.Doc], a)
		}
	}
	return out, in.Err()
}

// withTrees is the treebank's text with the gold trees.
func (g *gold) withTrees() *news.Document {
	d := g.document()
	for i, w := range g.words {
		t := &d.Tokens[i]
		t.Lemma, t.UPOS, t.XPOS, t.Feats, t.Deprel = w.Lemma, w.UPOS, w.XPOS, w.Feats, w.Deprel
		if w.Head > 0 {
			t.Head = g.first[i] + w.Head - 1 - i
		}
	}
	return d
}

// attributionCounts add up over documents.
type attributionCounts struct {
	cues             Counts
	sources, content int // right, of the cues found
	withSource       int // cues found whose relation names a source
	flaws            *attributionFlaws
}

func (c *attributionCounts) add(d *news.Document, relations []attributed) {
	used := make([]bool, len(d.Claims))
	for i := range relations {
		r := &relations[i]
		k := cueClaim(d, r.Cue, used)
		if k < 0 {
			c.flaws.miss(r, d)
			c.cues.FN++
			continue
		}
		c.cues.TP++
		for j := range d.Claims { // conjoined sources share the cue
			used[j] = used[j] || d.Claims[j].CueHead == d.Claims[k].CueHead
		}
		if len(r.Source) > 0 {
			c.withSource++
			if hasSource(d, d.Claims[k].CueHead, r.Source) {
				c.sources++
			} else {
				c.flaws.wrongSource(r, d, k)
			}
		}
		if len(r.Content) == 2 && sharesHalf(d, &d.Claims[k], r.Content[0]-1, r.Content[1]-1) {
			c.content++
		}
	}
	counted := map[int]bool{}
	for k := range d.Claims {
		if h := d.Claims[k].CueHead; !used[k] && h >= 0 && d.Claims[k].Rule != "author" && !counted[h] {
			counted[h] = true
			c.cues.FP++
		}
	}
}

// hasSource reports whether a claim with the cue has a source among the tokens.
func hasSource(d *news.Document, cue int, source []int) bool {
	for j := range d.Claims {
		if d.Claims[j].CueHead == cue && overlapsTokens(d, d.Claims[j].Source, source) {
			return true
		}
	}
	return false
}

// cueClaim is the first claim whose cue has one of the tokens, -1 for none.
func cueClaim(d *news.Document, cue []int, used []bool) int {
	for k := range d.Claims {
		c := &d.Claims[k]
		if c.CueHead < 0 || used[k] || c.Rule == "author" {
			continue
		}
		for _, t := range cue {
			if t-1 == c.CueHead || t-1 < len(d.Tokens) && c.Cue.Overlaps(d.Tokens[t-1].Span) {
				return k
			}
		}
	}
	return -1
}

func overlapsTokens(d *news.Document, s news.Source, tokens []int) bool {
	for _, t := range tokens {
		if t-1 >= len(d.Tokens) {
			continue
		}
		if s.Overlaps(d.Tokens[t-1].Span) || s.Kind == news.Author && isFirstPerson(d.Form(t-1)) {
			return true
		}
	}
	return false
}

func isFirstPerson(form string) bool {
	switch strings.ToLower(form) {
	case "i", "we", "our", "my", "us":
		return true
	}
	return false
}

// sharesHalf reports whether a claim's content and tokens first to last have half
// of what they cover in common.
func sharesHalf(d *news.Document, c *news.Claim, first, last int) bool {
	both, either := 0, 0
	for i := range d.Tokens {
		in := i >= first && i <= last
		own := false
		for _, s := range c.Content {
			own = own || s.Contains(d.Tokens[i].Span)
		}
		if in && own {
			both++
		}
		if in || own {
			either++
		}
	}
	return 2*both >= either && both > 0
}

func (c *attributionCounts) table(set string) Table {
	t := Table{
		{Metric: "cue, precision", Value: c.cues.Precision(), Count: c.cues.TP + c.cues.FP},
		{Metric: "cue, recall", Value: c.cues.Recall(), Count: c.cues.TP + c.cues.FN},
		{Metric: "cue, F1", Value: c.cues.F1(), Count: c.cues.TP + c.cues.FN},
		{Metric: "source right, % of found", Value: percent(c.sources, c.withSource), Count: c.withSource},
		{Metric: "content overlaps by half, % of found", Value: percent(c.content, c.cues.TP), Count: c.cues.TP},
	}
	for i := range t {
		t[i].Task, t[i].Set = "attribution", set
	}
	return t
}
