package card

import (
	"bytes"
	"crypto"
	"fmt"
	"time"

	"loket/app"
	"loket/app/cose"
	"loket/app/office"
)

// StatusTyp is the type of a status list, as the Token Status List names it.
const StatusTyp = "application/statuslist+cwt"

// StatusList is one signed shard. (Epoch, Seq) only rises, for each shard by itself.
type StatusList struct {
	Epoch, Seq      uint64
	Issued, Expires time.Time
	Shard           *Shard
	Certificate     []byte     // of the office key that signs
	Marks           []CardMark // for Pack: the cards of replaced and revoked keys; see AllMarks

	pages map[uint32]markPage // at hand
	named []bool              // which pages of marks there are; nil: none
}

type wireStatus struct {
	Subject string       `cbor:"2,keyasint"`
	Expires int64        `cbor:"4,keyasint"`
	Issued  int64        `cbor:"6,keyasint"`
	Bits    wireBits     `cbor:"65533,keyasint"`
	TTL     int64        `cbor:"65534,keyasint"`
	List    wireShardTag `cbor:"-65538,keyasint"`
	Marks   []byte       `cbor:"-65539,keyasint,omitempty"` // hash of the index of marks
}

type wireBits struct {
	Bits uint   `cbor:"bits"`
	List []byte `cbor:"lst"`
}

type wireShardTag struct {
	_           struct{} `cbor:",toarray"`
	Format      uint
	Epoch       uint64
	Seq         uint64
	Shard       uint32
	Certificate []byte
}

// ttl is how long a reader may keep a list before it looks for a newer one, in seconds.
const ttl = 12 * 60 * 60

// Sign is Pack in one file: a CBOR sequence of the CWT and the objects that it names.
func (l *StatusList) Sign(signer crypto.Signer) ([]byte, error) {
	head, parts, err := l.Pack(signer)
	if err != nil {
		return nil, err
	}
	return bytes.Join(append([][]byte{head}, parts...), nil), nil
}

// Pack makes the list's bytes, a CWT, with the office key that its certificate names, and the pages of
// marks that it names.
func (l *StatusList) Pack(signer crypto.Signer) (head []byte, parts [][]byte, err error) {
	packed, err := pack(l.Shard)
	if err != nil {
		return nil, nil, err
	}
	objects := Objects{}
	claims := wireStatus{
		Subject: subject(l.Shard.Number), Expires: l.Expires.Unix(), Issued: l.Issued.Unix(),
		Bits: wireBits{2, packed}, TTL: ttl,
		List: wireShardTag{Format: 1, Epoch: l.Epoch, Seq: l.Seq, Shard: l.Shard.Number, Certificate: l.Certificate},
	}
	top, any, err := objects.layMarks(l.Shard.Number, l.Marks)
	if err != nil {
		return nil, nil, err
	}
	if any {
		claims.Marks = top[:]
	}
	payload, err := cose.Marshal(claims)
	if err != nil {
		return nil, nil, err
	}
	if head, err = cose.Sign(StatusTyp, payload, signer); err != nil {
		return nil, nil, err
	}
	parts, err = objects.below(head)
	return head, parts, err
}

func subject(shard uint32) string { return fmt.Sprintf("urn:loket:status:%d", shard) }

// ParseStatus reads a signed shard and proves it: signed by an office key for status, which a pinned
// root certified for the day of issue. Behind it in the file stand the pages of marks that are at hand.
func ParseStatus(file []byte, roots office.Roots) (*StatusList, error) {
	return JudgeStatus(file, office.Judge{Roots: roots})
}

// JudgeStatus is ParseStatus as JudgeTrust is ParseTrust.
func JudgeStatus(file []byte, judge office.Judge) (*StatusList, error) {
	list, objects, err := split(file)
	if err != nil {
		return nil, err
	}
	m, err := cose.Peek(list)
	if err != nil {
		return nil, err
	}
	if m.Typ != StatusTyp {
		return nil, app.Fail(app.CoseWrongType, "want", StatusTyp, "got", m.Typ)
	}
	var w wireStatus
	if err := cose.Unmarshal(m.Payload, &w); err != nil {
		return nil, err
	}
	if w.List.Format != 1 || w.Bits.Bits != 2 || w.Subject != subject(w.List.Shard) ||
		!instant(w.Issued) || !instant(w.Expires) || w.Expires <= w.Issued || len(w.Marks) != 0 && len(w.Marks) != 32 {
		return nil, app.Fail(app.StatusList)
	}
	l := &StatusList{
		Epoch: w.List.Epoch, Seq: w.List.Seq, Certificate: w.List.Certificate,
		Issued: time.Unix(w.Issued, 0).UTC(), Expires: time.Unix(w.Expires, 0).UTC(),
	}
	if err := prove(m, l.Certificate, judge, l.Issued, l.Epoch, office.ForStatus); err != nil {
		return nil, err
	}
	bits, err := inflate(w.Bits.List, shardBytes)
	if err != nil {
		return nil, app.Fail(app.StatusList)
	}
	if l.Shard, err = ShardFrom(w.List.Shard, bits); err != nil {
		return nil, err
	}
	return l, l.readMarks(w.Marks, objects)
}

// Newer says whether this list replaces another of the same shard; nil is no list.
func (l *StatusList) Newer(than *StatusList) bool {
	return than == nil || l.Epoch > than.Epoch || l.Epoch == than.Epoch && l.Seq > than.Seq
}

// StatusOf is the status of a serial at a moment: Unknown past the list's date.
func (l *StatusList) StatusOf(serial app.Serial, at time.Time) Status {
	if l == nil || at.After(l.Expires) {
		return Unknown
	}
	return l.Shard.Get(serial)
}
