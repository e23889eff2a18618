package eval

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"strings"

	"hearsay/ingest"
	"hearsay/ingest/news"
	"hearsay/ingest/proposition"
)

// Factuality scores proposition.Factuality on the development part of It Happened
// under DIR/attribution: how often the sign is right, of the judgments that have
// one, and Pearson's correlation.
func Factuality(_ context.Context, o Options) (Table, error) {
	judged, err := itHappened(o.Pipeline, o.Data, "dev")
	if err != nil {
		return nil, err
	}
	tokens := make([]int, len(judged))
	for i, j := range judged {
		tokens[i] = j.Token
	}
	var right, signed float64
	x, y := []float64(nil), make([]float64, 0, len(judged))
	if len(judged) > 0 {
		x = proposition.Factuality(judged[0].Document, tokens)
	}
	if errs := o.errors("It Happened dev"); errs != nil {
		writeFactualityErrors(errs, judged, x)
	}
	for i, j := range judged {
		y = append(y, j.Value)
		if j.Value == 0 {
			continue
		}
		signed++
		if (x[i] > 0) == (j.Value > 0) {
			right++
		}
	}
	return Table{
		{Task: "factuality", Set: "It Happened dev", Metric: "sign", Value: 100 * quotient(right, signed, 0), Count: int(signed), Pass: 80, Reach: 88},
		{Task: "factuality", Set: "It Happened dev", Metric: "Pearson's r (-1 to 1)", Value: pearson(x, y), Count: len(x), Pass: 0.55, Reach: 0.75},
	}, nil
}

func pearson(x, y []float64) float64 {
	var sx, sy, sxx, syy, sxy float64
	for i := range x {
		sx += x[i]
		sy += y[i]
		sxx += x[i] * x[i]
		syy += y[i] * y[i]
		sxy += x[i] * y[i]
	}
	n := float64(len(x))
	return quotient(n*sxy-sx*sy, math.Sqrt((n*sxx-sx*sx)*(n*syy-sy*sy)), 0)
}

// itHappened reads one part of It Happened and parses its sentences, which come
// as words.
func itHappened(p *ingest.Pipeline, data, part string) ([]proposition.Judgment, error) {
	path := filepath.Join(data, "attribution", "uds-ih2-"+part+".jsonl")
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("open It Happened: %w", err)
	}
	defer f.Close()
	d, judged, err := readItHappened(path, f)
	if err != nil {
		return nil, err
	}
	p.Syntax.Parse(d)
	return judged, nil
}

// readItHappened makes one document of all sentences.
func readItHappened(path string, in io.Reader) (*news.Document, []proposition.Judgment, error) {
	d := &news.Document{Language: "en"}
	var text strings.Builder
	var judged []proposition.Judgment
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, 1<<20)
	for n := 1; lines.Scan(); n++ {
		var row struct {
			Text    string
			Targets []struct {
				Span1 [2]int
				Label float64
			}
		}
		if err := json.Unmarshal(lines.Bytes(), &row); err != nil {
			return nil, nil, fmt.Errorf("%s:%d: %w", path, n, err)
		}
		first := len(d.Tokens)
		for _, w := range strings.Fields(row.Text) {
			if text.Len() > 0 {
				text.WriteByte(' ')
			}
			start := text.Len()
			text.WriteString(w)
			d.Tokens = append(d.Tokens, news.Token{Span: news.Span{Start: start, End: text.Len()}})
		}
		end := len(d.Tokens)
		if end == first {
			continue
		}
		d.Sentences = append(d.Sentences, news.Sentence{Span: news.Span{Start: d.Tokens[first].Start, End: d.Tokens[end-1].End}, First: first, End: end})
		for _, t := range row.Targets {
			if t.Span1[0] < 0 || first+t.Span1[0] >= end {
				return nil, nil, fmt.Errorf("%s:%d: word %d of %d", path, n, t.Span1[0], end-first)
			}
			judged = append(judged, proposition.Judgment{Document: d, Token: first + t.Span1[0], Value: t.Label})
		}
	}
	d.Text = text.String()
	return d, judged, lines.Err()
}

// FitFactuality fits the weights of proposition.Factuality on the training part
// of It Happened under data, and gives them in the form of their data file.
func FitFactuality(p *ingest.Pipeline, data string) ([]byte, error) {
	judged, err := itHappened(p, data, "train")
	if err != nil {
		return nil, err
	}
	return proposition.FitFactuality(judged), nil
}
