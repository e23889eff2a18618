package entity

import (
	"strings"

	"hearsay/ingest/news"
)

// indicator is a name that an exact grammar gives: a hash, an address, a
// vulnerability's number.
type indicator struct {
	news.Span
	typ  news.EntityType
	kind string // part of the IRI: "hash", "ip", "domain", "url", "email"; "" for a vulnerability
	name string // refanged, in lower case; CVE and MS numbers in upper case
}

func (x *indicator) iri() string {
	if x.kind == "" {
		return "hs:" + x.name
	}
	return "hs:" + x.kind + "/" + strings.NewReplacer("<", "%3C", ">", "%3E", `"`, "%22", "\\", "%5C",
		"{", "%7B", "}", "%7D", "|", "%7C", "^", "%5E", "`", "%60", "#", "%23").Replace(x.name)
}

// indicators scans text outside of any tokens.
//
//	CVE-2017-0144                       vulnerability  CVE-2017-0144
//	hxxps://evil[.]example.com/a        url            https://evil.example.com/a
//	10.0.0[.]1                          ip             10.0.0.1
//	evil(.)example[dot]com              domain         evil.example.com
//	d41d8cd98f00b204e9800998ecf8427e    hash
//	mssecsvc.exe, U.S., e.g., 1.2.3     none
func indicators(text string) []indicator {
	var out []indicator
	for i := 0; i < len(text); {
		if isBlank(text[i]) {
			i++
			continue
		}
		start, hint := i, false
		for ; i < len(text) && !isBlank(text[i]); i++ {
			c := text[i]
			hint = hint || c == '.' || c == '[' || c == '@' || c >= '0' && c <= '9'
		}
		if !hint || i-start < 5 || i-start > 2000 {
			continue
		}
		if x, ok := indicatorIn(text[start:i]); ok {
			x.Start += start
			x.End += start
			out = append(out, x)
		}
	}
	return out
}

func isBlank(c byte) bool {
	switch c {
	case ' ', '\t', '\n', '\r', '|', '<', '>', '"', ',', ';':
		return true
	}
	return false
}

// indicatorIn reads one run of text without blanks.
func indicatorIn(s string) (indicator, bool) {
	start, end := trimIndicator(s)
	s = s[start:end]
	x := indicator{Span: news.Span{Start: start, End: end}, typ: news.Other}
	if n := vulnerabilityNumber(s); n > 0 {
		x.End = start + n
		x.typ, x.name = news.Vulnerability, strings.ToUpper(strings.ReplaceAll(s[:n], "‑", "-"))
		return x, true
	}
	plain := refang(s)
	switch {
	case isHash(s):
		x.kind = "hash"
	case isURL(plain):
		x.kind = "url"
		if rest := plain[strings.Index(plain, "://")+3:]; strings.Trim(rest, "/") == rest || strings.HasSuffix(plain, "/") {
			plain = strings.TrimSuffix(plain, "/")
		}
		x.name = plain
		return x, true
	case isIP(plain):
		x.kind = "ip"
	case isEmail(plain):
		x.kind = "email"
	case isDomain(plain, plain != s):
		x.kind = "domain"
	default:
		return x, false
	}
	x.name = strings.ToLower(plain)
	return x, true
}

// trimIndicator is s without the punctuation around it; brackets that defang stay.
func trimIndicator(s string) (int, int) {
	start, end := 0, len(s)
	for start < end && strings.IndexByte("([{'`*_", s[start]) >= 0 {
		start++
	}
	for end > start {
		c := s[end-1]
		if strings.IndexByte(".:!?'`*_", c) >= 0 ||
			c == ')' && strings.Count(s[start:end], "(") < strings.Count(s[start:end], ")") ||
			c == ']' && strings.Count(s[start:end], "[") < strings.Count(s[start:end], "]") ||
			c == '}' {
			end--
			continue
		}
		if strings.HasSuffix(s[start:end], "’") || strings.HasSuffix(s[start:end], "”") {
			end -= len("’")
			continue
		}
		if strings.HasSuffix(s[start:end], "’s") || strings.HasSuffix(s[start:end], "'s") {
			end = start + strings.LastIndexAny(s[start:end], "'’")
			continue
		}
		break
	}
	return start, end
}

// vulnerabilityNumber is the length of a CVE or Microsoft bulletin number at the
// start of s, 0 for none.
func vulnerabilityNumber(s string) int {
	up := strings.ToUpper(s[:min(len(s), 24)])
	if rest, ok := strings.CutPrefix(up, "CVE-"); ok {
		if n := digits(rest); n == 4 && len(rest) > 4 && rest[4] == '-' {
			if m := digits(rest[5:]); m >= 4 && m <= 7 {
				return 4 + 5 + m
			}
		}
	}
	if rest, ok := strings.CutPrefix(up, "MS"); ok && len(rest) == 6 && digits(rest) == 2 && rest[2] == '-' && digits(rest[3:]) == 3 {
		return 8
	}
	return 0
}

func digits(s string) int {
	n := 0
	for n < len(s) && s[n] >= '0' && s[n] <= '9' {
		n++
	}
	return n
}

// refang undoes the writing that keeps an address from being clicked.
func refang(s string) string {
	if !strings.ContainsAny(s, "[(x{X") {
		return s
	}
	s = strings.NewReplacer("[.]", ".", "(.)", ".", "{.}", ".", "[dot]", ".", "(dot)", ".", "[DOT]", ".",
		"[:]", ":", "[://]", "://", "[/]", "/", "[@]", "@", "[at]", "@", "(at)", "@", "[.", ".", ".]", ".").Replace(s)
	for _, p := range [...]string{"hxxp", "hXXp", "HXXP", "hxxP"} {
		if rest, ok := strings.CutPrefix(s, p); ok {
			return "http" + rest
		}
	}
	if rest, ok := strings.CutPrefix(s, "fxp://"); ok {
		return "ftp://" + rest
	}
	return s
}

// isHash reports whether s is an MD5, SHA-1, SHA-256 or SHA-512 in hexadecimal:
// with at least one letter and one digit.
func isHash(s string) bool {
	switch len(s) {
	case 32, 40, 64, 128:
	default:
		return false
	}
	letters, numbers := 0, 0
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c >= '0' && c <= '9':
			numbers++
		case c >= 'a' && c <= 'f', c >= 'A' && c <= 'F':
			letters++
		default:
			return false
		}
	}
	return letters > 0 && numbers > 0
}

func isURL(s string) bool {
	i := strings.Index(s, "://")
	if i < 3 || i > 6 {
		return false
	}
	switch strings.ToLower(s[:i]) {
	case "http", "https", "ftp", "sftp", "tcp", "udp", "ldap":
	default:
		return false
	}
	host := s[i+3:]
	if k := strings.IndexAny(host, "/?#"); k >= 0 {
		host = host[:k]
	}
	return len(host) > 2
}

// isIP reads IPv4 with an optional port or length of prefix, and IPv6.
func isIP(s string) bool {
	if k := strings.LastIndexAny(s, ":/"); k > 0 && strings.Count(s, ":") < 2 && digits(s[k+1:]) == len(s)-k-1 && len(s) > k+1 {
		s = s[:k]
	}
	if strings.Count(s, ":") >= 3 {
		return isIPv6(s)
	}
	parts := strings.Split(s, ".")
	if len(parts) != 4 {
		return false
	}
	for _, p := range parts {
		if n := digits(p); n == 0 || n != len(p) || n > 3 || n == 3 && p > "255" {
			return false
		}
	}
	return true
}

func isIPv6(s string) bool {
	groups, empty := 0, 0
	for _, g := range strings.Split(s, ":") {
		if len(g) > 4 {
			return false
		}
		for i := 0; i < len(g); i++ {
			if !strings.ContainsRune("0123456789abcdefABCDEF", rune(g[i])) {
				return false
			}
		}
		if g == "" {
			empty++
		} else {
			groups++
		}
	}
	return groups == 8 && empty == 0 || groups >= 2 && groups < 8 && empty >= 1 && strings.Contains(s, "::")
}

func isEmail(s string) bool {
	user, host, ok := strings.Cut(s, "@")
	return ok && user != "" && strings.IndexByte(host, '@') < 0 && isDomain(host, true)
}

// endings are the top-level domains that a bare name must have to be taken for a
// host: with a file's ending or an abbreviation it is none.
var endings = func() map[string]bool {
	m := map[string]bool{}
	for _, e := range strings.Fields(`com net org edu gov mil int info biz name pro mobi onion bit top xyz online site club
		shop app dev cloud live tech space website store icu vip work fun host press news media tv cc ws me io ai gg co
		ru cn kr kp jp tw hk in ir iq il tr ua by kz de fr uk eu nl be ch at it es pt pl cz sk hu ro bg gr se no fi dk ie
		is lt lv ee us ca mx br ar cl au nz za ng ke eg sa ae pk bd lk th vn my sg id ph su tk ga gq cf ml pw link click`) {
		m[e] = true
	}
	return m
}()

// isDomain reports whether s is a host's name; sure where it was defanged or
// stands after an @.
func isDomain(s string, sure bool) bool {
	if k := strings.IndexAny(s, "/:"); k > 0 && (s[k] == '/' || digits(s[k+1:]) > 0) {
		s = s[:k]
	}
	labels := strings.Split(s, ".")
	if len(labels) < 2 || len(s) > 253 {
		return false
	}
	for _, l := range labels {
		if l == "" || len(l) > 63 || l[0] == '-' || l[len(l)-1] == '-' {
			return false
		}
		for i := 0; i < len(l); i++ {
			c := l[i]
			if !(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '_') {
				return false
			}
		}
	}
	last, before := labels[len(labels)-1], labels[len(labels)-2]
	if sure {
		return len(last) >= 2 && digits(last) == 0
	}
	// "the end.It was" and "Paris.In" are sentences run together.
	return endings[last] && len(before) > 1 && digits(s) < len(before)
}
