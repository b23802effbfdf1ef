package office

import (
	"crypto"
	"crypto/ed25519"
	"time"

	"loket/app"
	"loket/app/cose"
)

// TypRotation is the purpose that a rotation of the root is signed for.
const TypRotation = "loket/root"

// MaxRotations bounds a chain of rotations.
const MaxRotations = 64

type rotationWire struct {
	Now  []byte `cbor:"1,keyasint"`
	Next []byte `cbor:"2,keyasint"`
	At   int64  `cbor:"3,keyasint"`
}

// RootsOf pins public keys.
func RootsOf(keys ...ed25519.PublicKey) (roots Roots) {
	for _, k := range keys {
		roots = append(roots, FingerprintOf(k))
	}
	return roots
}

// SignRotation is the successor's word that it is the root from now on, and who will follow it.
func SignRotation(successor crypto.Signer, next ed25519.PublicKey, at time.Time) ([]byte, error) {
	now, ok := successor.Public().(ed25519.PublicKey)
	if !ok || len(next) != ed25519.PublicKeySize || now.Equal(next) {
		return nil, app.Fail(app.OfficeCertificate)
	}
	payload, err := cose.Marshal(rotationWire{now, next, at.Unix()})
	if err != nil {
		return nil, err
	}
	return cose.Sign(TypRotation, payload, successor)
}

// FollowRotations goes from pinned roots along a chain of rotations to the roots of now. Each must be
// signed by the root that was pinned as the successor: who has stolen the present root alone rotates
// nothing. Rotations that came before the pinned roots are passed over.
func FollowRotations(pinned Roots, rotations [][]byte) (now, next ed25519.PublicKey, err error) {
	if len(pinned) != 2 || len(rotations) > MaxRotations {
		return nil, nil, app.Fail(app.OfficeUnknownRoot)
	}
	reached := false
	for _, raw := range rotations {
		m, err := cose.Peek(raw)
		if err != nil {
			return nil, nil, err
		}
		var w rotationWire
		if m.Typ != TypRotation {
			return nil, nil, app.Fail(app.CoseWrongType, "want", TypRotation, "got", m.Typ)
		}
		if err := cose.Unmarshal(m.Payload, &w); err != nil {
			return nil, nil, err
		}
		if len(w.Now) != ed25519.PublicKeySize || len(w.Next) != ed25519.PublicKeySize {
			return nil, nil, app.Fail(app.OfficeCertificate)
		}
		if err := m.SignedBy(w.Now); err != nil {
			return nil, nil, err
		}
		after := RootsOf(w.Now, w.Next)
		switch {
		case after[0] == pinned[1]:
			pinned = after
		case after[0] == pinned[0] && after[1] == pinned[1]:
		default:
			if reached {
				return nil, nil, app.Fail(app.OfficeUnknownRoot)
			}
			continue // of before
		}
		reached, now, next = true, w.Now, w.Next
	}
	if !reached {
		return nil, nil, app.Fail(app.OfficeUnknownRoot)
	}
	return now, next, nil
}
