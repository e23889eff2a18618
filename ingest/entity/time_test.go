package entity

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"hearsay/ingest/news"
)

// spaced puts spaces around marks, so that plain makes tokens of them.
func spaced(s string) string {
	return strings.NewReplacer(",", " ,", "(", "( ", ")", " )", "–", " – ").Replace(s)
}

func timesOf(text string, base time.Time) []string {
	d := plain(spaced(text))
	for i := range d.Tokens {
		if d.Form(i)[0] >= '0' && d.Form(i)[0] <= '9' {
			d.Tokens[i].UPOS = "NUM"
		}
	}
	var out []string
	c := clock{d: d, base: base, end: len(d.Tokens)}
	c.times(func(x expression) { out = append(out, d.Slice(d.SpanOf(x.first, x.last))+"="+x.value) })
	return out
}

func TestTimes(t *testing.T) {
	monday := time.Date(2017, 5, 15, 0, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		text string
		want []string
	}{
		{"on May 12, 2017 it spread", []string{"May 12 , 2017=2017-05-12"}},
		{"on 12 May 2017", []string{"12 May 2017=2017-05-12"}},
		{"the 12th of May", []string{"12th of May=2017-05-12"}},
		{"in May 2017", []string{"May 2017=2017-05"}},
		{"last month", []string{"last month=2017-04"}},
		{"on Monday", []string{"Monday=2017-05-15"}},
		{"on this Monday", []string{"this Monday=2017-05-15"}},
		{"on Friday", []string{"Friday=2017-05-12"}},
		{"last Monday", []string{"last Monday=2017-05-08"}},
		{"next Friday", []string{"next Friday=2017-05-19"}},
		{"Thursday, February 23, 2006", []string{"Thursday , February 23 , 2006=2006-02-23"}},
		{"since 2008", []string{"2008=2008/.."}},
		{"since as early as 2013", []string{"2013=2013/.."}},
		{"until June", []string{"June=../2017-06"}},
		{"from 2010 to 2014", []string{"2010 to 2014=2010/2014"}},
		{"on May 12, 2017 and two days later", []string{"May 12 , 2017=2017-05-12", "two days later=2017-05-14"}},
		{"three weeks ago", []string{"three weeks ago=2017-04-24"}},
		{"a year earlier", []string{"a year earlier=2016"}},
		{"for 24 hours", []string{"24 hours=PT24H"}},
		{"over the past two years", []string{"the past two years=P2Y"}},
		{"in the 1990s", []string{"1990s=199X"}},
		{"the first quarter of 2016", []string{"first quarter of 2016=2016-Q1"}},
		{"summer of 2015", []string{"summer of 2015=2015-SU"}},
		{"yesterday morning", []string{"yesterday morning=2017-05-14TMO"}},
		{"on 2017-05-12 at 10:30 am", []string{"2017-05-12=2017-05-12", "10:30 am=2017-05-12T10:30"}},
		{"in 2014", []string{"2014=2014"}},
		{"last Tuesday", []string{"last Tuesday=2017-05-09"}},
		{"next month", []string{"next month=2017-06"}},
		{"last year", []string{"last year=2016"}},
		{"last quarter", []string{"last quarter=2017-Q1"}},
		{"in the third quarter", []string{"third quarter=2017-Q3"}},
		{"in Q1 2016", []string{"Q1 2016=2016-Q1"}},
		{"in the second half of 2015", []string{"second half of 2015=2015-H2"}},
		{"since Monday", []string{"Monday=2017-05-15/.."}},
		{"since last month", []string{"last month=2017-04/.."}},
		{"since May 12", []string{"May 12=2017-05-12/.."}},
		{"between 2014 and 2016", []string{"2014 and 2016=2014/2016"}},
		{"from May to July 2016", []string{"May to July 2016=2016-05/2016-07"}},
		{"from May 3 to May 9", []string{"May 3 to May 9=2017-05-03/2017-05-09"}},
		{"during 2014 – 2016", []string{"2014 – 2016=2014/2016"}},
		{"two days after it spread", []string{"two days=P2D"}},
		{"the following day", []string{"the following day=2017-05-16"}},
		{"on May 12, 2017, the next day", []string{"May 12 , 2017=2017-05-12", "the next day=2017-05-13"}},
		{"on May 12, 2017, a week earlier", []string{"May 12 , 2017=2017-05-12", "a week earlier=2017-05-05"}},
		{"on May 12, 2017 and three months later", []string{"May 12 , 2017=2017-05-12", "three months later=2017-08"}},
		{"in early May", []string{"May=2017-05"}},
		{"in December", []string{"December=2016-12"}},
		{"tomorrow", []string{"tomorrow=2017-05-16"}},
		{"Monday's attack", []string{"Monday=2017-05-15"}},
		{"from November to February 2016", []string{"November to February 2016=2015-11/2016-02"}},
		{"from 12 May to 14 May 2016", []string{"12 May to 14 May 2016=2016-05-12/2016-05-14"}},
		{"two days after May 12, 2017", []string{"two days after May 12 , 2017=2017-05-14"}},
		{"on May 12, 2017 and two days after", []string{"May 12 , 2017=2017-05-12", "two days after=2017-05-14"}},
		{"this week", []string{"this week=2017-W20"}},
	} {
		if got := timesOf(strings.ReplaceAll(c.text, "'s", " 's"), monday); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%q: %q, want %q", c.text, got, c.want)
		}
	}
}

func TestNoTimes(t *testing.T) {
	for name, text := range map[string]string{
		"modal verb":        "they May/AUX leave",
		"count":             "of 1500 computers",
		"newspaper":         "USA Today/PROPN reported",
		"second as ordinal": "a second man",
		"money":             "in 2014 dollars",
	} {
		if got := timesOf(text, time.Time{}); len(got) != 0 {
			t.Errorf("%s: %q gave %q", name, text, got)
		}
	}
	if got := timesOf("on Monday , May 12", time.Time{}); !reflect.DeepEqual(got, []string{"Monday , May 12=XXXX-05-12"}) {
		t.Errorf("without a date of its own: %q", got)
	}
}

func TestDate(t *testing.T) {
	want := time.Date(2006, 2, 23, 0, 0, 0, 0, time.UTC)
	for _, text := range []string{"Thursday , February 23 , 2006", "Published : February 23 , 2006", "SEOUL , 23 February 2006 ( Wire ) - It was/VERB over"} {
		if got := Date(plain(text)); !got.Equal(want) {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
	for _, text := range []string{"He said/VERB that the war ended/VERB on February 23 , 2006 in the north", "no date here"} {
		if got := Date(plain(text)); !got.IsZero() {
			t.Errorf("%q: %v, want none", text, got)
		}
	}
}

func TestAmounts(t *testing.T) {
	for _, c := range []struct {
		text string
		want []string
	}{
		{"$ 10 million", []string{"money $ 10 million=10000000"}},
		{"more than 300,000 computers", []string{"quantity 300,000=300000"}},
		{"about 9.3 % of them", []string{"quantity 9.3 %=9.3"}},
		{"12 per cent", []string{"quantity 12 per cent=12"}},
		{"two hundred and six people", []string{"quantity two hundred and six=206"}},
		{"a dozen ships", []string{"quantity a dozen=12"}},
		{"500 million euros", []string{"money 500 million euros=500000000"}},
		{"they won/VERB 3 games", []string{"quantity 3=3"}},
		{"no one left", nil},
	} {
		d := plain(c.text)
		for i := range d.Tokens {
			if _, ok := figure(d.Form(i)); ok || small[d.Form(i)] > 0 || scale[d.Form(i)] > 0 {
				d.Tokens[i].UPOS = "NUM"
			}
		}
		var got []string
		amounts(d, 0, len(d.Tokens), func(int) bool { return false }, func(first, last int, typ news.EntityType, v string) {
			got = append(got, string(typ)+" "+d.Slice(d.SpanOf(first, last))+"="+v)
		})
		if !reflect.DeepEqual(got, c.want) {
			t.Errorf("%q: %q, want %q", c.text, got, c.want)
		}
	}
}
