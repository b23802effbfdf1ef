package vault

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
)

const (
	indexSize    = 16
	indexPurpose = "loket/index/1"
)

// BlindIndex stands for a cleaned NIK, family card number or phone in local tables: equal values
// have equal indexes, and nobody without the key can tell which. It never leaves the kiosk.
func (k *Key) BlindIndex(kind, cleaned string) ([]byte, error) {
	sum, err := k.mac(indexPurpose, []byte(kind+"\x00"+cleaned))
	if err != nil {
		return nil, err
	}
	return sum[:indexSize], nil
}

// BlobName names the file of an attachment after the hash of its plain bytes, so that the name
// tells nobody whether a picture that they hold lies here.
func (k *Key) BlobName(hash [32]byte) (string, error) {
	sum, err := k.mac("loket/blobs/1", hash[:])
	if err != nil {
		return "", err
	}
	return hex.EncodeToString(sum[:]), nil
}

func (k *Key) mac(purpose string, message []byte) ([]byte, error) {
	secret, err := k.derive(purpose)
	if err != nil {
		return nil, err
	}
	defer clear(secret)
	h := hmac.New(sha256.New, secret)
	h.Write(message)
	return h.Sum(nil), nil
}
