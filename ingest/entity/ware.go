package entity

import (
	"unicode"

	"hearsay/ingest/news"
)

// wareNouns stand behind the name of malware of their kind.
var wareNouns = setOf(`malware ransomware trojan trojans backdoor backdoors botnet stealer infostealer rat rats loader downloader
	dropper worm wiper rootkit bootkit spyware adware keylogger implant bot variant samples sample payload payloads`)

// platforms are what malware is for or made of, and stand before the same nouns.
var platforms = setOf(`windows linux android ios macos mac unix powershell javascript python java php vbs vba vbscript excel office
	word outlook chrome firefox http https dns smtp tcp irc iot atm pos pdf html usb bios uefi mbr javascript delphi golang rust
	autoit cobalt meterpreter metasploit commodity banking mobile web rdp sql smb ftp c2 telegram discord github`)

// wares finds unknown malware: a coined name that once stands before a noun for
// malware is one wherever the document has it.
//
//	MirrorBlast malware … MirrorBlast drops     MirrorBlast, twice
//	the Raccoon stealer … Raccoon is sold       Raccoon, twice
//	Windows malware, Russian malware            none: no names of malware
//	Microsoft ransomware                        none: somebody known
func (r *resolver) wares(known []candidate) []candidate {
	sure := map[int]bool{}
	for _, c := range known {
		for i := c.first; i <= c.last; i++ {
			sure[i] = true
		}
	}
	names := map[string]bool{}
	for i := 0; i+1 < len(r.d.Tokens); i++ {
		if wareNouns[r.lower(i+1)] && !sure[i] && r.coinedName(i) && r.d.SentenceAt(r.d.Tokens[i].Start) == r.d.SentenceAt(r.d.Tokens[i+1].Start) &&
			(i == 0 || !r.capital(i-1) || r.opens(i)) {
			names[r.d.Form(i)] = true
		}
	}
	if len(names) == 0 {
		return nil
	}
	var out []candidate
	for i := range r.d.Tokens {
		if names[r.d.Form(i)] && !sure[i] {
			out = append(out, candidate{first: i, last: i, typ: news.Malware, rule: "ware"})
		}
	}
	return out
}

// coinedName reports whether the word at i is capitalised and neither a word of the
// language nor somebody's or a platform's name.
func (r *resolver) coinedName(i int) bool {
	form, w := r.d.Form(i), r.lower(i)
	return len(form) > 3 && unicode.IsUpper(firstRune(form)) && !r.t.words[w] && !platforms[w] && !titles[w] && r.t.demonym[form] == "" &&
		!r.t.country[form] && r.t.names[form] == 0 && r.t.nouns[w] != personNoun && !orgHeads[w] && len(r.known.Named(form)) == 0
}
