package testdata

import (
	clock "time"

	"fyne.io/fyne/v2"
)

func tick() {
	go fyne.Do(func() { println(clock.Now().String()) })
}
