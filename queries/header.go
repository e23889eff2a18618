package queries

import (
	"fmt"
	"path"
	"regexp"
	"strings"
)

// Parse reads a script with its header, the comment that it begins with:
//
//	/**
//	 * Who says what about an entity.
//	 *
//	 * @query   who-says
//	 * @param   {entity} about - whom or what it is about
//	 * @param   {integer} [limit=100] - at most so many rows
//	 * @columns source stance content
//	 * @draw
//	 * @example about=hs:NorthKorea limit=10
//	 */
//
// Brackets make a parameter optional, with its default after the equals sign.
// The file's name without its ending is the query's name. Errors say file:line.
func Parse(file, src string) (*Query, error) {
	q, err := parseHeader(file, src)
	if err != nil {
		return nil, err
	}
	name := strings.TrimSuffix(path.Base(file), ".js")
	switch {
	case q == nil:
		return nil, fmt.Errorf("%s:1: no header: a saved query begins with /** … */ that has a description and @query %s", file, name)
	case q.Name == "":
		return nil, fmt.Errorf("%s:1: the header has no @query line (want @query %s)", file, name)
	case q.Name != name:
		return nil, fmt.Errorf("%s:1: @query %s does not match the file's name %s", file, q.Name, name)
	case q.Description == "":
		return nil, fmt.Errorf("%s:1: the header has no description", file)
	case len(q.Examples) == 0:
		return nil, fmt.Errorf("%s:1: the header has no @example line", file)
	}
	return q, nil
}

// ParseScript reads the header of a script that needn't have one, as sent to
// the server: what is missing stays empty. Errors say line.
func ParseScript(src string) (*Query, error) {
	q, err := parseHeader("script", src)
	if q == nil && err == nil {
		q = &Query{Source: src}
	}
	return q, err
}

// parseHeader gives nil where the script doesn't begin with a header.
func parseHeader(file, src string) (*Query, error) {
	src = strings.TrimPrefix(src, "\ufeff")
	lead := len(src) - len(strings.TrimLeft(src, " \t\r\n"))
	body, found := strings.CutPrefix(src[lead:], "/**")
	if !found {
		return nil, nil
	}
	body, _, closed := strings.Cut(body, "*/")
	if !closed {
		return nil, fmt.Errorf("%s:1: the header's comment is not closed by */", file)
	}
	q := &Query{Source: src, File: file}
	line := 1 + strings.Count(src[:lead], "\n")
	var text []string
	for _, l := range strings.Split(body, "\n") {
		l = strings.TrimSpace(l)
		l = strings.TrimSpace(strings.TrimPrefix(l, "*"))
		if !strings.HasPrefix(l, "@") {
			text = append(text, l)
		} else if err := q.tag(l); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", file, line, err)
		}
		line++
	}
	q.Description = strings.TrimSpace(strings.Join(text, "\n"))
	for _, e := range q.Examples {
		if _, err := q.Bind(e, nil); err != nil {
			return nil, fmt.Errorf("%s: @example: %w", file, err)
		}
	}
	return q, nil
}

var nameRE = regexp.MustCompile(`^[a-z][a-z0-9]*(-[a-z0-9]+)*$`)

func (q *Query) tag(line string) error {
	tag, rest, _ := strings.Cut(line, " ")
	rest = strings.TrimSpace(rest)
	switch tag {
	case "@query":
		if !nameRE.MatchString(rest) {
			return fmt.Errorf("@query %q: want a name of small letters, digits and single hyphens", rest)
		}
		q.Name = rest
	case "@param":
		p, err := parseParam(rest)
		if err != nil {
			return err
		}
		if q.Param(p.Name) != nil {
			return fmt.Errorf("@param %s is there twice", p.Name)
		}
		q.Params = append(q.Params, p)
	case "@columns":
		q.Columns = strings.Fields(rest)
	case "@draw":
		q.Draws = true
	case "@example":
		e, err := parseExample(rest)
		if err != nil {
			return err
		}
		q.Examples = append(q.Examples, e)
	default:
		return fmt.Errorf("unknown tag %s (want @query, @param, @columns, @draw or @example)", tag)
	}
	return nil
}

var paramRE = regexp.MustCompile(`^\{([^}]*)\}\s+(?:([A-Za-z_]\w*)|\[([A-Za-z_]\w*)(?:=([^\]]*))?\])(?:\s+-\s+(.*))?$`)

// parseParam reads what follows @param:
//
//	{entity} about - whom it is about
//	{integer} [limit=100] - at most so many rows
//	{support|oppose} [side] - only one side
func parseParam(s string) (Param, error) {
	m := paramRE.FindStringSubmatch(s)
	if m == nil {
		return Param{}, fmt.Errorf("@param %s: want {type} name - description, or {type} [name=default] - description", s)
	}
	p := Param{Name: m[2] + m[3], Optional: m[3] != "", Default: m[4], Description: m[5], Type: Type(m[1])}
	if strings.Contains(m[1], "|") {
		p.Type, p.Choices = Choice, strings.Split(m[1], "|")
	}
	if !p.Type.known() || p.Type == Choice && p.Choices == nil {
		return Param{}, fmt.Errorf("@param %s: unknown type {%s} (want %s or choices as {a|b})", p.Name, m[1], typeNames)
	}
	if p.Default != "" && p.Type != Entity {
		if _, err := p.value(p.Default, nil); err != nil {
			return Param{}, fmt.Errorf("@param %s: its default: %w", p.Name, err)
		}
	}
	return p, nil
}

var pairRE = regexp.MustCompile(`^([A-Za-z_]\w*)=("(?:[^"]*)"|\S*)(?:\s+|$)`)

// parseExample reads name=value pairs; a value with spaces stands in double quotes.
func parseExample(s string) (Example, error) {
	e := Example{}
	for s != "" {
		m := pairRE.FindStringSubmatch(s)
		if m == nil {
			return nil, fmt.Errorf("@example %s: want name=value pairs, values with spaces in double quotes", s)
		}
		e[m[1]] = strings.Trim(m[2], `"`)
		s = s[len(m[0]):]
	}
	return e, nil
}
