package app

// What can be wrong with a computer, beside what storage and window find.
const (
	DoctorClock   Code = "doctor.clock_wrong"
	DoctorRoom    Code = "doctor.little_room"
	DoctorDisplay Code = "doctor.no_display"
	DoctorOpenGL  Code = "doctor.no_opengl"
)
