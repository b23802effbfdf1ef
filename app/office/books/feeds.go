package books

// FeedReason is why a life's feed began anew.
type FeedReason string

// The reasons.
const (
	FeedCertificate FeedReason = "certificate" // that signed it ends, or is void
	FeedAhead       FeedReason = "ahead"       // the kiosk has more than these books ever gave: they were restored
	FeedRestored    FeedReason = "restored"    // head office was
)
