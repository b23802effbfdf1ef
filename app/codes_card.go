package app

// What a verdict on a card can say: the closed list of docs/CARD-FORMAT.md.
const (
	CardGenuine       Code = "card.genuine"
	CardExpired       Code = "card.expired"
	CardNotYet        Code = "card.not_yet_valid"
	CardCritical      Code = "card.critical"
	CardForeignHost   Code = "card.foreign_host"
	CardNotMember     Code = "card.not_member"
	TrustStale        Code = "trust.stale"
	CardUnreadable    Code = "card.unreadable"
	CardNotOurs       Code = "card.not_ours"
	CardUnknownKey    Code = "card.unknown_key"
	CardSignature     Code = "card.signature"
	CardOutsideWindow Code = "card.outside_window"
	CardOutlivesKey   Code = "card.outlives_key"
	CardSerialForeign Code = "card.serial_foreign"
	CardKeyRevoked    Code = "card.key_revoked"
	TrustMissing      Code = "trust.missing"
	TrustMarksMissing Code = "trust.marks_missing"
	CardKeyReplaced   Code = "card.key_replaced"
)

// What can go wrong when cards, scan texts and lists are made or read.
const (
	CardClaims       Code = "card.claims"
	CardTooLong      Code = "card.too_long"
	CardHost         Code = "card.host"
	ScanUnreadable   Code = "scan.unreadable"
	ScanCheckDigits  Code = "scan.check_digits"
	ScanUnknown      Code = "scan.unknown"
	TrustList        Code = "trust.list"
	TrustOlder       Code = "trust.older"
	StatusList       Code = "status.list"
	StatusOutOfShard Code = "status.out_of_shard"
	StatusDelta      Code = "status.delta"
)
