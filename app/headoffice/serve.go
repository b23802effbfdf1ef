package headoffice

import (
	"context"
	"crypto/tls"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"time"

	"loket/app"
)

// Running is a head office that answers on its two listeners.
type Running struct {
	Office       *Office
	ConsoleURL   string // http://127.0.0.1:8080
	KioskAddress string // what enrolment tokens name: https://127.0.0.1:8443
	Admin        string // the first account's password, only when this start made it

	servers []*http.Server
	stop    context.CancelFunc
	done    sync.WaitGroup
}

// Start opens both listeners and serves until Stop.
func Start(ctx context.Context, c Config) (*Running, error) {
	o, err := Open(ctx, c)
	if err != nil {
		return nil, err
	}
	public, err := listen(c.Listen)
	if err != nil {
		return nil, err
	}
	private, err := listen(c.KioskListen)
	if err != nil {
		return nil, errors.Join(err, public.Close())
	}
	r := &Running{Office: o, ConsoleURL: "http://" + public.Addr().String(), KioskAddress: c.KioskAddress}
	if r.KioskAddress == "" {
		r.KioskAddress = "https://" + private.Addr().String()
	}
	if err := r.prepare(ctx, c); err != nil {
		return nil, errors.Join(err, public.Close(), private.Close())
	}
	live, stop := context.WithCancel(context.WithoutCancel(ctx))
	r.stop = stop
	kick := make(chan struct{}, 1)
	limits, count := newLimits(), newMetrics()
	front, err := o.front(c, r.KioskAddress, limits, count, kicker(kick))
	if err != nil {
		stop()
		return nil, errors.Join(err, public.Close(), private.Close())
	}
	r.serve(public, front)
	api := &kiosks{o, limits, count, kicker(kick)}
	r.serve(tls.NewListener(private, o.keys.tlsConfig()), api.Handler())
	r.done.Go(func() { o.publisher(live, kick) })
	return r, nil
}

// prepare leaves what commands beside the server need, makes the first account and publishes, so
// that the lists are there with the first answer.
func (r *Running) prepare(ctx context.Context, c Config) (err error) {
	if err := r.Office.leaveSite(ctx, r.KioskAddress); err != nil {
		return err
	}
	if r.Admin, err = r.Office.firstAccount(ctx, c.PasswordFile); err != nil {
		return err
	}
	return r.Office.Publish(ctx)
}

func listen(address string) (net.Listener, error) {
	l, err := net.Listen("tcp", address)
	if err != nil {
		return nil, &app.Error{Code: app.OfficeAddress, Args: app.Args{"address": address}, Op: "headoffice.listen", Err: err}
	}
	return l, nil
}

func kicker(kick chan<- struct{}) func() {
	return func() {
		select {
		case kick <- struct{}{}:
		default:
		}
	}
}

func (r *Running) serve(l net.Listener, h http.Handler) {
	s := &http.Server{
		Handler: h, ReadHeaderTimeout: 20 * time.Second, ReadTimeout: 10 * time.Minute, // 64 kbit/s and 4 batches
		WriteTimeout: 10 * time.Minute, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 16 << 10,
		ErrorLog: slog.NewLogLogger(r.Office.log.Handler(), slog.LevelDebug),
	}
	r.servers = append(r.servers, s)
	r.done.Go(func() {
		if err := s.Serve(l); !errors.Is(err, http.ErrServerClosed) {
			r.Office.log.Error("listener ended", "error", err)
		}
	})
}

// Stop answers what is being asked, then ends. The store is the caller's to close.
func (r *Running) Stop(ctx context.Context) error {
	var errs error
	for _, s := range r.servers {
		errs = errors.Join(errs, s.Shutdown(ctx))
	}
	r.stop()
	r.done.Wait()
	return app.Wrap("headoffice.Stop", app.Internal, errs)
}
