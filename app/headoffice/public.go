package headoffice

import (
	"crypto/tls"
	"errors"
	"net"
	"net/http"
	"net/netip"

	"loket/app"
)

// Public says who can reach what besides kiosks. The zero value serves everything on Config.Listen
// while that is on this computer alone.
type Public struct {
	ConsoleListen string // console and metrics here, and not on Listen; "" none
	Console       bool   // the console also on a Listen that others reach
	Metrics       bool   // /metrics also there
	Cert, Key     string // TLS files; "" plain HTTP
	BehindProxy   bool   // a reverse proxy speaks TLS in front
	Trusted       []netip.Prefix
}

// door is one listener for people, with what answers there.
type door struct {
	listener net.Listener
	console  bool
	metrics  bool
	url      string
}

// onlyHere says whether nobody but this computer reaches a listener.
func onlyHere(l net.Listener) bool {
	a, ok := l.Addr().(*net.TCPAddr)
	return ok && a.IP.IsLoopback()
}

// openDoors opens the listeners for people: the public one, and the console's own where one is asked
// for. In the clear only this computer, or a proxy that was named, may speak.
func openDoors(listen string, p Public, files *tlsFiles) (doors []*door, err error) {
	defer func() {
		if err != nil {
			err = errors.Join(err, closeDoors(doors))
		}
	}()
	public, err := openDoor(listen, p, files)
	if err != nil {
		return nil, err
	}
	here := onlyHere(public.listener)
	own := p.ConsoleListen != ""
	public.console, public.metrics = !own && (here || p.Console), !own && (here || p.Metrics)
	doors = append(doors, public)
	if !own {
		return doors, nil
	}
	console, err := openDoor(p.ConsoleListen, p, files)
	if err != nil {
		return doors, err
	}
	console.console, console.metrics = true, true
	return append(doors, console), nil
}

func openDoor(address string, p Public, files *tlsFiles) (*door, error) {
	l, err := listen(address)
	if err != nil {
		return nil, err
	}
	if !onlyHere(l) && files == nil && !p.BehindProxy && len(p.Trusted) == 0 {
		return nil, errors.Join(app.Fail(app.OfficePlainHTTP, "address", address), l.Close())
	}
	d := &door{listener: l, url: "http://" + l.Addr().String()}
	if files != nil {
		d.listener, d.url = tls.NewListener(l, files.config()), "https://"+l.Addr().String()
	}
	return d, nil
}

func closeDoors(doors []*door) (err error) {
	for _, d := range doors {
		err = errors.Join(err, d.listener.Close())
	}
	return err
}

// consoleURL is where the console answers; "" nowhere.
func consoleURL(doors []*door) string {
	for _, d := range doors {
		if d.console {
			return d.url
		}
	}
	return ""
}

// toConsole leads who typed the bare address to the console where there is one, else to the verify page.
func toConsole(console bool) http.HandlerFunc {
	to := "/K"
	if console {
		to = "/console/"
	}
	return func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, to, http.StatusSeeOther) }
}
