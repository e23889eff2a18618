package conllu

import (
	"strings"
	"testing"
)

const sample = `# newdoc id = d
# sent_id = d-1
# text = We don't.
1	We	we	PRON	PRP	Case=Nom	4	nsubj	_	_
2-3	don't	_	_	_	_	_	_	_	SpaceAfter=No
2	do	do	AUX	VBP	_	4	aux	_	_
3	n't	not	PART	RB	_	4	advmod	_	_
4	.	.	PUNCT	.	_	0	root	_	TokenRange=8:9

# newpar
# sent_id = d-2
# text = Yes
1	Yes	yes	INTJ	UH	_	0	root	_	_

`

func TestRoundTrip(t *testing.T) {
	all, err := Read(strings.NewReader(sample))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, s := range all {
		if err := Write(&b, s); err != nil {
			t.Fatal(err)
		}
	}
	if b.String() != sample {
		t.Errorf("written:\n%s\nread:\n%s", b.String(), sample)
	}
	if r := all[0].RangeAt(2); r == nil || r.Form != "don't" || !r.NoSpace {
		t.Errorf("range of the third word: %+v", r)
	}
}

func TestReadSkipsEmptyNodes(t *testing.T) {
	all, err := Read(strings.NewReader("1\ta\ta\tX\tX\t_\t0\troot\t_\t_\n1.1\tb\tb\tX\tX\t_\t_\t_\t_\t_\n\n"))
	if err != nil || len(all) != 1 || len(all[0].Words) != 1 {
		t.Errorf("%v, %v", all, err)
	}
}

func TestReadErrorsNameTheLine(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"columns", "# x\n1\ta\n", "line 2: 2 columns, want 10 separated by tabs"},
		{"id", "2\ta\ta\tX\tX\t_\t0\troot\t_\t_\n", `line 1: word id "2", want 1`},
		{"head", "1\ta\ta\tX\tX\t_\t-1\troot\t_\t_\n", `line 1: head "-1", want a word id or 0`},
		{"range", "3-1\ta\t_\t_\t_\t_\t_\t_\t_\t_\n", `line 1: range "3-1", want FIRST-LAST`},
	} {
		t.Run(c.name, func(t *testing.T) {
			if _, err := Read(strings.NewReader(c.text)); err == nil || err.Error() != c.want {
				t.Errorf("error %v, want %s", err, c.want)
			}
		})
	}
}
