package app

// What can be wrong with a picture that somebody chose or took.
const (
	PictureNone     Code = "picture.none"      // the bytes are no picture that we read
	PicturePhone    Code = "picture.phone"     // HEIC or HEIF, as phones save them
	PictureTooBig   Code = "picture.too_big"   // too many bytes
	PictureTooLarge Code = "picture.too_large" // too many pixels
	CameraFailed    Code = "camera.failed"
)
