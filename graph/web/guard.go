package web

import (
	"crypto/sha256"
	"crypto/subtle"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"runtime/debug"
	"strconv"
	"strings"
	"time"
)

// contentPolicy is the content security policy of every page: nothing from any
// other host, no inline script (but those named by scripts) and no inline style.
func contentPolicy(scripts string) string {
	return "default-src 'none'; script-src 'self' " + scripts + "; style-src 'self'; img-src 'self' data:; " +
		"connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
}

// secure sets the headers that every answer has.
func secure(next http.Handler) http.Handler {
	policy := contentPolicy("")
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("X-Frame-Options", "DENY")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
		next.ServeHTTP(w, r)
	})
}

// checkHost refuses requests that name a host which isn't ours: a page of
// another site that made its name point at this address would do that. With a
// token or without any wish for safety every name is as good as another.
func checkHost(allowed []string, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		host := hostOf(r.Host)
		ip := net.ParseIP(host)
		ok := host == "localhost" || ip != nil && ip.IsLoopback()
		for _, a := range allowed {
			ok = ok || strings.EqualFold(host, a)
		}
		if !ok {
			fail(w, r, http.StatusMisdirectedRequest, fmt.Errorf("this server does not answer for the host %q", r.Host))
			return
		}
		next.ServeHTTP(w, r)
	})
}

func hostOf(hostport string) string {
	if h, _, err := net.SplitHostPort(hostport); err == nil {
		return h
	}
	return strings.Trim(hostport, "[]")
}

// checkOrigin refuses what another site's page sends: everything that could
// change something, and everything but a followed link.
func checkOrigin(next http.Handler) http.Handler {
	protection := http.NewCrossOriginProtection()
	protection.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		fail(w, r, http.StatusForbidden, fmt.Errorf("a page of another site may not send this request"))
	}))
	guarded := protection.Handler(next)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		site, mode := r.Header.Get("Sec-Fetch-Site"), r.Header.Get("Sec-Fetch-Mode")
		other := (site == "cross-site" || site == "same-site") && mode != "navigate"
		if other || foreignOrigin(r) {
			fail(w, r, http.StatusForbidden, fmt.Errorf("a page of another site may not read this"))
			return
		}
		guarded.ServeHTTP(w, r)
	})
}

// foreignOrigin reports whether the request names an origin that isn't the host
// it was sent to.
func foreignOrigin(r *http.Request) bool {
	origin := r.Header.Get("Origin")
	if origin == "" {
		return false
	}
	u, err := url.Parse(origin)
	return err != nil || u.Host != r.Host
}

const tokenCookie = "hearsay_token"

// checkToken demands the token, as "Authorization: Bearer TOKEN", or once as
// ?token=TOKEN, which a browser then keeps as a cookie. /healthz needs none.
func checkToken(token string, next http.Handler) http.Handler {
	want := sha256.Sum256([]byte(token))
	matches := func(got string) bool {
		sum := sha256.Sum256([]byte(got))
		return got != "" && subtle.ConstantTimeCompare(sum[:], want[:]) == 1
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		bearer, _ := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
		cookie, err := r.Cookie(tokenCookie)
		switch {
		case r.URL.Path == "/healthz", matches(bearer), err == nil && matches(cookie.Value):
			next.ServeHTTP(w, r)
		case r.Method == http.MethodGet && matches(r.URL.Query().Get("token")):
			http.SetCookie(w, &http.Cookie{Name: tokenCookie, Value: token, Path: "/", HttpOnly: true,
				SameSite: http.SameSiteStrictMode, Secure: r.TLS != nil})
			q := r.URL.Query()
			q.Del("token")
			http.Redirect(w, r, (&url.URL{Path: "/" + strings.TrimLeft(r.URL.Path, "/"), RawQuery: q.Encode()}).String(), http.StatusSeeOther)
		default:
			w.Header().Set("WWW-Authenticate", "Bearer")
			fail(w, r, http.StatusUnauthorized, fmt.Errorf("this server wants its token: send \"Authorization: Bearer TOKEN\", or open /?token=TOKEN once"))
		}
	})
}

// recorder remembers what was answered.
type recorder struct {
	http.ResponseWriter
	status int
	bytes  int64
}

func (r *recorder) WriteHeader(status int) {
	if r.status == 0 {
		r.status = status
	}
	r.ResponseWriter.WriteHeader(status)
}

func (r *recorder) Write(p []byte) (int, error) {
	if r.status == 0 {
		r.status = http.StatusOK
	}
	n, err := r.ResponseWriter.Write(p)
	r.bytes += int64(n)
	return n, err
}

// Unwrap lets http.ResponseController reach the connection.
func (r *recorder) Unwrap() http.ResponseWriter { return r.ResponseWriter }

// observe logs and counts every request, and answers 500 where a handler panics.
func observe(log *slog.Logger, m *metrics, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		rec, start := &recorder{ResponseWriter: w}, time.Now()
		defer func() {
			if p := recover(); p != nil {
				if p == http.ErrAbortHandler {
					panic(p)
				}
				log.Error("handler panicked", "path", r.URL.Path, "panic", fmt.Sprint(p), "stack", string(debug.Stack()))
				if rec.status == 0 {
					fail(rec, r, http.StatusInternalServerError, fmt.Errorf("internal error: see the server's log"))
				}
			}
			took := time.Since(start)
			m.observe(r.Pattern, rec.status, took)
			log.Info("request", "method", r.Method, "path", r.URL.Path, "status", rec.status,
				"bytes", rec.bytes, "ms", strconv.FormatFloat(float64(took.Microseconds())/1000, 'f', 1, 64),
				"remote", r.RemoteAddr)
		}()
		next.ServeHTTP(rec, r)
	})
}
