package syntax

import "strings"

// protected is the length in bytes of the unbreakable item at the start of s,
// which ends at white space or the end of the text; 0 where there is none. Items
// are what is cut up wrongly by the rules of running text:
//
//	http://a.b/c, hxxps://evil[.]com/x.php, www.example.org -> one token
//	name@example.org, name[at]example[.]org                -> one token
//	evil[.]com, 10.0.0[.]1, 192.168.0.1:8080               -> one token
//	CVE-2017-0144, MS17-010, T1059.001, S-1-5-21-1001      -> one token
//	d41d8cd98f00b204e9800998ecf8427e                       -> one token
//	C:\Windows\tasksche.exe, /etc/passwd, HKLM\Software\X  -> one token
//	tasksche.exe, invoice_2020.pdf.js                      -> one token
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
	case !alphanumeric(c):
		return 0
	}
	if n := address(s); n > 0 {
		return n
	}
	if n := windowsPath(s); n > 0 {
		return n
	}
	return identifier(s)
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
var dots = []string{"[.]", "(.)", "{.}", "[dot]", "(dot)", "[:]", "[at]", "[@]"}

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
				if strings.HasPrefix(item[n:], d) && n+len(d) < len(item) {
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
	case labels > 1 && topLevelDomain(name):
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
var domains = func() map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(`com org net edu gov mil int info biz onion io co uk de fr ru cn jp kr kp ir il
		ua pl eu ch nl se es br ca au nz za tv cc xyz top club
		exe dll sys bat cmd ps1 vbs vbe js jse wsf hta lnk scr msi jar apk ipa elf bin dat tmp log cfg ini inf
		doc docx docm xls xlsx xlsm ppt pptx pptm rtf pdf txt csv tsv xml json html htm php asp aspx jsp cgi
		zip rar 7z gz tgz tar iso img cab png jpg jpeg gif bmp svg ico mp3 mp4 avi wav mov py rb pl sh c cpp h
		cs go java class so ko deb rpm dmg pkg app sqlite db bak pst eml msg wncry locked encrypted`) {
		m[w] = true
	}
	return m
}()

// topLevelDomain reports whether the last label is a domain or a file ending, in
// lower case throughout or in capitals throughout.
func topLevelDomain(name string) bool {
	last := name[strings.LastIndexByte(name, '.')+1:]
	lower := strings.ToLower(last)
	if last != lower && last != strings.ToUpper(last) || !domains[lower] {
		return false
	}
	first := name[:strings.IndexByte(name, '.')]
	return len(first) > 1 || len(last) > 2
}

// windowsPath is a path with a drive, a share or a registry key.
func windowsPath(s string) int {
	drive := len(s) > 3 && letter(s[0]) && s[1] == ':' && s[2] == '\\'
	key := strings.HasPrefix(s, "HKEY_") || strings.HasPrefix(s, "HKLM\\") || strings.HasPrefix(s, "HKCU\\")
	if !drive && !key {
		return 0
	}
	return trim(s)
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
