package syntax

import "strings"

// protected is the length in bytes of the unbreakable item at the start of s,
// which ends at white space or the end of the text; 0 where there is none. Items
// are what is cut up wrongly by the rules of running text:
//
//	http://a.b/c, hxxps://evil[.]com/x.php, www.example.org -> one token
//	name@example.org, name[at]example[.]org                -> one token
//	evil[.]com, evil[.com, 10.0.0[.]1, 192.168.0.1:8080    -> one token
//	CVE-2017-0144, MS17-010, T1059.001, S-1-5-21-1001      -> one token
//	d41d8cd98f00b204e9800998ecf8427e                       -> one token
//	2001:db8::1/64, 00:1a:2b:3c:4d:5e                      -> one token
//	C:\Windows\tasksche.exe, /etc/passwd, HKLM\Software\X  -> one token
//	tasksche.exe, invoice_2020.pdf.js, .exe                -> one token
//	@handle, #hashtag                                      -> one token
//
// Punctuation at the end of the item belongs to the sentence.
func protected(s string) int {
	if len(s) < 4 {
		return 0
	}
	switch c := s[0]; {
	case c == '@' || c == '#':
		return handle(s)
	case c == '/' || c == '\\' || c == '%' || c == '~':
		return unixPath(s)
	case c == '.':
		return ending(s)
	case !alphanumeric(c):
		return 0
	}
	if n := address(s); n > 0 {
		return n
	}
	if n := windowsPath(s); n > 0 {
		return n
	}
	if n := colonHex(s); n > 0 {
		return n
	}
	return identifier(s)
}

// ending is the ending of a file's name by itself: .exe.
func ending(s string) int {
	n := trim(s)
	if n < 2 || n > 8 {
		return 0
	}
	last := s[1:n]
	if lower := strings.ToLower(last); domains[lower] && (last == lower || last == strings.ToUpper(last)) {
		return n
	}
	return 0
}

func letter(c byte) bool       { return c|0x20 >= 'a' && c|0x20 <= 'z' }
func digit(c byte) bool        { return c >= '0' && c <= '9' }
func alphanumeric(c byte) bool { return letter(c) || digit(c) }

// trim takes sentence punctuation, quotes and unmatched brackets off the end of
// an item.
func trim(s string) int {
	for n := len(s); n > 0; n-- {
		switch s[n-1] {
		case '.', ',', ';', ':', '!', '?', '"', '\'', '>', '*':
			continue
		case ')':
			if strings.Count(s[:n], "(") < strings.Count(s[:n], ")") {
				continue
			}
		case ']':
			if strings.Count(s[:n], "[") < strings.Count(s[:n], "]") {
				continue
			}
		case '}':
			if strings.Count(s[:n], "{") < strings.Count(s[:n], "}") {
				continue
			}
		}
		for _, mark := range []string{"”", "’", "“", "…", "»"} {
			if strings.HasSuffix(s[:n], mark) {
				return trim(s[:n-len(mark)])
			}
		}
		return n
	}
	return 0
}

// handle is @name or #tag.
func handle(s string) int {
	n := 1
	for n < len(s) && (alphanumeric(s[n]) || s[n] == '_') {
		n++
	}
	if n < 3 || !letter(s[1]) && s[1] != '_' {
		return 0
	}
	return n
}

var schemes = []string{"http", "hxxp", "https", "hxxps", "ftp", "ftps", "sftp", "tcp", "udp", "ssh", "mailto", "meow", "tor", "file"}

// address is a URL, an e-mail address, an IP address or a host name, defanged or
// not.
func address(s string) int {
	item := s[:trim(s)]
	lower := strings.ToLower(item[:min(len(item), 12)])
	for _, scheme := range schemes {
		if rest, ok := strings.CutPrefix(lower, scheme); ok &&
			(strings.HasPrefix(rest, "://") || strings.HasPrefix(rest, "[:]//") || strings.HasPrefix(rest, "[://]") ||
				strings.HasPrefix(rest, ":\\\\") || scheme == "mailto" && strings.HasPrefix(rest, ":")) {
			return cutAt(item, "<>\"")
		}
	}
	if strings.HasPrefix(lower, "www.") || strings.HasPrefix(lower, "www[.]") {
		return cutAt(item, "<>\"")
	}
	return host(item)
}

// cutAt is the length of item up to the first of some bytes.
func cutAt(item, stops string) int {
	if i := strings.IndexAny(item, stops); i >= 0 {
		return trim(item[:i])
	}
	return len(item)
}

// dots are the ways in which a dot is written in a defanged name.
var dots = []string{"[.]", "(.)", "{.}", "[dot]", "(dot)", "{dot}", "[:]", "[at]", "(at)", "{at}", "[@]", "(@)", "[.", ".]"}

// host reads labels joined by dots, plain or defanged, and what follows them: a
// port, a path, or an at-sign and a second host.
func host(item string) int {
	n, labels, defanged, at := 0, 0, false, false
	for n < len(item) {
		start := n
		for n < len(item) && (alphanumeric(item[n]) || item[n] == '-' || item[n] == '_' || item[n] == '+' && !at) {
			n++
		}
		if n == start {
			break
		}
		labels++
		joint := 0
		switch {
		case n+1 < len(item) && item[n] == '.' && alphanumeric(item[n+1]):
			joint = 1
		case strings.HasPrefix(item[n:], "...@") && n+4 < len(item) && !at: // shortened by an archive
			joint, at = 4, true
		case n+1 < len(item) && item[n] == '@' && alphanumeric(item[n+1]) && !at:
			joint, at = 1, true
		default:
			for _, d := range dots {
				if joint == 0 && strings.HasPrefix(item[n:], d) && n+len(d) < len(item) {
					joint, defanged = len(d), true
				}
			}
		}
		if joint == 0 {
			break
		}
		n += joint
	}
	name := item[:n]
	switch {
	case defanged && labels > 1, at && labels > 1 && strings.Contains(name[strings.IndexByte(name, '@')+1:], "."):
	case dottedQuad(name):
	case labels > 1 && topLevelDomain(name, n < len(item) && item[n] == '/'):
	default:
		return 0
	}
	if n < len(item) && (item[n] == ':' || item[n] == '/') {
		return trim(item)
	}
	return n
}

// dottedQuad is an IPv4 address.
func dottedQuad(s string) bool {
	if !digit(s[0]) || strings.Count(s, ".") != 3 {
		return false
	}
	for part := range strings.SplitSeq(s, ".") {
		if len(part) == 0 || len(part) > 3 || strings.Trim(part, "0123456789") != "" {
			return false
		}
	}
	return true
}

// domains are top-level domains and file endings that aren't English words of
// running text: with a missing space after a full stop, "agreed.In" is two.
var domains = wordSet(`com org net edu gov mil int info biz onion arpa xyz top club online site shop store live tech
	dev app icu cloud buzz vip pw ws bid click link work space website fun
	ac ae af ag al ao aq ar au aw ax az ba bb bd bf bg bh bi bj bm bn bo br bs bt bw by bz ca cc cd cf cg ch ci ck
	cl cm cn co cr cu cv cx cy cz de dj dk dm dz ec ee eg er es et eu fi fj fk fm fr ga gb gd ge gf gg gh gi gl gm
	gn gp gq gr gt gu gw gy hk hn hr ht hu ie il im io iq ir je jm jo jp ke kg kh ki km kn kp kr kw ky kz lb lc li
	lk lr ls lt lu lv ly mc md mg mh mk ml mm mn mo mp mq mr mt mu mv mw mx mz na nc ne nf ng ni nl np nr nu nz om
	pe pf pg ph pk pl pn pr ps pt py qa ro rs ru rw sa sb sc sd se sg sh si sk sl sm sn sr ss su sv sx sy sz tc td
	tf tg th tj tk tl tm tn tr tt tv tw tz ua ug uk uy uz va vc ve vg vi vn vu wf ye yt za zm zw
	exe dll sys bat cmd ps1 psm1 vbs vbe js jse wsf hta lnk scr msi msix jar apk ipa elf bin dat tmp log cfg ini inf
	ocx cpl drv chm iqy xll vhd vhdx evtx pcap dmp pem crt cer pfx
	doc docx docm dot dotm xls xlsx xlsm xlsb ppt pptx pptm rtf odt pdf txt csv tsv xml json yml yaml toml conf html
	htm mht php asp aspx jsp jspx cgi css url
	zip rar 7z gz tgz bz2 tar iso img cab png jpg jpeg gif bmp svg ico webp mp3 mp4 avi wav mov
	py pyc rb pl c cpp h cs go java class so ko deb rpm dmg pkg ts sqlite db bak pst eml msg wncry locked encrypted`)

// wordDomains are top-level domains that are English words as well.
var wordDomains = wordSet("ad ai am as at be do hm id in is it la ma me ms mu my no pa pm pro re so st to us")

// topLevelDomain reports whether the last label is a domain or a file ending, in
// lower case throughout or in capitals throughout; one that is an English word
// needs a path, three labels, or a digit or hyphen in the first.
func topLevelDomain(name string, path bool) bool {
	last := name[strings.LastIndexByte(name, '.')+1:]
	lower := strings.ToLower(last)
	first, _, _ := strings.Cut(name, ".")
	switch {
	case last != lower && last != strings.ToUpper(last):
		return false
	case domains[lower]:
		return len(first) > 1 || len(last) > 2
	}
	return wordDomains[last] && (path || len(first) > 1 &&
		(strings.Count(name, ".") > 1 || strings.ContainsAny(first, "-0123456789")))
}

// colonHex is an address of IPv6 or of a network card: 2001:db8::1, fe80::1/64,
// 00:1a:2b:3c:4d:5e.
func colonHex(s string) int {
	n, colons, group, longest, double := 0, 0, 0, 0, false
	for ; n < len(s) && n < 40; n++ {
		switch c := s[n]; {
		case c == ':':
			double = double || n > 0 && s[n-1] == ':'
			colons++
			group = 0
			continue
		case digit(c) || c|0x20 >= 'a' && c|0x20 <= 'f':
			group++
			longest = max(longest, group)
			continue
		}
		break
	}
	for n > 0 && s[n-1] == ':' {
		n--
		colons--
	}
	digits := strings.ContainsAny(s[:n], "0123456789")
	switch {
	case n < len(s) && alphanumeric(s[n]), !digits, longest > 4:
		return 0
	case colons == 7, double && colons > 1:
		if m := strings.TrimLeft(s[n:], "/0123456789"); n < len(s) && s[n] == '/' {
			return len(s) - len(m)
		}
		return n
	case colons == 5 && n == 17:
		return n
	}
	return 0
}

// windowsPath is a path with a drive, a registry key, or names joined by
// backslashes: what stands after a space in C:\Program Files\Common.
func windowsPath(s string) int {
	drive := len(s) > 3 && letter(s[0]) && s[1] == ':' && s[2] == '\\'
	if drive || strings.HasPrefix(s, "HKEY_") || len(s) > 5 && s[:2] == "HK" && (s[4] == '\\' || s[4] == ':' && s[5] == '\\') {
		return trim(s)
	}
	n := 0
	for n < len(s) && (alphanumeric(s[n]) || strings.IndexByte("-_.$", s[n]) >= 0) {
		n++
	}
	if n > 1 && n+1 < len(s) && s[n] == '\\' && alphanumeric(s[n+1]) {
		return trim(s)
	}
	return 0
}

// unixPath is /a/b, \\share\x, %APPDATA%\x or ~/x with two parts or more.
func unixPath(s string) int {
	item := s[:trim(s)]
	if strings.HasPrefix(item, "\\\\") || len(item) > 3 && item[0] == '%' && strings.IndexByte(item[1:], '%') > 0 && letter(item[1]) {
		return len(item)
	}
	if item == "" || strings.Count(item, "/") < 2 || strings.Contains(item, "//") || strings.Count(item, "/") == len(item) {
		return 0
	}
	return len(item)
}

// identifier is a hash, a CVE number, or another code of letters and digits
// joined by hyphens in a known way.
func identifier(s string) int {
	n := 0
	hex := true
	for n < len(s) && alphanumeric(s[n]) {
		hex = hex && (digit(s[n]) || s[n]|0x20 <= 'f')
		n++
	}
	if hex && n >= 32 {
		return n
	}
	if m := cve(s); m > 0 {
		return m
	}
	if strings.HasPrefix(s, "S-1-") { // a security identifier of Windows
		return 3 + len(s[3:]) - len(strings.TrimLeft(s[3:], "-0123456789"))
	}
	// A technique of ATT&CK: T1059.001.
	if n == 5 && s[0] == 'T' && strings.Trim(s[1:5], "0123456789") == "" && len(s) >= 9 && s[5] == '.' &&
		strings.Trim(s[6:9], "0123456789") == "" {
		return 9
	}
	return 0
}

// cve reads CVE-2017-0144 and codes of that form (MS17-010, APT-C-35 aside).
func cve(s string) int {
	upper := len(s) > 4 && (strings.HasPrefix(s, "CVE-") || strings.HasPrefix(s, "cve-"))
	if upper {
		n := 4
		for n < len(s) && (digit(s[n]) || s[n] == '-' && n+1 < len(s) && digit(s[n+1])) {
			n++
		}
		if n > 8 {
			return n
		}
	}
	if len(s) >= 8 && s[0] == 'M' && s[1] == 'S' && digit(s[2]) && digit(s[3]) && s[4] == '-' && digit(s[5]) {
		n := 5
		for n < len(s) && digit(s[n]) {
			n++
		}
		return n
	}
	return 0
}
