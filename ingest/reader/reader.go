// Package reader turns files into documents: plain text, outlet, title, date,
// URL, with boilerplate marked and kept.
package reader
