package widgets

import (
	"image"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"loket/ui/theme"
)

// Picture shows an image whole, within a least height: a card as it will print, a photo.
func Picture(img image.Image, height float32) fyne.CanvasObject {
	c := canvas.NewImageFromImage(img)
	c.FillMode = canvas.ImageFillContain
	return Sized(0, height*theme.Scale(), c)
}

// Frame is where a picture will be: an icon and a word, to press.
func Frame(d Desk, icon, word string, done bool, act func()) *Press {
	face := Face{Fill: theme.GreyTint, Stroke: theme.Edge, Radius: theme.Size(theme.Corner), PadX: 8, PadY: 8, Least: fyne.NewSize(90, 104*theme.Scale())}
	ink := theme.Muted
	if done {
		icon, ink, face.Fill = "check", theme.Green, theme.GreenTint
	}
	content := Column(6, container.NewCenter(NewIcon(icon, ink, 26*theme.Scale())), NewPara(LabelStyle.In(ink).Centred(), word))
	face.Left = true
	return NewPress(d, face, Column(0, Gap(), content, Gap()), act)
}

// Stage is one step in the life of a thing: what, when, and how it stands.
type Stage struct {
	Word  string
	When  string
	State State // Plain has not happened yet
}

// Lifeline shows a life as a line of steps.
func Lifeline(stages ...Stage) fyne.CanvasObject {
	var objects []fyne.CanvasObject
	for i := 1; i < len(stages); i++ {
		name := theme.Line
		if stages[i].State != Plain {
			name = theme.Green
		}
		objects = append(objects, canvas.NewRectangle(theme.Color(name)))
	}
	for _, s := range stages {
		dot := canvas.NewCircle(theme.Color(s.State.Tint()))
		dot.StrokeColor, dot.StrokeWidth = theme.Color(s.State.Ink()), 1.5
		var mark fyne.CanvasObject = canvas.NewRectangle(color.Transparent)
		if s.State != Plain {
			mark = NewIcon(s.State.Icon(), s.State.Ink(), 14)
		}
		ink := theme.Ink
		if s.State == Plain {
			ink = theme.Muted
		}
		objects = append(objects, container.NewStack(dot, container.NewCenter(mark)),
			Column(1, NewPara(LabelStyle.In(ink).Centred(), s.Word), NewPara(SmallStyle.Centred(), s.When)))
	}
	return container.New(lifeline{len(stages)}, objects...)
}

// lifeline lays out: first the lines between the dots, then a dot and its words for each step.
type lifeline struct{ n int }

const dotSide = 26

func (l lifeline) MinSize(objects []fyne.CanvasObject) fyne.Size {
	words := float32(0)
	for i := range l.n {
		words = max(words, objects[l.n-1+2*i+1].MinSize().Height)
	}
	return fyne.NewSize(float32(l.n)*70*theme.Scale(), dotSide+6+words)
}

func (l lifeline) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	step := size.Width / float32(l.n)
	for i := range l.n - 1 {
		objects[i].Move(fyne.NewPos(step*(float32(i)+0.5)+dotSide/2, dotSide/2-1))
		objects[i].Resize(fyne.NewSize(step-dotSide, 2))
	}
	for i := range l.n {
		dot, words := objects[l.n-1+2*i], objects[l.n-1+2*i+1]
		dot.Move(fyne.NewPos(step*(float32(i)+0.5)-dotSide/2, 0))
		dot.Resize(fyne.NewSquareSize(dotSide))
		heightAt(words, step-6)
		words.Resize(fyne.NewSize(step-6, words.MinSize().Height))
		words.Move(fyne.NewPos(step*float32(i)+3, dotSide+6))
	}
}
