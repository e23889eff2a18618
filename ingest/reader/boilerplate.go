package reader

import (
	"regexp"
	"strings"
	"unicode"
)

// Boilerplate is recognised line by line. A line is boilerplate
//
//   - by itself: "Share this article", "Advertisement", "FILE PHOTO: ...", "We
//     use cookies ...", "Sign up for our newsletter", "Home | World | Sport";
//   - as the heading of a list of other articles ("Latest News", "Most read"),
//     which takes the lines after it along as long as they read as headlines;
//   - as the heading of what ends an article ("Comments", "About the author"),
//     which takes everything after it along where it stands in the second half.
//
// The line is marked and stays in the text.

// phrases are whole lines, lower case, without punctuation at their ends.
var phrases = set(`advertisement|advertisements|advertorial|sponsored|sponsored content|paid content|promoted
story continues below advertisement|article continues below|continue reading|continue reading below|continue reading the main story
skip to content|skip to main content|skip to navigation|back to top|menu|main menu|search|home|close|loading|load more|show more|see more|read full story|read full article
log in|login|sign in|sign up|register|subscribe|subscribe now|subscribe today|my account|your account|donate|become a member
newsletter|newsletters|sign up for our newsletter|subscribe to our newsletter|get our newsletter|follow us|follow us on social media|connect with us|stay connected
contact us|about us|privacy policy|cookie policy|cookie settings|terms of use|terms of service|terms and conditions|accessibility
previous article|next article|previous story|next story|previous|next|print this page|print this article|email this article|copy link|link copied
listen to this article|play video|watch video|video|photos|gallery|view gallery|slideshow|audio
email address|your email|enter your email|submit|send
accept|accept all|accept all cookies|reject all|manage preferences|manage cookies|got it`)

// listHeadings begin a list of other articles.
var listHeadings = set(`latest|latest news|latest stories|latest headlines|latest updates|latest articles|latest posts|latest videos|recent news|recent posts|recent articles|recent stories
related|related articles|related article|related stories|related story|related news|related content|related posts|related topics|related links|related coverage|related reading
more news|more stories|more articles|more from us|more headlines|more top stories|more on this story|more on this topic|more on this|more like this
most read|most popular|most viewed|most shared|most commented|most watched|popular|popular now|popular stories|popular posts|popular articles|trending|trending now|trending stories|top stories|top news|top headlines|breaking news|headlines|editors picks|editor's picks|editor’s picks|editor's choice|editors' picks|must read|must reads|don't miss|don’t miss|featured|featured stories
recommended|recommended for you|recommended stories|recommended reading|you may also like|you might also like|you may also be interested in|you may like|you might be interested in|in case you missed it|icymi|what to read next|read next|up next|read more|read also|also read|see also|further reading|around the web|from around the web|from the web|from our partners|elsewhere on the web|in other news|other news|other stories|news in brief`)

// endHeadings begin what isn't article any more.
var endHeadings = set(`comments|leave a comment|leave a reply|join the conversation|join the discussion|post a comment|add a comment|reader comments|about the author|about the authors|about the writer|about us
share this|share this article|share this story|share this post|filed under|tags|topics in this story`)

// social words fill lines of share buttons.
var social = set(`share|tweet|pin|post|print|email|e-mail|mail|save|like|facebook|twitter|x|linkedin|reddit|telegram|whatsapp|messenger|instagram|pinterest|flipboard|pocket|copy|link|this|on|via|to|by|article|story|page|with|friends|us|follow|and|or|more|options|comment|comments`)

var socialVerbs = set(`share|tweet|pin|print|email|e-mail|follow|facebook|twitter|linkedin|reddit|whatsapp|instagram|pinterest`)

var patterns = []*regexp.Regexp{
	// captions and credits
	regexp.MustCompile(`(?i)^(?:file )?(?:photo|photograph|picture|image|video|graphic|illustration|caption|photo credit|image credit|picture credit|image source|image caption|media caption|image copyright|media source)s?(?: (?:by|courtesy of|credit|caption|source))?\s*(?:[:|/]|,(?:$| (?:Getty|Reuters|AFP|AP|EPA|PA)\b))`),
	regexp.MustCompile(`(?:\b(?:REUTERS|AFP|AP|EPA|PA)/[A-Z]|/(?:AFP|AP|EPA|Getty Images|Shutterstock)\b|\((?:AP|AFP|Reuters|REUTERS|Getty|EPA|PA|Shutterstock)[^()]{0,20}(?:Photo|Images|/)[^()]*\)|(?:^|[(\[])[Pp]hoto(?:graph)? (?:by|courtesy of|credit)[: ])[^.]*\.?$`),
	regexp.MustCompile(`\((?:Image|Photo|Picture|Credit|Illustration)(?: credit)?: [^()]*\)\.?$`),
	regexp.MustCompile(`^!\[[^\]]*\]\([^)]*\)$`),
	// cookies, consent
	regexp.MustCompile(`(?i)^(?:(?:we|this (?:web)?site|our (?:web)?site|.{0,30} and (?:our|its) partners)\b.{0,60}\buses?\b.{0,40}\bcookies\b|by (?:using|continuing|clicking)\b.*\bcookies?\b|accept\b.*\bcookies\b|cookies? (?:polic|settings|notice|preferences|consent)|manage\b.*\bcookies)`),
	// newsletters, accounts, pay walls
	regexp.MustCompile(`(?i)^(?:sign up|subscribe|register|join|get|receive|enter your e-?mail|download our app)\b.*\b(?:newsletters?|inbox|e-?mail(?: address| alerts?| updates?)?|updates|alerts|bulletin|briefing|free trial|unlimited access|our app|today for)\b`),
	regexp.MustCompile(`(?i)^(?:already a (?:subscriber|member)|to continue reading|this (?:article|content) is (?:for|available to) (?:subscribers|members)|you have \d+ (?:free )?articles)`),
	// links to other articles on one line
	regexp.MustCompile(`(?i)^(?:related|read more|read also|also read|read next|see also|more|watch|watch now|listen|don['’]t miss|in pictures|explainer|recommended|must read|up next|click here)(?: (?:stories|story|articles?|news|here|on this))?\s*[:»>|]`),
	regexp.MustCompile(`(?i)^subscribe to (?:the|our) .{2,40}$|^follow .{2,60}(?:coverage\b|https?://)`),
	regexp.MustCompile(`(?i)^the .{2,40} is not responsible for the content of external`),
	regexp.MustCompile(`(?i)^(?:click|tap) here (?:to|for)\b`),
	regexp.MustCompile(`(?i)^(?:follow|like|find) .{2,40} on (?:facebook|twitter|instagram|telegram|linkedin|whatsapp|x)\b`),
	// labels, rights, times
	regexp.MustCompile(`(?i)^(?:tags|topics|keywords|filed under|category|categories|posted in|section|share|share this)\s*:`),
	regexp.MustCompile(`(?i)^(?:©|\(c\)\s|copyright\b).{0,200}$|\ball rights reserved\b|^this material may not be (?:published|broadcast|rewritten)|thomson reuters trust principles`),
	regexp.MustCompile(`(?i)^(?:\d+|an?|one) (?:seconds?|minutes?|mins?|hours?|hrs?|days?|weeks?) ago$|^(?:reading time:?\s*)?\d+[ -]?min(?:ute)?s?(?: read)?$|^\d[\d,.]*k? (?:comments?|shares?|views?|likes?)$`),
}

func set(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.FieldsFunc(words, func(c rune) bool { return c == '|' || c == '\n' }) {
		m[strings.TrimSpace(w)] = true
	}
	return m
}

// key is a line as the tables have it.
func key(s string) string {
	return strings.ToLower(strings.TrimFunc(s, func(c rune) bool {
		return !unicode.IsLetter(c) && !unicode.IsDigit(c)
	}))
}

// isBoilerplate reports whether a line is boilerplate by itself.
func isBoilerplate(s string) bool {
	if len(s) > 400 {
		return false
	}
	k := key(s)
	if phrases[k] || listHeadings[k] || endHeadings[k] || k == "" && !strings.ContainsAny(s, "\"”") {
		return true
	}
	if readsAsDate(s) {
		return false
	}
	if shareLine(k) || navigation(s) {
		return true
	}
	for _, p := range patterns {
		if p.MatchString(s) {
			return true
		}
	}
	return false
}

// shareLine: "Share on Facebook Tweet Email" is made of social words alone.
func shareLine(k string) bool {
	words := strings.FieldsFunc(k, func(c rune) bool { return !unicode.IsLetter(c) && c != '-' })
	strong := false
	for _, w := range words {
		if !social[w] {
			return false
		}
		strong = strong || socialVerbs[w]
	}
	return strong
}

var separators = regexp.MustCompile(`\s+[|•·»>/]\s+`)

// navigation: "Home | World | Sport", "Home > World > Asia": three or more short
// names between separators.
func navigation(s string) bool {
	parts := separators.Split(s, -1)
	if len(parts) < 3 {
		return false
	}
	for _, p := range parts {
		if len(strings.Fields(p)) > 4 || strings.HasSuffix(p, ".") {
			return false
		}
	}
	return true
}

// boilerplate says for each line whether it is boilerplate.
func boilerplate(lines []line) []bool {
	out := make([]bool, len(lines))
	rest := measure(lines, 0, len(lines))
	var before extent
	inList := false
	for i, l := range lines {
		k := key(l.text)
		rest = rest.less(measure(lines, i, i+1))
		if endsArticle(k, before, rest) {
			for ; i < len(lines); i++ {
				out[i] = true
			}
			return out
		}
		before.bytes += len(l.text)
		if inList && !looksLikeArticle(l) {
			out[i] = true
			continue
		}
		inList = listHeadings[k]
		out[i] = isBoilerplate(l.text) || i > 0 && strings.HasSuffix(lines[i-1].text, "caption,")
	}
	return out
}

// extent is how much text some lines hold, and how many long paragraphs.
type extent struct{ bytes, long int }

func (e extent) less(f extent) extent { return extent{e.bytes - f.bytes, e.long - f.long} }

func measure(lines []line, from, to int) extent {
	var e extent
	for _, l := range lines[from:to] {
		e.bytes += len(l.text)
		if len(l.text) > 200 && isSentence(l.text) {
			e.long++
		}
	}
	return e
}

// looksLikeArticle reports whether the text goes on after a list of other
// articles: a sentence of some length.
func looksLikeArticle(l line) bool {
	return isSentence(l.text) && len(strings.Fields(l.text)) >= 12 && (l.before || len(l.text) > 200)
}

// endsArticle reports whether nothing but the rest of the page follows a heading:
// it stands in the second half, and for a list of articles in the last third
// with no long paragraph after it.
func endsArticle(key string, before, after extent) bool {
	switch {
	case endHeadings[key] && !strings.HasPrefix(key, "share"):
		return before.bytes > after.bytes
	case endHeadings[key], listHeadings[key]:
		return before.bytes > 2*after.bytes && after.long == 0
	}
	return false
}
