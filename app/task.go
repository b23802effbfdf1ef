package app

// Task is something that a role may or may not do, and that an event pass includes or not. Passes
// carry these words: they are never used again for something else.
type Task string

// The tasks.
const (
	TaskRegister  Task = "register"  // J1, J2
	TaskAsk       Task = "ask"       // J8
	TaskReview    Task = "review"    // flagged registrations
	TaskList      Task = "list"      // J3
	TaskPrint     Task = "print"     // J4: runs, and a walk-in's card
	TaskDispatch  Task = "dispatch"  // J5
	TaskHandover  Task = "handover"  // J6
	TaskVerify    Task = "verify"    // J7
	TaskSend      Task = "send"      // J9
	TaskFigures   Task = "figures"   // the day's figures
	TaskOperators Task = "operators" // add and remove
	TaskSettings  Task = "settings"
	TaskEvents    Task = "events" // J2: open, prepare passes, close
	TaskNames     Task = "names"  // take names out of the kiosk as a file
)

// Tasks are all of them.
var Tasks = []Task{
	TaskRegister, TaskAsk, TaskReview, TaskList, TaskPrint, TaskDispatch, TaskHandover, TaskVerify, TaskSend,
	TaskFigures, TaskOperators, TaskSettings, TaskEvents, TaskNames,
}

// EventTasks are those that an event pass may include, in the order in which screens offer them.
var EventTasks = []Task{TaskRegister, TaskVerify, TaskHandover, TaskAsk}
