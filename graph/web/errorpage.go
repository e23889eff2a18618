package web

import (
	"html/template"
	"net/http"
)

var errorPage = template.Must(template.New("error").Parse(`<!doctype html><html lang="en"><meta charset="utf-8">` +
	`<title>{{.Status}} · hearsay</title><h1>{{.Title}}</h1><p>{{.Message}}</p><p><a href="/">To the start</a></p></html>`))

func renderError(w http.ResponseWriter, status int, message string) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_ = errorPage.Execute(w, map[string]any{"Status": status, "Title": http.StatusText(status), "Message": message})
}
