// Package sealed is the form of everything that travels between a kiosk and head office: batches
// and attachments on the way out, frames and receipts on the way in, and the enrolment that begins
// it. The same bytes go by HTTPS and by USB stick; a carrier can read the clear outside only. It
// holds no state and touches no file. The bytes are written down in docs/POST-FORMAT.md and
// docs/post.cddl.
package sealed

import (
	"crypto/ecdh"
	"crypto/hpke"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"sync"

	"github.com/fxamacker/cbor/v2"
	"github.com/klauspost/compress/zstd"

	"loket/app"
	"loket/app/cose"
)

// Purposes, one a signed object (COSE header 16) or a sealed file.
const (
	TypBatch      = "loket/batch"
	TypReceipt    = "loket/receipt"
	TypFrame      = "loket/frame"
	TypAttachment = "loket/attachment"
	TypEnrol      = "loket/enrol"
	TypEnrolled   = "loket/enrolled"
	TypToken      = "loket/token"
	TypPass       = "loket/pass"
	TypTime       = "loket/time"
)

// Limits that bound memory before anything is trusted.
const (
	MaxBatch      = 4 << 20  // bytes of a sealed batch
	MaxPlain      = 1 << 20  // bytes of a batch after decompression
	MaxEntries    = 256      // entries of a batch
	MaxAttachment = 8 << 20  // bytes of a sealed attachment
	MaxPicture    = 60 << 10 // bytes of a picture before it is sealed
	MaxFrame      = 16 << 20 // bytes of a frame
)

// KeyID is how the clear outside of a file names the recipient's HPKE key.
type KeyID [8]byte

// KeyIDOf is the first 8 bytes of SHA-256 of an X25519 public key.
func KeyIDOf(pub []byte) KeyID {
	sum := sha256.Sum256(pub)
	return KeyID(sum[:8])
}

// OpeningKey opens what was sealed to its public half. X25519.
type OpeningKey struct{ key *ecdh.PrivateKey }

// NewOpeningKey makes a fresh key.
func NewOpeningKey() (OpeningKey, error) {
	k, err := ecdh.X25519().GenerateKey(rand.Reader)
	return OpeningKey{k}, app.Wrap("sealed.NewOpeningKey", app.Internal, err)
}

// ParseOpeningKey reads the 32 private bytes.
func ParseOpeningKey(b []byte) (OpeningKey, error) {
	k, err := ecdh.X25519().NewPrivateKey(b)
	return OpeningKey{k}, app.Wrap("sealed.ParseOpeningKey", app.PostWrongKey, err)
}

// Bytes are the 32 private bytes, to be kept in a vault.
func (k OpeningKey) Bytes() []byte { return k.key.Bytes() }

// Public is the half to seal to, 32 bytes.
func (k OpeningKey) Public() []byte { return k.key.PublicKey().Bytes() }

// seal encrypts for the holder of an X25519 key; info is authenticated and stays readable outside.
func seal(to, info, plain []byte) ([]byte, error) {
	pub, err := ecdh.X25519().NewPublicKey(to)
	if err != nil {
		return nil, app.Wrap("sealed.seal", app.PostWrongKey, err)
	}
	key, err := hpke.NewDHKEMPublicKey(pub)
	if err != nil {
		return nil, app.Wrap("sealed.seal", app.PostWrongKey, err)
	}
	b, err := hpke.Seal(key, hpke.HKDFSHA256(), hpke.ChaCha20Poly1305(), info, plain)
	return b, app.Wrap("sealed.seal", app.PostWrongKey, err)
}

func open(k OpeningKey, info, sealed []byte) ([]byte, error) {
	if k.key == nil {
		return nil, app.Fail(app.PostWrongKey)
	}
	key, err := hpke.NewDHKEMPrivateKey(k.key)
	if err != nil {
		return nil, app.Wrap("sealed.open", app.PostWrongKey, err)
	}
	b, err := hpke.Open(key, hpke.HKDFSHA256(), hpke.ChaCha20Poly1305(), info, sealed)
	return b, app.Wrap("sealed.open", app.PostChanged, err)
}

// The coders are safe for many goroutines and costly to make.
var (
	squeezer = sync.OnceValues(func() (*zstd.Encoder, error) {
		return zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedBestCompression), zstd.WithEncoderConcurrency(2), zstd.WithEncoderCRC(false))
	})
	expander = sync.OnceValues(func() (*zstd.Decoder, error) {
		return zstd.NewReader(nil, zstd.WithDecoderMaxMemory(MaxPlain), zstd.WithDecoderConcurrency(2))
	})
)

func squeeze(plain []byte) ([]byte, error) {
	enc, err := squeezer()
	if err != nil {
		return nil, app.Wrap("sealed.squeeze", app.Internal, err)
	}
	return enc.EncodeAll(plain, nil), nil
}

func expand(b []byte) ([]byte, error) {
	dec, err := expander()
	if err != nil {
		return nil, app.Wrap("sealed.expand", app.Internal, err)
	}
	plain, err := dec.DecodeAll(b, nil)
	if errors.Is(err, zstd.ErrDecoderSizeExceeded) || errors.Is(err, zstd.ErrWindowSizeExceeded) || len(plain) > MaxPlain {
		return nil, tooLarge()
	}
	return plain, malformed(err)
}

// tooLarge refuses a batch that holds more than one may, before its contents are read.
func tooLarge() error {
	return app.Fail(app.PostTooLarge, "entries", MaxEntries, "kilobytes", MaxPlain>>10)
}

// malformed gives what a codec found wrong the post's own code.
func malformed(err error) error {
	if err == nil {
		return nil
	}
	return &app.Error{Code: app.PostMalformed, Op: "sealed", Err: err}
}

// split reads [outer, body] and gives the outer's own bytes back: they are the HPKE info.
func split(file []byte, limit int, outer any) (info, body []byte, err error) {
	if len(file) > limit {
		return nil, nil, app.Fail(app.PostTooBig)
	}
	var two []cbor.RawMessage
	if err := cose.Unmarshal(file, &two); err != nil || len(two) != 2 {
		return nil, nil, malformed(app.Fail(app.PostMalformed))
	}
	if err := cose.Unmarshal(two[0], outer); err != nil {
		return nil, nil, malformed(err)
	}
	err = cose.Unmarshal(two[1], &body)
	return two[0], body, malformed(err)
}

func join(info, body []byte) ([]byte, error) {
	return cose.Marshal([]any{cbor.RawMessage(info), body})
}
