package reader

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hearsay/ingest/news"
)

const sentence = "Officials in the port city said on Tuesday that the ferry had been overloaded when it left the harbour. "

// marked writes a text with its regions in brackets: [H ...] headline, [D ...]
// dateline, [B ...] boilerplate.
func marked(d *news.Document) string {
	var b strings.Builder
	at := 0
	for _, r := range d.Regions {
		b.WriteString(d.Text[at:r.Start])
		b.WriteString("[" + string("?HDB"[r.Kind]) + " " + d.Slice(r.Span) + "]")
		at = r.End
	}
	b.WriteString(d.Text[at:])
	return b.String()
}

func TestMarkText(t *testing.T) {
	long := strings.TrimSpace(sentence)
	tests := []struct{ name, in, want string }{
		{"a sentence alone", "Norvik said it was too early to tell.\n", "Norvik said it was too early to tell.\n"},
		{"a sentence alone that begins like a byline", "By Monday, Norvik said it was ready.", "By Monday, Norvik said it was ready."},
		{"a sentence alone that begins like a link", "Read more: Norvik said it was ready.", "Read more: Norvik said it was ready."},
		{"a sentence alone with a dateline", "LONDON — Norvik said it was ready.", "[D LONDON — ]Norvik said it was ready."},
		{"a link alone", "Share this article", "[B Share this article]"},
		{"title and empty line", "Ferry sinks off Varo\n\n" + long, "[H Ferry sinks off Varo]\n\n" + long},
		{"title that asks", "Who sank the ferry?\n\n" + long, "[H Who sank the ferry?]\n\n" + long},
		{"title that ends in an abbreviation", "Ferry came from the U.S.\n\n" + long, "[H Ferry came from the U.S.]\n\n" + long},
		{"a sentence is no title", long + "\n\n" + long, long + "\n\n" + long},
		{"the first line of a wrapped paragraph is no title",
			"Officials in the port city said on\nTuesday that the ferry had been\noverloaded.", "Officials in the port city said on\nTuesday that the ferry had been\noverloaded."},
		{"title case without an empty line", "Ferry Sinks Off Southern Varo\n" + long, "[H Ferry Sinks Off Southern Varo]\n" + long},
		{"date line", "Ferry sinks\n\nMonday, September 23, 2019  \n\n" + long, "[H Ferry sinks]\n\n[D Monday, September 23, 2019]  \n\n" + long},
		{"date and byline", "Ferry sinks\nJun 17, 2016\nBy Mara Quill, Shipping Editor\n" + long,
			"[H Ferry sinks]\n[D Jun 17, 2016]\n[D By Mara Quill, Shipping Editor]\n" + long},
		{"dateline with agency", "Ferry sinks\n\nVARO CITY, May 16 (Reuters) - " + long, "[H Ferry sinks]\n\n[D VARO CITY, May 16 (Reuters) - ]" + long},
		{"dateline without agency", "Ferry sinks\n\nLONDON — " + long, "[H Ferry sinks]\n\n[D LONDON — ]" + long},
		{"a dash is no dateline", "Ferry sinks\n\nWashington – a city of lawyers – said nothing about it on Tuesday.", "[H Ferry sinks]\n\nWashington – a city of lawyers – said nothing about it on Tuesday."},
		{"an acronym in parentheses is no dateline", "Ferry sinks\n\nThe Federal Bureau of Investigation (FBI) said nothing about it on Tuesday.", "[H Ferry sinks]\n\nThe Federal Bureau of Investigation (FBI) said nothing about it on Tuesday."},
		{"trailing junk", "Ferry sinks\n\n" + long + "\n\nLatest News", "[H Ferry sinks]\n\n" + long + "\n\n[B Latest News]"},
		{"trailing list", "Ferry sinks\n\n" + strings.Repeat(long+"\n\n", 3) + "Related articles\nMinister resigns\nNew ferry ordered\n",
			"[H Ferry sinks]\n\n" + strings.Repeat(long+"\n\n", 3) + "[B Related articles]\n[B Minister resigns]\n[B New ferry ordered]\n"},
		{"list in the middle", "Ferry sinks\n\n" + long + "\n\nMOST READ\n\nMinister resigns\n\nNew ferry ordered\n\n" + long,
			"[H Ferry sinks]\n\n" + long + "\n\n[B MOST READ]\n\n[B Minister resigns]\n\n[B New ferry ordered]\n\n" + long},
		{"newsletter in the middle", "Ferry sinks\n\n" + long + "\n\n" + long + "\n\nSign up for our newsletter\n\n" + long,
			"[H Ferry sinks]\n\n" + long + "\n\n" + long + "\n\n[B Sign up for our newsletter]\n\n" + long},
		{"times of a running report", "Ferry sinks\n4:55 p.m.\n" + long + "\n14.20 GMT\n" + long,
			"[H Ferry sinks]\n[D 4:55 p.m.]\n" + long + "\n[D 14.20 GMT]\n" + long},
		{"one line junk", "Ferry sinks\n\nShare this article\nShare on Facebook Tweet Email\nHome > World > Varo\nAdvertisement\n" + long,
			"[H Ferry sinks]\n\n[B Share this article]\n[B Share on Facebook Tweet Email]\n[B Home > World > Varo]\n[B Advertisement]\n" + long},
		{"captions", "Ferry sinks\n\nFILE PHOTO: The ferry in 2014. REUTERS/Jo Doe\n\nThe harbour on Monday (AP Photo/Jo Doe)\n\n" + long,
			"[H Ferry sinks]\n\n[B FILE PHOTO: The ferry in 2014. REUTERS/Jo Doe]\n\n[B The harbour on Monday (AP Photo/Jo Doe)]\n\n" + long},
		{"cookies and newsletter", "Ferry sinks\n\nWe use cookies to improve your experience.\nSign up for our daily newsletter to get news like this.\n" + long,
			"[H Ferry sinks]\n\n[B We use cookies to improve your experience.]\n[B Sign up for our daily newsletter to get news like this.]\n" + long},
		{"news about cookies and photographs stays", "Ferry sinks\n\nThe regulator said that the company had set cookies without consent. A photo by a passenger showed the deck.",
			"[H Ferry sinks]\n\nThe regulator said that the company had set cookies without consent. A photo by a passenger showed the deck."},
		{"sharing stays", "Ferry sinks\n\nShare prices fell. He said he would share the report with the police.", "[H Ferry sinks]\n\nShare prices fell. He said he would share the report with the police."},
		{"heading", "Ferry sinks\n\n" + long + "\n\nA troubled ship\n\n" + long, "[H Ferry sinks]\n\n" + long + "\n\n[H A troubled ship]\n\n" + long},
		{"a short paragraph in quotation marks is no heading", "Ferry sinks\n\n" + long + "\n\n“We saw it”\n\n" + long, "[H Ferry sinks]\n\n" + long + "\n\n“We saw it”\n\n" + long},
		{"wire sign-off", "Ferry sinks\n\n" + long + "\n\n(Reporting by Jo Doe; editing by Ann Roe)", "[H Ferry sinks]\n\n" + long + "\n\n[D (Reporting by Jo Doe; editing by Ann Roe)]"},
		{"comments", "Ferry sinks\n\n" + strings.Repeat(long+"\n\n", 2) + "Comments\n\nJo says: this is what I always said about that ferry.", "[H Ferry sinks]\n\n" + strings.Repeat(long+"\n\n", 2) + "[B Comments]\n\n[B Jo says: this is what I always said about that ferry.]"},
		{"carriage returns", "Ferry sinks\r\n\r\n" + long + "\r\n", "[H Ferry sinks]\r\n\r\n" + long + "\r\n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := &news.Document{Text: tt.in}
			markText(d, 0)
			if diff := cmp.Diff(tt.want, marked(d)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestPages are whole articles as they come out of a browser's clipboard.
func TestPages(t *testing.T) {
	tests := []struct{ name, in, want, title, published string }{
		{"a broadcaster's", `Cyber-attack: Port cranes stopped

Published
4 March 2021

By Jane Roe
Technology reporter

Image source, Getty Images
Image caption,
The port handles a third of the country's trade

Hackers have stopped the cranes of the port of Varo, its harbour master said.

More on this story
Port reopens after storm
14 February
What is ransomware?

Related Topics
Tesk
`, `[H Cyber-attack: Port cranes stopped]

[D Published]
[D 4 March 2021]

[D By Jane Roe]
[D Technology reporter]

[B Image source, Getty Images]
[B Image caption,]
[B The port handles a third of the country's trade]

Hackers have stopped the cranes of the port of Varo, its harbour master said.

[B More on this story]
[B Port reopens after storm]
[B 14 February]
[B What is ransomware?]

[B Related Topics]
[B Tesk]
`, "Cyber-attack: Port cranes stopped", "2021-03-04T00:00:00Z"},
		{"a wire report", `TECHNOLOGY NEWS
MARCH 4, 2021 / 10:30 AM / UPDATED 2 HOURS AGO
Hackers stop cranes in port of Varo, officials say
3 MIN READ

VARO CITY (Reuters) - Hackers stopped the cranes of the port of Varo on Thursday, officials said.

Associated writer John Doe contributed to this report.
`, `[B TECHNOLOGY NEWS]
[D MARCH 4, 2021 / 10:30 AM / UPDATED 2 HOURS AGO]
[H Hackers stop cranes in port of Varo, officials say]
[B 3 MIN READ]

[D VARO CITY (Reuters) - ]Hackers stopped the cranes of the port of Varo on Thursday, officials said.

[D Associated writer John Doe contributed to this report.]
`, "Hackers stop cranes in port of Varo, officials say", "2021-03-04T10:30:00Z"},
		{"a company's blog", `Skip to main content
Home > Blog > Threat Research

GlassHeron: a closer look
October 20, 2030 | Pinebarrow Labs | 7 min read

Key Findings
• Pinebarrow assesses with moderate confidence that GlassHeron was written by Quiet Ledger.

Subscribe to the Pinebarrow Blog
Email address
Submit
`, `[B Skip to main content]
[B Home > Blog > Threat Research]

[H GlassHeron: a closer look]
[D October 20, 2030 | Pinebarrow Labs | 7 min read]

[H Key Findings]
• Pinebarrow assesses with moderate confidence that GlassHeron was written by Quiet Ledger.

[B Subscribe to the Pinebarrow Blog]
[B Email address]
[B Submit]
`, "GlassHeron: a closer look", "2030-10-20T00:00:00Z"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := &news.Document{Text: tt.in}
			markText(d, 0)
			if diff := cmp.Diff([]string{tt.want, tt.title, tt.published}, []string{marked(d), d.Title, d.Published.Format(time.RFC3339)}); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestMarkTextMetadata(t *testing.T) {
	d := &news.Document{Text: "Ferry sinks off Varo\n\nOutlet: The Varo Courier (an invented paper)\nBy Mara Quill\nPublished: 16 May 2017, 10:30 GMT\n\n" + sentence}
	markText(d, 0)
	got := []string{d.Title, d.Outlet, d.Author, d.Published.Format(time.RFC3339)}
	want := []string{"Ferry sinks off Varo", "The Varo Courier (an invented paper)", "Mara Quill", "2017-05-16T10:30:00Z"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	wire := &news.Document{Text: "Ferry sinks\n\nVARO CITY, May 16, 2017 (Reuters) - " + sentence}
	markText(wire, 0)
	if wire.Outlet != "Reuters" || wire.Published.Format(time.DateOnly) != "2017-05-16" {
		t.Errorf("dateline gives outlet %q, date %v", wire.Outlet, wire.Published)
	}
}

func TestParseDate(t *testing.T) {
	for in, want := range map[string]string{
		"2017-05-16":                    "2017-05-16T00:00:00Z",
		"2017-05-16T10:30:00+09:00":     "2017-05-16T01:30:00Z",
		"Tue, 16 May 2017 10:30:00 GMT": "2017-05-16T10:30:00Z",
		"Monday, September 23, 2019":    "2019-09-23T00:00:00Z",
		"16th May 2017":                 "2017-05-16T00:00:00Z",
		"16/05/2017":                    "2017-05-16T00:00:00Z",
		"05/16/2017":                    "2017-05-16T00:00:00Z",
		"05/06/2017":                    "", // nobody can know the order
		"May 16":                        "", // no year
		"yesterday":                     "",
		"":                              "",
	} {
		got := ""
		if d := ParseDate(in); !d.IsZero() {
			got = d.Format(time.RFC3339)
		}
		if got != want {
			t.Errorf("ParseDate(%q) = %q, want %q", in, got, want)
		}
	}
}

func FuzzMarkText(f *testing.F) {
	f.Add("Ferry sinks\n\nVARO, May 16 (Reuters) - " + sentence + "\n\nLatest News\nMinister resigns")
	f.Add("# A\n\n| - | - |\r\r\n\u2028\u00a0\ufeff\n***\nBy \n---\n")
	f.Fuzz(func(t *testing.T, text string) {
		text = strings.ToValidUTF8(text, "?")
		for _, mark := range []func(*news.Document){func(d *news.Document) { markText(d, 0) }, markMarkdown} {
			d := &news.Document{Text: text}
			mark(d)
			if d.Text != text {
				t.Fatal("the text was altered")
			}
			at := 0
			for _, r := range d.Regions {
				if r.Start < at || r.Empty() || r.End > len(text) {
					t.Fatalf("region %v after byte %d of %d", r, at, len(text))
				}
				at = r.End
			}
		}
	})
}
