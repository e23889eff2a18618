package syntax

import (
	"strings"
	"testing"
)

func TestMarkup(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"a [similar exploit](https://a.b/c_d(e)) checks", "[ ](https://a.b/c_d(e))"},
		{`see [it](http://a.b "A title").`, `[ ](http://a.b "A title")`},
		{"![figure](/a/b.png)", "![ ](/a/b.png)"},
		{"[![](/a.png)](/b.png)", "[ ![ ](/a.png) ](/b.png)"},
		{"(4.**Delay**: the **IPs**)", "** ** ** **"},
		{"*Figure 2: a lure.* It", "* *"},
		{"_Lazarus_ and ~~not~~", "_ _ ~~ ~~"},
		{"use `cmd.exe /c` now", "` `"},
		{"```\ncode\n```", "``` ```"},
		{"## Heading\ntext # 1", "##"},
		{"a<br/>b, <b>bold</b> <a href=\"x y\">z</a>", "<br/> <b> </b> <a href=\"x y\"> </a>"},
		{"a <!-- b c --> d&nbsp;e", "<!-- b c --> &nbsp;"},

		// What only looks like it.
		{"* an item\n* another", ""}, {"5 * 3 = 15", ""}, {"f**k and sh*t", ""}, {"snake_case and __init__", ""},
		{"[sic] [1](a) [x] (y)", ""}, {"a footnote* and another*", ""}, {"``quoted''", ""}, {"a < b > c <who@x.y>", ""},
		{"AT&T; R&D &amp; don&#39;t", ""}, {"https://a.b/_c_/*d*/e", ""}, {`win32\_logical\_disk`, ""},
		{"an *open one\nthat* isn't closed", ""}, {"C# and #1", ""},
	} {
		var got []string
		for _, s := range markup(nil, c.text, 0, len(c.text)) {
			got = append(got, c.text[s.Start:s.End])
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%s: markup %q, want %q", c.text, s, c.want)
		}
	}
}

// The parser doesn't see markup: the trees of a text with and without it are the
// same, and the marks hang as punctuation from what they touch.
func TestTreesDontDependOnMarkup(t *testing.T) {
	plain := annotate(t, "A similar exploit checks for flags. Kaspersky said so.")
	marked := annotate(t, "A [similar exploit](https://a.b/c) checks for **flags**. *Kaspersky* said so.")
	if len(marked.Sentences) != 2 {
		t.Fatalf("%d sentences: %s", len(marked.Sentences), forms(marked))
	}
	at := map[int]int{} // tokens of plain by those of marked
	for i := range marked.Tokens {
		if strings.ContainsAny(marked.Form(i), "*[]") {
			continue
		}
		at[i] = len(at)
	}
	if len(at) != len(plain.Tokens) {
		t.Fatalf("%s\n%s", forms(plain), forms(marked))
	}
	for i := range marked.Tokens {
		tok, h := marked.Tokens[i], marked.Head(i)
		k, ok := at[i]
		if !ok {
			if tok.UPOS != "PUNCT" || tok.Deprel != "punct" || h != i-1 && h != i+1 {
				t.Errorf("%s: %s, %s of token %d", marked.Form(i), tok.UPOS, tok.Deprel, h)
			}
			continue
		}
		want := plain.Tokens[k]
		if tok.UPOS != want.UPOS || tok.Deprel != want.Deprel || h >= 0 && at[h] != plain.Head(k) || h < 0 && want.Head != 0 {
			t.Errorf("%s: %s, %s; without markup %s, %s", marked.Form(i), tok.UPOS, tok.Deprel, want.UPOS, want.Deprel)
		}
	}
}
