package app

import (
	"fmt"
	"strings"
)

// Kiosk is one enrolled computer: 1 to 99999. HeadOffice is 0 and is shown as PUSAT.
type Kiosk uint32

// HeadOffice is the kiosk number under which head office keeps its own journal.
const HeadOffice Kiosk = 0

// String is the five digits used in file names, paths and scan texts, or PUSAT.
func (k Kiosk) String() string {
	if k == HeadOffice {
		return "PUSAT"
	}
	return k.Digits()
}

// Digits is the kiosk as five digits, head office included (00000).
func (k Kiosk) Digits() string { return fmt.Sprintf("%05d", uint32(k)) }

// Incarnation counts a kiosk's lives: it rises when the kiosk is restored or installed again,
// because then a new chain, new keys and new leases begin. 1 to 99.
type Incarnation uint8

// Chain names one unbroken journal: a kiosk in one of its lives.
type Chain struct {
	Kiosk       Kiosk
	Incarnation Incarnation
}

// String is "00417-01", as in file names.
func (c Chain) String() string { return fmt.Sprintf("%s-%02d", c.Kiosk, c.Incarnation) }

// EntryID names a journal entry everywhere.
type EntryID struct {
	Chain
	Seq uint64
}

// String is "00417-01-000123".
func (e EntryID) String() string { return fmt.Sprintf("%s-%06d", e.Chain, e.Seq) }

// Scope is the sponsor programme that an entry, a bundle or a sheet belongs to.
type Scope [8]byte

// Reserved scopes.
var (
	ScopeDevice     = Scope{}                       // matters of the device
	ScopeSelfPayers = Scope{0, 0, 0, 0, 0, 0, 0, 1} // everyone who pays for themselves
)

// ProvisionalNumber is what a person gets before head office has answered: the kiosk, its
// incarnation and a counter of at most six digits.
type ProvisionalNumber struct {
	Chain
	Counter uint32
}

// Digits is the number's 13 digits, as inside its scan text.
func (n ProvisionalNumber) Digits() string {
	return fmt.Sprintf("%s%02d%06d", n.Kiosk.Digits(), n.Incarnation, n.Counter)
}

// String is the form that people read: "PS 00417-01-000123".
func (n ProvisionalNumber) String() string {
	return fmt.Sprintf("PS %s-%02d-%06d", n.Kiosk.Digits(), n.Incarnation, n.Counter)
}

// MemberNumber is the nomor peserta (KPJ): 11 digits, kept as text for its leading zeros.
type MemberNumber string

// Valid says whether the number is 11 digits.
func (m MemberNumber) Valid() bool { return len(m) == 11 && onlyDigits(string(m)) }

// Grouped is the form on cards: "261 3306 8531".
func (m MemberNumber) Grouped() string {
	if !m.Valid() {
		return string(m)
	}
	return string(m[:3]) + " " + string(m[3:7]) + " " + string(m[7:])
}

// Serial is one physical card and its place in the status list. Zero is no card.
type Serial uint32

// String is the form that people read: "KT-0098412".
func (s Serial) String() string { return fmt.Sprintf("KT-%07d", uint32(s)) }

func onlyDigits(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}
