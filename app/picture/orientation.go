package picture

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/draw"
)

// upright is the EXIF orientation of a picture that stands as it should.
const upright = 1

// fromPhone says whether the bytes are a HEIC or HEIF file, which phones make and nobody else reads.
func fromPhone(content []byte) bool {
	if len(content) < 12 || string(content[4:8]) != "ftyp" {
		return false
	}
	switch string(content[8:12]) {
	case "heic", "heix", "heif", "hevc", "mif1", "msf1", "avif":
		return true
	}
	return false
}

// segments walks through the head of a JPEG: which way up the camera was held, and whether the picture
// comes in waves. Where the head is not in order, a decoder may still find its way through: it is taken
// for one that comes in waves, which needs the most memory.
func segments(content []byte) (orientation int, progressive bool) {
	orientation, progressive = upright, true
	for at := 2; at+4 <= len(content) && content[at] == 0xFF; {
		marker := content[at+1]
		length := int(binary.BigEndian.Uint16(content[at+2:]))
		if marker == 0xDA || length < 2 || at+2+length > len(content) {
			break
		}
		body := content[at+4 : at+2+length]
		switch marker {
		case 0xC0, 0xC1:
			progressive = false
		case 0xE1:
			if exif, ok := bytes.CutPrefix(body, []byte("Exif\x00\x00")); ok {
				orientation = orientationOf(exif)
			}
		}
		at += 2 + length
	}
	return orientation, progressive
}

const tagOrientation = 0x0112

// orientationOf reads one number out of a TIFF directory.
func orientationOf(tiff []byte) int {
	if len(tiff) < 8 {
		return upright
	}
	var order binary.ByteOrder = binary.LittleEndian
	if string(tiff[:2]) == "MM" {
		order = binary.BigEndian
	}
	at := int(order.Uint32(tiff[4:]))
	if at < 8 || at+2 > len(tiff) {
		return upright
	}
	entries := tiff[at+2:]
	for i := range int(order.Uint16(tiff[at:])) {
		if (i+1)*12 > len(entries) {
			break
		}
		entry := entries[i*12:]
		if order.Uint16(entry) != tagOrientation {
			continue
		}
		if n := int(order.Uint16(entry[8:])); n >= 1 && n <= 8 {
			return n
		}
	}
	return upright
}

// turned is a picture the right way up.
func turned(img image.Image, orientation int) image.Image {
	if orientation == upright {
		return img
	}
	b := img.Bounds()
	w, h := b.Dx(), b.Dy()
	src := image.NewRGBA(image.Rect(0, 0, w, h))
	draw.Draw(src, src.Rect, img, b.Min, draw.Src)
	size := src.Rect
	if orientation >= 5 {
		size = image.Rect(0, 0, h, w)
	}
	out := image.NewRGBA(size)
	for y := range h {
		for x := range w {
			tx, ty := place(orientation, x, y, w, h)
			out.SetRGBA(tx, ty, src.RGBAAt(x, y))
		}
	}
	return out
}

// place is where a pixel belongs, for each of the eight orientations of EXIF.
func place(orientation, x, y, w, h int) (tx, ty int) {
	switch orientation {
	case 2:
		return w - 1 - x, y
	case 3:
		return w - 1 - x, h - 1 - y
	case 4:
		return x, h - 1 - y
	case 5:
		return y, x
	case 6:
		return h - 1 - y, x
	case 7:
		return h - 1 - y, w - 1 - x
	case 8:
		return y, w - 1 - x
	}
	return x, y
}
