package syntax

import (
	"strings"
	"testing"

	"hearsay/ingest/news"
)

func forms(d *news.Document) string {
	var b strings.Builder
	for _, s := range d.Sentences {
		for t := s.First; t < s.End; t++ {
			b.WriteString(d.Form(t))
			b.WriteByte(' ')
		}
		b.WriteString("| ")
	}
	return strings.TrimSpace(b.String())
}

func annotate(t *testing.T, text string, regions ...news.Region) *news.Document {
	t.Helper()
	m, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	d := &news.Document{Text: text, Regions: regions}
	m.Annotate(d)
	check(t, d)
	return d
}

// check holds the layers to what every stage relies on.
func check(t *testing.T, d *news.Document) {
	t.Helper()
	end, next := 0, 0
	for k, s := range d.Sentences {
		if s.First != next || s.End <= s.First || s.Start != d.Tokens[s.First].Start || s.Span.End != d.Tokens[s.End-1].End {
			t.Fatalf("sentence %d: %+v after token %d", k, s, next)
		}
		roots := 0
		for i := s.First; i < s.End; i++ {
			tok := &d.Tokens[i]
			if tok.Start < end || tok.End <= tok.Start || tok.End > len(d.Text) {
				t.Fatalf("token %d: span %+v after %d", i, tok.Span, end)
			}
			if gap := d.Text[end:tok.Start]; strings.IndexFunc(gap, func(r rune) bool { return !space(r) }) >= 0 {
				t.Fatalf("token %d: %q lost before it", i, gap)
			}
			end = tok.End
			if h := i + tok.Head; h < s.First || h >= s.End {
				t.Fatalf("token %d: head %d outside its sentence", i, h)
			}
			if (tok.Head == 0) != (tok.Deprel == "root") {
				t.Fatalf("token %d: head %d, relation %s", i, tok.Head, tok.Deprel)
			}
			if tok.Head == 0 {
				roots++
			}
			steps := 0
			for h := i; h >= 0; h = d.Head(h) {
				if steps++; steps > s.End-s.First {
					t.Fatalf("token %d: cycle", i)
				}
			}
		}
		if roots != 1 {
			t.Fatalf("sentence %d: %d roots", k, roots)
		}
		next = s.End
	}
	if next != len(d.Tokens) {
		t.Fatalf("%d tokens outside sentences", len(d.Tokens)-next)
	}
	if rest := d.Text[end:]; strings.IndexFunc(rest, func(r rune) bool { return !space(r) }) >= 0 {
		t.Fatalf("%q lost at the end", rest)
	}
}

func TestSegment(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"contraction", "It doesn't work. They're late.", "It does n't work . | They 're late . |"},
		{"possessor is no contraction", "The war entered its 22nd month.", "The war entered its 22nd month . |"},
		{"contraction without a mark", "I think its a pity.", "I think it s a pity . |"},
		{"plural possessor ends no sentence", "The Sudanese Doctors' Union put it at 56.", "The Sudanese Doctors ' Union put it at 56 . |"},
		{"capital possessor is no contraction", "Its mayor left.", "Its mayor left . |"},
		{"abbreviation", "Mr. Smith met Dr. Jones in the U.S. on Monday.", "Mr. Smith met Dr. Jones in the U.S. on Monday . |"},
		{"curly quotes", "“We know,” he said.", "“ We know , ” he said . |"},
		{"defanged", "It calls hxxp://evil[.]com/a.php and 10.0.0[.]1.", "It calls hxxp://evil[.]com/a.php and 10.0.0[.]1 . |"},
		{"identifiers", "CVE-2017-0144 drops tasksche.exe (d41d8cd98f00b204e9800998ecf8427e).",
			"CVE-2017-0144 drops tasksche.exe ( d41d8cd98f00b204e9800998ecf8427e ) . |"},
		{"paragraphs", "A heading\n\nThe text follows.", "A heading | The text follows . |"},
		{"address", "Write to a.b@example.org, please.", "Write to a.b@example.org , please . |"},
		{"money", "It paid $5.4 million, or 20%.", "It paid $ 5.4 million , or 20 % . |"},
		{"ranks and titles", "Rep. Adam Schiff, Maj. Gen. John Smith, Lt. Gov. Lee and Sgt. 1st Class Ray met Adm. Rogers. Sen. Wyden left.",
			"Rep. Adam Schiff , Maj. Gen. John Smith , Lt. Gov. Lee and Sgt. 1st Class Ray met Adm. Rogers . | Sen. Wyden left . |"},
		{"abbreviation before a beginner", "He left the U.S. The firm stayed. It ended at 5 p.m. They left.",
			"He left the U.S. | The firm stayed . | It ended at 5 p.m. | They left . |"},
		{"abbreviation that goes on", "Foo v. Bar, see No. 5 and pp. 3.", "Foo v. Bar , see No. 5 and pp. 3 . |"},
		{"a name that begins with an abbreviation", "An update of M.E.Doc, software in the U.S., came.", "An update of M.E.Doc , software in the U.S. , came . |"},
		{"initials", "J. R. R. Tolkien and John F. Kennedy Jr. were there.", "J. R. R. Tolkien and John F. Kennedy Jr. were there . |"},
		{"numbers", "They paid $5.4m or $1,200.50 at 6:30 on 1/2 in Python 3.9.", "They paid $ 5.4 m or $ 1,200.50 at 6:30 on 1/2 in Python 3.9 . |"},
		{"no space after stops", "They agreed.In May it ended in 2014.The deal (a big one).They left.",
			"They agreed . | In May it ended in 2014 . | The deal ( a big one ) . | They left . |"},
		{"no space after a quotation", "He said:\"We know nothing.\"She left.", "He said : \" We know nothing . \" | She left . |"},
		{"capitals", "CHINA BLAMES US FOR THEFT OF DATA\nBEIJING (Reuters) - China blamed the United States.",
			"CHINA BLAMES US FOR THEFT OF DATA | BEIJING ( Reuters ) - China blamed the United States . |"},
		{"straight and single quotes", "‘Yes,’ he said. \"It's late.\" She went.", "‘ Yes , ’ he said . | \" It 's late . \" | She went . |"},
		{"ellipses", "Wait... what? And then… nothing.", "Wait ... what ? | And then … nothing . |"},
		{"runs of marks", "What?!! It costs $$$ [...] now.", "What ?!! | It costs $$$ [...] now . |"},
		{"names with underscores and digits", "The vjw0rm used snake_case, win32\\_disk, 0x7ffe and TLSv1.2.",
			"The vjw0rm used snake_case , win32\\_disk , 0x7ffe and TLSv1.2 . |"},
		{"soft hyphen", "The hy\u00adphen.", "The hy\u00adphen . |"},
		{"a list", "The following:\n* one thing\n* another", "The following : | * one thing | * another |"},
		{"link", "A [similar exploit](https://a.b/c(d)) checks it.", "A [ similar exploit ](https://a.b/c(d)) checks it . |"},
		{"bold sentence", "**He said so.** The firm left.", "** He said so . ** | The firm left . |"},
		{"image on a line", "It ended.\n![](/a.png)\nThe firm left.", "It ended . | ![ ](/a.png) | The firm left . |"},
		{"contraction twice", "They'd've left in the '90s.", "They 'd 've left in the '90s . |"},
		{"path with a space", `In C:\Program Files\Common now.`, `In C:\Program Files\Common now . |`},
		{"empty", " \n\n ", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := forms(annotate(t, c.text)); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

func TestRegionsAreBorders(t *testing.T) {
	text := "Bank robbed by night The police said so."
	d := annotate(t, text, news.Region{Span: news.Span{Start: 0, End: 20}, Kind: news.Headline})
	if len(d.Sentences) != 2 || d.Sentences[0].Kind != news.Headline || d.Sentences[1].Kind != news.Body {
		t.Errorf("sentences %+v, want a headline and a body sentence", d.Sentences)
	}
}

func TestTree(t *testing.T) {
	d := annotate(t, "Researchers said the group attacked three banks.")
	said, attacked := 1, 4
	if d.Head(said) != -1 || d.Head(attacked) != said || d.Tokens[attacked].Deprel != "ccomp" {
		t.Errorf("tokens %+v: want attacked as ccomp of said", d.Tokens)
	}
	if l := d.Tokens[attacked].Lemma; l != "attack" {
		t.Errorf("lemma %q, want attack", l)
	}
	if s := d.Child(attacked, "nsubj"); s != 3 {
		t.Errorf("subject of attacked is token %d, want 3", s)
	}
}
