package syntax

import "testing"

func TestProtected(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"http://a.b/c?d=e.", "http://a.b/c?d=e"},
		{"hxxps://evil[.]com/x.php,", "hxxps://evil[.]com/x.php"},
		{"hxxp[:]//evil[.]com)", "hxxp[:]//evil[.]com"},
		{"https://en.example.org/wiki/A_(b)", "https://en.example.org/wiki/A_(b)"},
		{"www.example.org).", "www.example.org"},
		{"name@example.org>", "name@example.org"},
		{"first.last+tag@mail.example.org", "first.last+tag@mail.example.org"},
		{"name[at]example[.]org", "name[at]example[.]org"},
		{"shortened...@example.com,", "shortened...@example.com"},
		{"evil[.]com", "evil[.]com"},
		{"update.evil-site.ru", "update.evil-site.ru"},
		{"10.0.0[.]1:8080", "10.0.0[.]1:8080"},
		{"192.168.0.1.", "192.168.0.1"},
		{"CVE-2017-0144,", "CVE-2017-0144"},
		{"MS17-010", "MS17-010"},
		{"T1059.001)", "T1059.001"},
		{"d41d8cd98f00b204e9800998ecf8427e", "d41d8cd98f00b204e9800998ecf8427e"},
		{`C:\Windows\tasksche.exe".`, `C:\Windows\tasksche.exe`},
		{`HKLM\Software\Run`, `HKLM\Software\Run`},
		{`%APPDATA%\x\y.dll`, `%APPDATA%\x\y.dll`},
		{"/etc/cron.d/x.", "/etc/cron.d/x"},
		{"tasksche.exe", "tasksche.exe"},
		{"invoice_2020.pdf.js", "invoice_2020.pdf.js"},
		{"evil[.com,", "evil[.com"}, {"evil.]com", "evil.]com"}, {"user(at)evil[.]com", "user(at)evil[.]com"},
		{"192.168.0.0/16,", "192.168.0.0/16"}, {"10.0.0[.]1/32", "10.0.0[.]1/32"},
		{"2001:db8::1/64,", "2001:db8::1/64"}, {"fe80::1", "fe80::1"}, {"00:1a:2b:3c:4d:5e", "00:1a:2b:3c:4d:5e"},
		{"superhosting.cz)", "superhosting.cz"}, {"bit.ly/abc", "bit.ly/abc"}, {"t.me/x", "t.me/x"},
		{"news.example.us", "news.example.us"}, {"a-b.is", "a-b.is"}, {".exe", ".exe"}, {"sample.ps1", "sample.ps1"},
		{`HKCR\CLSID`, `HKCR\CLSID`}, {`HKLM:\SOFTWARE\X`, `HKLM:\SOFTWARE\X`}, {`Files\Common`, `Files\Common`},
		{`NT\CurrentVersion.`, `NT\CurrentVersion`}, {`DOMAIN\user,`, `DOMAIN\user`},
		{"@WhiteHouse:", "@WhiteHouse"},
		{"#WannaCry", "#WannaCry"},

		// What is left to the rules of running text.
		{"agreed.In", ""}, {"U.S.", ""}, {"and/or", ""}, {"5.4", ""}, {"1.2.3", ""}, {"don't", ""},
		{"e.g.", ""}, {"#1", ""}, {"@", ""}, {"/", ""}, {"//", ""}, {"word", ""}, {"9/11", ""},
		{"end.it", ""}, {"12:30:45", ""}, {"std::string", ""}, {".The", ""}, {"...so", ""},
		{`win32\_disk`, ""}, {"a@b", ""}, {"3:1", ""},
		{"deadbeef", ""}, {"a.m.", ""}, {"Inc.com", "Inc.com"}, {"end.The", ""},
	} {
		if got := c.text[:protected(c.text)]; got != c.want {
			t.Errorf("%s: protected %q, want %q", c.text, got, c.want)
		}
	}
}
