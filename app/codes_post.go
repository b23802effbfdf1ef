package app

// What can be wrong with something that travelled, and with the way it travels.
const (
	PostMalformed     Code = "post.malformed"
	PostTooBig        Code = "post.too_big"
	PostTooLarge      Code = "post.too_large" // a batch of more entries or bytes than one may hold
	PostWrongType     Code = "post.wrong_type"
	PostWrongKey      Code = "post.wrong_key"
	PostChanged       Code = "post.changed"
	PostReaddressed   Code = "post.readdressed"
	PostHashDiffers   Code = "post.hash_differs"
	PostChainDiffers  Code = "post.chain_differs"
	PostOtherKiosk    Code = "post.other_kiosk"
	PostExpired       Code = "post.expired"
	PostOutOfOrder    Code = "post.out_of_order"
	PostNothingToSend Code = "post.nothing_to_send"
	TokenBad          Code = "token.bad"
	TokenExpired      Code = "token.expired"
	EnrolRefused      Code = "enrol.refused"
)
