package main

import (
	"bufio"
	"os"
	"strconv"
	"strings"
	"unicode"

	"github.com/mattn/go-runewidth"
	"golang.org/x/term"

	"hearsay/graph"
)

const (
	gap         = 2   // spaces between columns
	narrowest   = 10  // a column gets at least so much, or all that it needs
	widestCells = 6   // lines of a row: what is longer is cut
	noTerminal  = 120 // width where there is no terminal to ask
)

// terminalWidth is the width of the terminal that out is, else what COLUMNS
// says, else 120.
func terminalWidth(out any) int {
	if f, ok := out.(*os.File); ok {
		if w, _, err := term.GetSize(int(f.Fd())); err == nil && w > 0 {
			return w
		}
	}
	if w, err := strconv.Atoi(os.Getenv("COLUMNS")); err == nil && w > 0 {
		return w
	}
	return noTerminal
}

// writeTable writes the rows in aligned columns, wrapped so that they fit into
// width. It returns the columns at the end for which there was no room.
func writeTable(out *bufio.Writer, rows []graph.Row, columns []string, width int) (left []string) {
	if len(rows) == 0 {
		return nil
	}
	columns, left = fitColumns(rows, columns, width)
	widths := columnWidths(rows, columns, width)
	cells := make([][]string, len(columns))
	head := make([]string, len(columns))
	for i, c := range columns {
		head[i] = heading(c)
		cells[i] = wrap(head[i], widths[i])
	}
	writeCells(out, cells, widths)
	for i := range columns {
		cells[i] = []string{strings.Repeat("─", widths[i])}
	}
	writeCells(out, cells, widths)
	for _, r := range rows {
		for i, c := range columns {
			cells[i] = wrap(printable(graph.Cell(r[c])), widths[i])
		}
		writeCells(out, cells, widths)
	}
	return left
}

// heading is a column's name for people: source_name is the source.
func heading(column string) string {
	return strings.ToUpper(strings.ReplaceAll(strings.TrimSuffix(column, "_name"), "_", " "))
}

// fitColumns leaves out columns at the end until each can have its least width.
func fitColumns(rows []graph.Row, columns []string, width int) (fit, left []string) {
	need := natural(rows, columns)
	total := -gap
	for i := range columns {
		total += min(need[i], narrowest) + gap
		if total > width && i > 0 {
			return columns[:i], columns[i:]
		}
	}
	return columns, nil
}

// natural are the widths that the columns would take unwrapped.
func natural(rows []graph.Row, columns []string) []int {
	need := make([]int, len(columns))
	for i, c := range columns {
		need[i] = runewidth.StringWidth(heading(c))
		for _, r := range rows {
			need[i] = max(need[i], runewidth.StringWidth(printable(graph.Cell(r[c]))))
		}
	}
	return need
}

// columnWidths shares the width out: short columns get what they need, the long
// ones the same share of the rest each.
func columnWidths(rows []graph.Row, columns []string, width int) []int {
	need := natural(rows, columns)
	widths := make([]int, len(columns))
	room, open := width-gap*(len(columns)-1), len(columns)
	for share := 0; open > 0; {
		share = max(room/open, 1)
		settled := false
		for i := range columns {
			if widths[i] == 0 && need[i] <= share {
				widths[i] = max(need[i], 1)
				room -= widths[i]
				open--
				settled = true
			}
		}
		if settled {
			continue
		}
		for i := range columns {
			if widths[i] == 0 {
				widths[i] = max(room/open, 1)
				room -= widths[i]
				open--
			}
		}
	}
	return widths
}

// printable puts a text onto one line and shows what would steer a terminal:
// control and direction characters become U+FFFD.
func printable(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) {
			return unicode.ReplacementChar
		}
		return r
	}, s)
}

// wrap breaks a text into lines of at most width columns, at spaces where there
// are any, and cuts it after a few lines.
func wrap(s string, width int) []string {
	var lines []string
	for s != "" {
		if runewidth.StringWidth(s) <= width {
			lines = append(lines, s)
			break
		}
		head := runewidth.Truncate(s, width, "")
		if head == "" { // one character wider than the column
			head = string([]rune(s)[:1])
		}
		if i := strings.LastIndexByte(head, ' '); i > 0 && s[len(head)] != ' ' {
			head = head[:i]
		}
		lines = append(lines, strings.TrimRight(head, " "))
		s = strings.TrimLeft(s[len(head):], " ")
	}
	if len(lines) > widestCells {
		lines = lines[:widestCells]
		lines[widestCells-1] = runewidth.Truncate(lines[widestCells-1]+"……", width, "…")
	}
	return lines
}

func writeCells(out *bufio.Writer, cells [][]string, widths []int) {
	height := 1
	for _, c := range cells {
		height = max(height, len(c))
	}
	for line := range height {
		var b strings.Builder
		for i, c := range cells {
			text := ""
			if line < len(c) {
				text = c[line]
			}
			b.WriteString(runewidth.FillRight(text, widths[i]+gap))
		}
		out.WriteString(strings.TrimRight(b.String(), " "))
		out.WriteByte('\n')
	}
}
