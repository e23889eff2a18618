package entity

import (
	"testing"
)

func TestIndicators(t *testing.T) {
	for _, c := range []struct{ text, span, kind, name string }{
		{"patch CVE-2017-0144 now", "CVE-2017-0144", "", "CVE-2017-0144"},
		{"patched cve-2021-44228, they said", "cve-2021-44228", "", "CVE-2021-44228"},
		{"Microsoft's MS17-010.", "MS17-010", "", "MS17-010"},
		{"see hxxps://evil[.]example.com/a?b=1.", "hxxps://evil[.]example.com/a?b=1", "url", "https://evil.example.com/a?b=1"},
		{"beacons to 10.0.0[.]1:443 daily", "10.0.0[.]1:443", "ip", "10.0.0.1:443"},
		{"at 192.168.1.1.", "192.168.1.1", "ip", "192.168.1.1"},
		{"from 2001:db8::ff00:42:8329", "2001:db8::ff00:42:8329", "ip", "2001:db8::ff00:42:8329"},
		{"the domain Evil(.)example[dot]com's owner", "Evil(.)example[dot]com", "domain", "evil.example.com"},
		{"(wikileaks.org)", "wikileaks.org", "domain", "wikileaks.org"},
		{"hash D41D8CD98F00B204E9800998ECF8427E", "D41D8CD98F00B204E9800998ECF8427E", "hash", "d41d8cd98f00b204e9800998ecf8427e"},
		{"write to a.b@c-d.org, please", "a.b@c-d.org", "email", "a.b@c-d.org"},
	} {
		got := indicators(c.text)
		if len(got) != 1 {
			t.Errorf("%q: %d indicators, want 1: %+v", c.text, len(got), got)
			continue
		}
		if s := c.text[got[0].Start:got[0].End]; s != c.span || got[0].kind != c.kind || got[0].name != c.name {
			t.Errorf("%q: %q %s %s, want %q %s %s", c.text, s, got[0].kind, got[0].name, c.span, c.kind, c.name)
		}
	}
}

func TestNoIndicators(t *testing.T) {
	for name, text := range map[string]string{
		"file name":           "ran mssecsvc.exe and tasksche.exe",
		"abbreviation":        "the U.S. and the U.N., e.g. today, at 5 p.m. sharp",
		"version":             "Windows 10.0.17763 and OpenSSL 1.0.1f",
		"run-on sentence":     "It was over.The army left.",
		"number":              "some 300,000 of 1.5 million, 12345678901234567890123456789012",
		"word of hex letters": "deadbeef",
		"time":                "at 10:30:15 on 12.05.2017",
	} {
		if got := indicators(text); len(got) != 0 {
			t.Errorf("%s: %q gave %+v", name, text, got)
		}
	}
}
