package app

// Codes of signed objects, whatever they hold.
const (
	CoseMalformed    Code = "cose.malformed"
	CoseNotCanonical Code = "cose.not_canonical"
	CoseTooBig       Code = "cose.too_big"
	CoseWrongType    Code = "cose.wrong_type"
	CoseSignature    Code = "cose.signature"
	CoseKey          Code = "cose.key_bad"
)
