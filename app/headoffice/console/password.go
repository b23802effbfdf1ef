package console

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/base32"
	"strings"

	"golang.org/x/crypto/argon2"

	"loket/app"
	"loket/app/cose"
)

// Cost of argon2id, and the most that a stored password may ask for.
const (
	passTime, passMemory, passThreads = 3, 64 << 10, 1
	maxPassTime, maxPassMemory        = 10, 1 << 20
)

type password struct {
	_      struct{} `cbor:",toarray"`
	Salt   []byte
	Time   uint32
	Memory uint32 // KiB
	Hash   []byte
}

// HashPassword makes what the accounts table keeps.
func HashPassword(secret string) ([]byte, error) {
	p := password{Salt: make([]byte, 16), Time: passTime, Memory: passMemory}
	if _, err := rand.Read(p.Salt); err != nil {
		return nil, app.Wrap("console.HashPassword", app.Internal, err)
	}
	p.Hash = p.derive(secret)
	return cose.Marshal(p)
}

// RightPassword says whether a password is an account's.
func RightPassword(stored []byte, secret string) bool { return rightPassword(stored, secret) }

// rightPassword compares in constant time. Nonsense in the table is a wrong password.
func rightPassword(stored []byte, secret string) bool {
	var p password
	if cose.Unmarshal(stored, &p) != nil || p.Time == 0 || p.Time > maxPassTime || p.Memory > maxPassMemory || len(p.Hash) != 32 {
		return false
	}
	return subtle.ConstantTimeCompare(p.derive(secret), p.Hash) == 1
}

func (p password) derive(secret string) []byte {
	return argon2.IDKey([]byte(secret), p.Salt, p.Time, p.Memory, passThreads, 32)
}

// NewPassword is a password to be written down: four groups of five letters and digits.
func NewPassword() (string, error) {
	b := make([]byte, 13)
	if _, err := rand.Read(b); err != nil {
		return "", app.Wrap("console.NewPassword", app.Internal, err)
	}
	s := strings.ToLower(base32.StdEncoding.EncodeToString(b))[:20]
	return s[:5] + "-" + s[5:10] + "-" + s[10:15] + "-" + s[15:], nil
}
