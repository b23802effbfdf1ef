package app

// What can be wrong on the screen of handovers, before there is a handover.
const (
	HandoverCodeDiffers Code = "handover.code_differs" // the two letters are not those of the card
	HandoverNotPicture  Code = "handover.not_picture"
)
