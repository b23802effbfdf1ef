package headoffice

import (
	"net/http"
	"net/netip"
	"strings"
)

// proxies are the reverse proxies whose word about who asks is believed. Anybody else may write such
// headers as well, so theirs are thrown away.
type proxies []netip.Prefix

func (p proxies) trust(a netip.Addr) bool {
	for _, prefix := range p {
		if prefix.Contains(a.Unmap()) {
			return true
		}
	}
	return false
}

// forwarding are the headers by which proxies tell whom they speak for.
var forwarding = []string{"X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "X-Real-Ip", "Forwarded"}

// behind gives every request its real address, so that limits count people and not the proxy, and
// leaves X-Forwarded-Proto only where a trusted proxy wrote it.
func (p proxies) behind(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		q := *r
		q.Header = r.Header.Clone()
		for _, name := range forwarding {
			q.Header.Del(name)
		}
		peer, err := netip.ParseAddrPort(r.RemoteAddr)
		if err == nil && p.trust(peer.Addr()) {
			q.RemoteAddr = netip.AddrPortFrom(p.client(r.Header, peer.Addr()), 0).String()
			if protocolOf(r.Header) == "https" {
				q.Header.Set("X-Forwarded-Proto", "https")
			}
		}
		next.ServeHTTP(w, &q)
	})
}

// client is whom the proxies speak for: from the nearest hop outwards, the first that is no trusted
// proxy. A proxy writes one of two headers and may let the other through from whoever asks; where both
// stand and differ, neither is believed.
func (p proxies) client(h http.Header, peer netip.Addr) netip.Addr {
	usual, standard := addressesOf(h), forwardedFor(h)
	switch {
	case len(usual) == 0:
		return p.outermost(standard, peer)
	case len(standard) == 0:
		return p.outermost(usual, peer)
	}
	a, b := p.outermost(usual, peer), p.outermost(standard, peer)
	if a != b {
		return peer
	}
	return a
}

func (p proxies) outermost(hops []string, peer netip.Addr) netip.Addr {
	for i := len(hops) - 1; i >= 0 && p.trust(peer); i-- {
		a, ok := addressIn(hops[i])
		if !ok {
			return peer // "unknown", or nonsense: the last hop that is sure
		}
		peer = a
	}
	return peer
}

// addressesOf are the hops of X-Forwarded-For, the nearest last.
func addressesOf(h http.Header) (hops []string) {
	for _, line := range h.Values("X-Forwarded-For") {
		hops = append(hops, strings.Split(line, ",")...)
	}
	return hops
}

// forwardedFor are the hops of Forwarded (RFC 7239), the nearest last. A hop without "for" is "".
func forwardedFor(h http.Header) (hops []string) {
	for _, line := range h.Values("Forwarded") {
		for _, element := range strings.Split(line, ",") {
			hops = append(hops, parameter(element, "for"))
		}
	}
	return hops
}

func parameter(element, name string) string {
	for _, pair := range strings.Split(element, ";") {
		key, value, _ := strings.Cut(strings.TrimSpace(pair), "=")
		if strings.EqualFold(key, name) {
			return strings.Trim(value, `"`)
		}
	}
	return ""
}

// addressIn reads "192.0.2.1", "192.0.2.1:80", "2001:db8::1" and "[2001:db8::1]:80".
func addressIn(text string) (netip.Addr, bool) {
	text = strings.TrimSpace(text)
	if a, err := netip.ParseAddr(strings.Trim(text, "[]")); err == nil {
		return a.Unmap().WithZone(""), true
	}
	if a, err := netip.ParseAddrPort(text); err == nil {
		return a.Addr().Unmap().WithZone(""), true
	}
	return netip.Addr{}, false
}

// protocolOf is what the nearest proxy says of the browser's own line.
func protocolOf(h http.Header) string {
	said := ""
	for _, line := range h.Values("X-Forwarded-Proto") {
		for _, one := range strings.Split(line, ",") {
			said = strings.ToLower(strings.TrimSpace(one))
		}
	}
	if said != "" {
		return said
	}
	for _, line := range h.Values("Forwarded") {
		for _, element := range strings.Split(line, ",") {
			said = strings.ToLower(parameter(element, "proto"))
		}
	}
	return said
}

// ParseProxy reads one trusted proxy: an address or a network, "10.0.0.7" or "10.0.0.0/24".
func ParseProxy(text string) (netip.Prefix, bool) {
	if p, err := netip.ParsePrefix(text); err == nil {
		return p.Masked(), true
	}
	a, err := netip.ParseAddr(text)
	if err != nil {
		return netip.Prefix{}, false
	}
	return netip.PrefixFrom(a.Unmap(), a.Unmap().BitLen()), true
}
